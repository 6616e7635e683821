package io.twinspan.crypto.ike.sim;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Curve25519, HMAC-SHA2-256 and AES-GCM straight from the JDK, apart from the code under test. */
final class ScriptedCrypto {
    static final int PRF_BYTES = 32;
    private static final String CURVE = "X25519";
    private static final int KEY_BYTES = 32;
    private static final int GCM_TAG_BITS = 128;

    private ScriptedCrypto() {}

    static byte[] publicValue(byte[] scalar) {
        byte[] base = new byte[KEY_BYTES];
        base[0] = 9;
        return agree(scalar, base);
    }

    static byte[] agree(byte[] scalar, byte[] publicValue) {
        try {
            KeyFactory factory = KeyFactory.getInstance(CURVE);
            PrivateKey ours = factory.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
            PublicKey theirs = factory.generatePublic(
                    new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, reversed(publicValue))));
            KeyAgreement agreement = KeyAgreement.getInstance(CURVE);
            agreement.init(ours);
            agreement.doPhase(theirs, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] reversed(byte[] octets) {
        byte[] result = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            result[i] = octets[octets.length - 1 - i];
        }
        // RFC 7748 section 5: the top bit is not part of the coordinate.
        result[0] &= 0x7f;
        return result;
    }

    static byte[] prf(byte[] key, byte[]... data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : data) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 7296 section 2.13. */
    static byte[] prfPlus(byte[] key, byte[] seed, int bytes) {
        byte[] result = new byte[bytes];
        byte[] block = new byte[0];
        int at = 0;
        for (int counter = 1; at < bytes; counter++) {
            block = prf(key, block, seed, new byte[] {(byte) counter});
            int taken = Math.min(block.length, bytes - at);
            System.arraycopy(block, 0, result, at, taken);
            at += taken;
        }
        return result;
    }

    /** Key with salt behind it, explicit IV of eight octets. */
    static byte[] gcm(boolean seal, byte[] keyAndSalt, byte[] iv, byte[] associated, byte[] input)
            throws GeneralSecurityException {
        byte[] nonce = concat(Arrays.copyOfRange(keyAndSalt, KEY_BYTES, KEY_BYTES + 4), iv);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                seal ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                new SecretKeySpec(keyAndSalt, 0, KEY_BYTES, "AES"),
                new GCMParameterSpec(GCM_TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(input);
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] result = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, result, at, part.length);
            at += part.length;
        }
        return result;
    }
}
