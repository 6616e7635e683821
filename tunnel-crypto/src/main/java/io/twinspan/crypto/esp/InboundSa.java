package io.twinspan.crypto.esp;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.SequenceNumbers;

/** The receiving half of a child SA: key, replay window and selectors. Owned by the inbound data loop. */
public final class InboundSa {
    private static final long LOW_MASK = 0xffff_ffffL;

    private final int spi;
    private final boolean extended;
    private final PacketCipher cipher;
    private final int ivBytes;
    private final int icvBytes;
    private final int blockMask;
    private final ReplayWindow window;
    private final SequenceCell seen;
    private final SelectorSet localSelectors;
    private final SelectorSet remoteSelectors;
    private final boolean narrowSelectors;

    /** A fresh SA that has seen nothing, and which ends with the process. */
    public InboundSa(EspSaParameters parameters, PacketCipherEngine engine) {
        this(parameters, engine, SequenceCell.inProcess());
    }

    /**
     * An SA that another process may take over: the highest authentic number is in the cell before its packet is used, and
     * everything up to it counts as seen by the one who takes over.
     *
     * @param seen 0 for a fresh SA, otherwise where the process before left it
     */
    public InboundSa(EspSaParameters parameters, PacketCipherEngine engine, SequenceCell seen) {
        this.seen = seen;
        this.spi = parameters.spi();
        this.extended = parameters.suite().sequenceNumbers() == SequenceNumbers.EXTENDED_64;
        this.cipher = EspCiphers.of(parameters, engine);
        this.ivBytes = cipher.ivBytes();
        this.icvBytes = cipher.icvBytes();
        assert Integer.bitCount(cipher.blockBytes()) == 1 : "the mask needs a power of two";
        this.blockMask = cipher.blockBytes() - 1;
        this.window = new ReplayWindow(parameters.replayWindowPackets(), seen.get());
        this.localSelectors = new SelectorSet(parameters.localSelectors());
        this.remoteSelectors = new SelectorSet(parameters.remoteSelectors());
        this.narrowSelectors = localSelectors.isNarrow() || remoteSelectors.isNarrow();
    }

    /** Our SPI, by which the packets of this SA are found. */
    public int spi() {
        return spi;
    }

    /** The highest authentic sequence number so far, 0 before the first packet. */
    public long highestSequence() {
        return window.highest();
    }

    /**
     * Which part of an SA's sequence numbers the peer has used up.
     *
     * @param highestSequence the highest authentic number, unsigned
     * @return 0 for a fresh SA .. 1 for one on which the peer can send nothing more
     */
    public static double usedShare(SequenceNumbers numbers, long highestSequence) {
        // RFC 4303 section 2.2.1: the peer may use all 64 bits; half of an unsigned number is a signed one.
        return numbers == SequenceNumbers.EXTENDED_64
                ? (double) (highestSequence >>> 1) / Long.MAX_VALUE
                : (double) (highestSequence & LOW_MASK) / LOW_MASK;
    }

    int ivBytes() {
        return ivBytes;
    }

    int icvBytes() {
        return icvBytes;
    }

    /** True where a text of this length is whole blocks of the cipher. */
    boolean isWholeBlocks(int textLength) {
        return (textLength & blockMask) == 0;
    }

    /** Records the number of an authentic packet. */
    void mark(long sequence) {
        window.mark(sequence);
        seen.set(window.highest());
    }

    ReplayWindow window() {
        return window;
    }

    /**
     * The whole sequence number behind the 32 bits on the wire. With ESN the high half is guessed from the window (RFC 4303
     * appendix A2.2); the ICV proves the guess.
     */
    long sequenceOf(int sequenceLow) {
        long low = sequenceLow & LOW_MASK;
        if (!extended) {
            return low;
        }
        long highestLow = window.highest() & LOW_MASK;
        long high = window.highest() >>> 32;
        long bottom = (highestLow - window.sizePackets() + 1) & LOW_MASK;
        if (highestLow >= window.sizePackets() - 1) {
            // Case A: the window lies in one subspace; what is below it belongs to the next.
            return (low >= bottom ? high : high + 1) << 32 | low;
        }
        // Case B: the window reaches back into the previous subspace, if there is one.
        return (low >= bottom && high > 0 ? high - 1 : high) << 32 | low;
    }

    /** Verifies and decrypts in place; marks nothing. */
    boolean open(byte[] packet, int offset, int textLength, long sequence) {
        return extended
                ? cipher.openExtended(packet, offset, textLength, (int) (sequence >>> 32))
                : cipher.open(packet, offset, EspLayout.HEADER_BYTES, textLength);
    }

    /** RFC 4301 section 5.2: the peer's side is the inner source. */
    boolean selects(InnerHeader inner, byte[] packet, int offset) {
        if (narrowSelectors) {
            inner.readUpperLayer(packet, offset);
        }
        return inner.sourceIn(remoteSelectors) && inner.destinationIn(localSelectors);
    }

    /** Erases the key; nothing is opened on this SA any more. */
    public void destroy() {
        cipher.destroy();
    }

    @Override
    public String toString() {
        return "InboundSa[spi=" + Integer.toHexString(spi) + ", highestSequence=" + window.highest() + "]";
    }
}
