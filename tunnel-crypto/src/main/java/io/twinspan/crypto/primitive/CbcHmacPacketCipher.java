package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES-CBC (RFC 3602), then HMAC with a truncated output (RFC 2404, RFC 4868), by SunJCE.
 *
 * <p>Both ciphers are keyed once with an IV of zeros, which they return to after each packet; the packet's IV is XORed
 * into the first block instead. That is the same function and saves keying the cipher for every packet. What is left is
 * the chain of AES rounds, which nothing can shorten for a single packet, and the hash: together nearly all of
 * the time at 1,400 octets.
 */
final class CbcHmacPacketCipher implements PacketCipher {
    private static final int BLOCK_BYTES = 16;
    private static final int SEQUENCE_HIGH_BYTES = 4;

    private final ErasableKey key;
    private final Cipher encrypting;
    private final Cipher decrypting;
    private final TruncatedHmac hmac;
    private final byte[] extension = new byte[SEQUENCE_HIGH_BYTES];
    private final Scratch scratch = new Scratch();

    CbcHmacPacketCipher(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            SecretBytes encryptionKey,
            SecretBytes integrityKey)
            throws GeneralSecurityException {
        if (encryption.ivBytes() != BLOCK_BYTES) {
            throw new IllegalArgumentException(encryption.label() + " is not AES-CBC");
        }
        key = new ErasableKey("AES", encryptionKey, encryption.keyBytes());
        encrypting = Cipher.getInstance("AES/CBC/NoPadding", JdkPacketCipherEngine.PROVIDER);
        decrypting = Cipher.getInstance("AES/CBC/NoPadding", JdkPacketCipherEngine.PROVIDER);
        hmac = new TruncatedHmac(integrity, integrityKey);
        keyCiphers();
    }

    private void keyCiphers() throws GeneralSecurityException {
        IvParameterSpec zeros = new IvParameterSpec(new byte[BLOCK_BYTES]);
        encrypting.init(Cipher.ENCRYPT_MODE, key, zeros);
        decrypting.init(Cipher.DECRYPT_MODE, key, zeros);
    }

    @Override
    public int ivBytes() {
        return BLOCK_BYTES;
    }

    @Override
    public int icvBytes() {
        return hmac.icvBytes();
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
            byte[] text = scratch.reserve(textLength);
            System.arraycopy(packet, textOffset, text, 0, textLength);
            xorBlock(text, packet, ivOffset);
            encrypting.doFinal(text, 0, textLength, packet, textOffset);
            authenticate(packet, offset, headerLength + BLOCK_BYTES + textLength, extensionBytes);
            hmac.write(packet, textOffset + textLength);
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
            authenticate(packet, offset, headerLength + BLOCK_BYTES + textLength, extensionBytes);
            if (!hmac.matches(packet, textOffset + textLength)) {
                return false;
            }
            byte[] text = scratch.reserve(textLength);
            decrypting.doFinal(packet, textOffset, textLength, text, 0);
            xorBlock(text, packet, ivOffset);
            System.arraycopy(text, 0, packet, textOffset, textLength);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private boolean isPossible(byte[] packet, int offset, int headerLength, int textLength) {
        return !key.isDestroyed()
                && PacketRange.fits(packet.length, offset, headerLength, textLength, BLOCK_BYTES + hmac.icvBytes())
                && textLength > 0
                && textLength % BLOCK_BYTES == 0;
    }

    private void authenticate(byte[] packet, int offset, int length, int extensionBytes) {
        hmac.update(packet, offset, length);
        hmac.update(extension, 0, extensionBytes);
    }

    private static void xorBlock(byte[] text, byte[] packet, int ivOffset) {
        for (int i = 0; i < BLOCK_BYTES; i++) {
            text[i] ^= packet[ivOffset + i];
        }
    }

    @Override
    public void destroy() {
        key.destroy();
        hmac.destroy();
        scratch.erase();
        try {
            keyCiphers();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
