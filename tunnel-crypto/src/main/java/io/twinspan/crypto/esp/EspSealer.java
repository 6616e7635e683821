package io.twinspan.crypto.esp;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;

/**
 * What one thread needs to seal packets of an outbound SA: a cipher of its own, selectors and IVs, but not the counter. Several
 * of one SA may work at the same time as long as no two of them are ever given the same sequence number: with AES-GCM and
 * ChaCha20 the number is the nonce, and a nonce that comes twice gives the plaintext away (RFC 4106 section 3.1).
 *
 * <p>Not thread safe; one object, one thread at a time.
 */
public final class EspSealer {
    /** Without ESN: the last number, which is sent; the one after it would be 0 again. */
    static final long LAST_32 = (1L << 32) - 1;

    /** With ESN: half of the 64-bit space, so that the counter stays a positive number. */
    static final long LAST_64 = Long.MAX_VALUE;

    private final int spi;
    private final boolean extended;
    private final int alignmentMask;
    private final PacketCipher cipher;
    private final int headroomBytes;
    private final int icvBytes;
    private final boolean counterIv;
    private final UnpredictableIvs ivs;
    private final SelectorSet localSelectors;
    private final SelectorSet remoteSelectors;
    private final boolean narrowSelectors;

    /**
     * A sealer.
     *
     * @param entropy where CBC's IVs come from; thread safe where other sealers share it
     */
    public EspSealer(EspSaParameters parameters, PacketCipherEngine engine, EntropySource entropy) {
        EncryptionAlgorithm encryption = parameters.suite().encryption();
        this.spi = parameters.spi();
        this.extended = parameters.suite().sequenceNumbers() == SequenceNumbers.EXTENDED_64;
        assert Integer.bitCount(encryption.alignmentBytes()) == 1 : "the mask needs a power of two";
        this.alignmentMask = encryption.alignmentBytes() - 1;
        this.cipher = EspCiphers.of(parameters, engine);
        this.headroomBytes = EspLayout.HEADER_BYTES + cipher.ivBytes();
        this.icvBytes = cipher.icvBytes();
        this.counterIv = encryption.isAead();
        this.ivs = new UnpredictableIvs(entropy, encryption.ivBytes());
        this.localSelectors = new SelectorSet(parameters.localSelectors());
        this.remoteSelectors = new SelectorSet(parameters.remoteSelectors());
        this.narrowSelectors = localSelectors.isNarrow() || remoteSelectors.isNarrow();
    }

    int spi() {
        return spi;
    }

    boolean isExtended() {
        return extended;
    }

    /** The last sequence number there is. */
    long lastNumber() {
        return extended ? LAST_64 : LAST_32;
    }

    /** Octets of ESP header and IV in front of an inner packet. */
    public int headroomBytes() {
        return headroomBytes;
    }

    /** Octets of padding, trailer and ICV behind an inner packet of this length. */
    public int tailroomBytes(int innerLength) {
        return padLength(innerLength) + EspLayout.TRAILER_BYTES + icvBytes;
    }

    /** RFC 4303 section 2.4: payload, padding and trailer end on the cipher's block, and on 4 octets at least. */
    int padLength(int innerLength) {
        return -(innerLength + EspLayout.TRAILER_BYTES) & alignmentMask;
    }

    /** RFC 4301 section 5.1: our side is the inner source. */
    boolean selects(InnerHeader inner, byte[] packet, int offset) {
        if (narrowSelectors) {
            inner.readUpperLayer(packet, offset);
        }
        return inner.sourceIn(localSelectors) && inner.destinationIn(remoteSelectors);
    }

    /** Writes header and IV at {@code offset}, and seals {@code textLength} octets behind them. */
    boolean seal(long sequence, byte[] packet, int offset, int textLength) {
        EspLayout.putInt(packet, offset, spi);
        EspLayout.putInt(packet, offset + 4, (int) sequence);
        if (counterIv) {
            // RFC 4106 section 3.1, RFC 7634 section 2: unique per key; the sequence number is.
            EspLayout.putLong(packet, offset + EspLayout.HEADER_BYTES, sequence);
        } else {
            ivs.next(packet, offset + EspLayout.HEADER_BYTES);
        }
        return extended
                ? cipher.sealExtended(packet, offset, textLength, (int) (sequence >>> 32))
                : cipher.seal(packet, offset, EspLayout.HEADER_BYTES, textLength);
    }

    /** Erases the key; nothing is sealed by this object any more. */
    public void destroy() {
        cipher.destroy();
    }
}
