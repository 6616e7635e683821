package io.twinspan.benchmarks;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;

/** Has the lengths of a cipher and does nothing, so that a benchmark shows what the rest costs. Protects nothing. */
final class NoCipher implements PacketCipher {
    private final EncryptionAlgorithm encryption;
    private final int icvBytes;

    NoCipher(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        this.encryption = encryption;
        this.icvBytes = encryption.isAead() ? encryption.icvBytes() : integrity.icvBytes();
    }

    @Override
    public int ivBytes() {
        return encryption.ivBytes();
    }

    @Override
    public int icvBytes() {
        return icvBytes;
    }

    @Override
    public int blockBytes() {
        return encryption.isAead() ? 1 : encryption.alignmentBytes();
    }

    @Override
    public boolean seal(byte[] packet, int offset, int headerLength, int textLength) {
        return true;
    }

    @Override
    public boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        return true;
    }

    @Override
    public boolean open(byte[] packet, int offset, int headerLength, int textLength) {
        return true;
    }

    @Override
    public boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        return true;
    }

    @Override
    public void destroy() {}
}
