package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CBC (RFC 3602), then HMAC with a truncated output (RFC 2404, RFC 4868), by SunJCE.
 *
 * <p>Both ciphers are keyed once with an IV of zeros, which they return to after each packet; the packet's IV is XORed
 * into the first block instead. That is the same function and saves keying the cipher for every packet.
 */
final class CbcHmacPacketCipher implements PacketCipher {
    private static final int BLOCK_BYTES = 16;
    private static final int SEQUENCE_HIGH_BYTES = 4;
    private static final int FIRST_SCRATCH_BYTES = 2048;

    private final Cipher encrypting;
    private final Cipher decrypting;
    private final Mac mac;
    private final int icvBytes;
    private final byte[] fullIcv;
    private final byte[] extension = new byte[SEQUENCE_HIGH_BYTES];
    private byte[] scratch = new byte[FIRST_SCRATCH_BYTES];

    CbcHmacPacketCipher(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            SecretBytes encryptionKey,
            SecretBytes integrityKey)
            throws GeneralSecurityException {
        if (encryption.ivBytes() != BLOCK_BYTES) {
            throw new IllegalArgumentException(encryption.label() + " is not AES-CBC");
        }
        SecretKeySpec cipherKey = keySpec(encryptionKey, "AES");
        IvParameterSpec zeros = new IvParameterSpec(new byte[BLOCK_BYTES]);
        encrypting = Cipher.getInstance("AES/CBC/NoPadding", JdkPacketCipherEngine.PROVIDER);
        encrypting.init(Cipher.ENCRYPT_MODE, cipherKey, zeros);
        decrypting = Cipher.getInstance("AES/CBC/NoPadding", JdkPacketCipherEngine.PROVIDER);
        decrypting.init(Cipher.DECRYPT_MODE, cipherKey, zeros);
        mac = Mac.getInstance(macName(integrity), JdkPacketCipherEngine.PROVIDER);
        mac.init(keySpec(integrityKey, mac.getAlgorithm()));
        fullIcv = new byte[mac.getMacLength()];
        icvBytes = integrity.icvBytes();
    }

    private static String macName(IntegrityAlgorithm integrity) {
        return switch (integrity) {
            case NONE -> throw new IllegalArgumentException("AES-CBC needs an integrity algorithm");
            case HMAC_SHA1_96 -> "HmacSHA1";
            case HMAC_SHA2_256_128 -> "HmacSHA256";
            case HMAC_SHA2_384_192 -> "HmacSHA384";
            case HMAC_SHA2_512_256 -> "HmacSHA512";
        };
    }

    private static SecretKeySpec keySpec(SecretBytes secret, String algorithm) {
        byte[] octets = secret.expose();
        SecretKeySpec key = new SecretKeySpec(octets, algorithm);
        Arrays.fill(octets, (byte) 0);
        return key;
    }

    @Override
    public int ivBytes() {
        return BLOCK_BYTES;
    }

    @Override
    public int icvBytes() {
        return icvBytes;
    }

    @Override
    public int blockBytes() {
        return BLOCK_BYTES;
    }

    @Override
    public boolean seal(byte[] packet, int offset, int headerLength, int textLength) {
        return seal(packet, offset, headerLength, textLength, 0);
    }

    @Override
    public boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        BigEndian.putInt(extension, 0, sequenceHigh);
        return seal(packet, offset, ESP_HEADER_BYTES, textLength, SEQUENCE_HIGH_BYTES);
    }

    @Override
    public boolean open(byte[] packet, int offset, int headerLength, int textLength) {
        return open(packet, offset, headerLength, textLength, 0);
    }

    @Override
    public boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        BigEndian.putInt(extension, 0, sequenceHigh);
        return open(packet, offset, ESP_HEADER_BYTES, textLength, SEQUENCE_HIGH_BYTES);
    }

    private boolean seal(byte[] packet, int offset, int headerLength, int textLength, int extensionBytes) {
        if (!isPossible(packet, offset, headerLength, textLength)) {
            return false;
        }
        int ivOffset = offset + headerLength;
        int textOffset = ivOffset + BLOCK_BYTES;
        try {
            reserveScratch(textLength);
            System.arraycopy(packet, textOffset, scratch, 0, textLength);
            xorBlock(scratch, 0, packet, ivOffset);
            encrypting.doFinal(scratch, 0, textLength, packet, textOffset);
            computeIcv(packet, offset, headerLength + BLOCK_BYTES + textLength, extensionBytes);
            System.arraycopy(fullIcv, 0, packet, textOffset + textLength, icvBytes);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean open(byte[] packet, int offset, int headerLength, int textLength, int extensionBytes) {
        if (!isPossible(packet, offset, headerLength, textLength)) {
            return false;
        }
        int ivOffset = offset + headerLength;
        int textOffset = ivOffset + BLOCK_BYTES;
        try {
            computeIcv(packet, offset, headerLength + BLOCK_BYTES + textLength, extensionBytes);
            if (!PacketRange.sameOctets(fullIcv, 0, packet, textOffset + textLength, icvBytes)) {
                return false;
            }
            reserveScratch(textLength);
            decrypting.doFinal(packet, textOffset, textLength, scratch, 0);
            xorBlock(scratch, 0, packet, ivOffset);
            System.arraycopy(scratch, 0, packet, textOffset, textLength);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean isPossible(byte[] packet, int offset, int headerLength, int textLength) {
        return PacketRange.fits(packet.length, offset, headerLength, textLength, BLOCK_BYTES + icvBytes)
                && textLength > 0
                && textLength % BLOCK_BYTES == 0;
    }

    private void computeIcv(byte[] packet, int offset, int length, int extensionBytes) throws ShortBufferException {
        mac.update(packet, offset, length);
        mac.update(extension, 0, extensionBytes);
        mac.doFinal(fullIcv, 0);
    }

    private void reserveScratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, Math.min(MAX_TEXT_BYTES, 2 * scratch.length))];
        }
    }

    private static void xorBlock(byte[] target, int targetOffset, byte[] source, int sourceOffset) {
        for (int i = 0; i < BLOCK_BYTES; i++) {
            target[targetOffset + i] ^= source[sourceOffset + i];
        }
    }
}
