package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-GCM-16 and ChaCha20-Poly1305 by SunJCE. Nonce: salt and IV (RFC 4106 section 4, RFC 7634 section 2).
 *
 * <p>SunJCE makes about 1,000 octets of garbage for each packet, as it is initialized anew for each nonce, and throws inside
 * for one that is not authentic, which doubles its cost. Neither can be had otherwise from it.
 */
final class AeadPacketCipher implements PacketCipher {
    private static final int IV_BYTES = 8;
    private static final int ICV_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int EXTENDED_HEADER_BYTES = 12;

    private final boolean gcm;
    private final ErasableKey key;
    private final Cipher sealing;
    private final Cipher opening;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] extendedHeader = new byte[EXTENDED_HEADER_BYTES];
    private final Scratch scratch = new Scratch();

    AeadPacketCipher(EncryptionAlgorithm encryption, SecretBytes keyAndSalt) throws GeneralSecurityException {
        gcm = encryption != EncryptionAlgorithm.CHACHA20_POLY1305;
        key = new ErasableKey(gcm ? "AES" : "ChaCha20", keyAndSalt, encryption.keyBytes());
        byte[] octets = keyAndSalt.expose();
        System.arraycopy(octets, encryption.keyBytes(), nonce, 0, encryption.saltBytes());
        Arrays.fill(octets, (byte) 0);
        String transformation = gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305";
        sealing = Cipher.getInstance(transformation, JdkPacketCipherEngine.PROVIDER);
        opening = Cipher.getInstance(transformation, JdkPacketCipherEngine.PROVIDER);
    }

    @Override
    public int ivBytes() {
        return IV_BYTES;
    }

    @Override
    public int icvBytes() {
        return ICV_BYTES;
    }

    @Override
    public int blockBytes() {
        return 1;
    }

    @Override
    public boolean seal(byte[] packet, int offset, int headerLength, int textLength) {
        return isPossible(packet, offset, headerLength, textLength)
                && encrypt(packet, offset, headerLength, packet, offset + headerLength, textLength);
    }

    @Override
    public boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        if (!isPossible(packet, offset, ESP_HEADER_BYTES, textLength)) {
            return false;
        }
        extendHeader(packet, offset, sequenceHigh);
        return encrypt(extendedHeader, 0, EXTENDED_HEADER_BYTES, packet, offset + ESP_HEADER_BYTES, textLength);
    }

    @Override
    public boolean open(byte[] packet, int offset, int headerLength, int textLength) {
        return isPossible(packet, offset, headerLength, textLength)
                && decrypt(packet, offset, headerLength, packet, offset + headerLength, textLength);
    }

    @Override
    public boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        if (!isPossible(packet, offset, ESP_HEADER_BYTES, textLength)) {
            return false;
        }
        extendHeader(packet, offset, sequenceHigh);
        return decrypt(extendedHeader, 0, EXTENDED_HEADER_BYTES, packet, offset + ESP_HEADER_BYTES, textLength);
    }

    @Override
    public void destroy() {
        if (key.isDestroyed()) {
            return;
        }
        key.destroy();
        Arrays.fill(nonce, (byte) 0);
        scratch.erase();
        // A cipher keyed anew forgets the key before.
        try {
            sealing.init(Cipher.ENCRYPT_MODE, key, parameters(nonce, 0));
            opening.init(Cipher.DECRYPT_MODE, key, parameters(nonce, 0));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isPossible(byte[] packet, int offset, int headerLength, int textLength) {
        return !key.isDestroyed()
                && PacketRange.fits(packet.length, offset, headerLength, textLength, IV_BYTES + ICV_BYTES);
    }

    private boolean encrypt(
            byte[] header, int headerOffset, int headerLength, byte[] packet, int ivOffset, int length) {
        try {
            // SunJCE itself refuses the nonce it was given last under the same key: a second guard for the counter.
            sealing.init(Cipher.ENCRYPT_MODE, key, parameters(packet, ivOffset));
            sealing.updateAAD(header, headerOffset, headerLength);
            int textOffset = ivOffset + IV_BYTES;
            return sealing.doFinal(packet, textOffset, length, packet, textOffset) == length + ICV_BYTES;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean decrypt(
            byte[] header, int headerOffset, int headerLength, byte[] packet, int ivOffset, int length) {
        // The provider may write plaintext before it has compared the tag: only into memory that nobody else sees.
        byte[] text = scratch.reserve(length);
        try {
            opening.init(Cipher.DECRYPT_MODE, key, parameters(packet, ivOffset));
            opening.updateAAD(header, headerOffset, headerLength);
            int textOffset = ivOffset + IV_BYTES;
            int opened = opening.doFinal(packet, textOffset, length + ICV_BYTES, text, 0);
            System.arraycopy(text, 0, packet, textOffset, opened);
            return opened == length;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private AlgorithmParameterSpec parameters(byte[] packet, int ivOffset) {
        System.arraycopy(packet, ivOffset, nonce, NONCE_BYTES - IV_BYTES, IV_BYTES);
        return gcm ? new GCMParameterSpec(ICV_BYTES * 8, nonce) : new IvParameterSpec(nonce);
    }

    // RFC 4106 section 5, RFC 7634 section 2.1: SPI, high half, low half.
    private void extendHeader(byte[] packet, int offset, int sequenceHigh) {
        System.arraycopy(packet, offset, extendedHeader, 0, 4);
        BigEndian.putInt(extendedHeader, 4, sequenceHigh);
        System.arraycopy(packet, offset + 4, extendedHeader, 8, 4);
    }
}
