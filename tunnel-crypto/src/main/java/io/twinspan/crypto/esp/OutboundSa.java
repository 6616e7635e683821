package io.twinspan.crypto.esp;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.SequenceNumbers;

/**
 * The sending half of a child SA: key, counter and selectors. Owned by the outbound data loop.
 *
 * <p>The counter never wraps and no value of it is used twice: where it ends, sealing ends. {@link #isNearlyExhausted}
 * turns true long before, early enough to rekey even at full rate.
 */
public final class OutboundSa {
    /** Without ESN: soft limit, about an hour before the end at AWS's 140,000 packets a second. */
    static final long SOFT_LIMIT_32 = (1L << 32) - (1L << 29);

    /** Without ESN: the last number. */
    static final long LAST_32 = EspSealer.LAST_32;

    /** With ESN: soft limit; no real SA comes near it. */
    static final long SOFT_LIMIT_64 = 1L << 62;

    /** With ESN: the last number. */
    static final long LAST_64 = EspSealer.LAST_64;

    /** How many numbers are set aside at once in memory that outlives the process. */
    static final long RESERVED_AHEAD = 1L << 16;

    private final EspSealer sealer;
    private final SequenceCell reserved;
    private long lastSequence;
    private long reservedThrough;

    /** A fresh SA, whose first packet will have sequence number 1, and which ends with the process. */
    public OutboundSa(EspSaParameters parameters, PacketCipherEngine engine, EntropySource entropy) {
        this(parameters, engine, entropy, SequenceCell.inProcess());
    }

    /**
     * An SA that another process may take over: no number is used before the cell says that it may have been. So the one who
     * takes over goes on behind what the cell says, and no number, which is the IV too, is ever used twice.
     *
     * @param reserved 0 for a fresh SA, otherwise where the process before left it
     */
    public OutboundSa(
            EspSaParameters parameters, PacketCipherEngine engine, EntropySource entropy, SequenceCell reserved) {
        this.sealer = new EspSealer(parameters, engine, entropy);
        this.reserved = reserved;
        long before = reserved.get();
        // Nonsense counts as the end of all numbers: then nothing is sent until a rekey.
        this.lastSequence = before < 0 || before > sealer.lastNumber() ? sealer.lastNumber() : before;
        this.reservedThrough = lastSequence;
    }

    OutboundSa(EspSaParameters parameters, PacketCipherEngine engine, EntropySource entropy, long lastSequence) {
        this(parameters, engine, entropy);
        this.lastSequence = lastSequence;
        this.reservedThrough = lastSequence;
    }

    /** The peer's SPI, which goes on the wire. */
    public int spi() {
        return sealer.spi();
    }

    /** The sealer of the thread that owns this SA. */
    public EspSealer sealer() {
        return sealer;
    }

    /** The sequence number used or reserved last, 0 before the first packet. */
    public long lastSequence() {
        return lastSequence;
    }

    /** True from the soft limit on: a rekey is due. */
    public boolean isNearlyExhausted() {
        return lastSequence >= (sealer.isExtended() ? SOFT_LIMIT_64 : SOFT_LIMIT_32);
    }

    /** True where no sequence number is left and nothing more can be sent. */
    public boolean isExhausted() {
        return lastSequence >= sealer.lastNumber();
    }

    /**
     * Sets the next sequence numbers aside for another thread's {@link EspSealer}; they are never given again, so that one
     * which stays unused is a gap on the wire, which RFC 4303 section 3.4.3 allows.
     *
     * @return how many there are, up to {@code wanted}: fewer only where the counter ends. {@link #lastSequence} is the last
     *     of them
     */
    public int reserve(int wanted) {
        int granted = (int) Math.min(wanted, sealer.lastNumber() - lastSequence);
        lastSequence += granted;
        if (lastSequence > reservedThrough) {
            reserveAhead();
        }
        return granted;
    }

    private void reserveAhead() {
        reservedThrough = lastSequence + Math.min(RESERVED_AHEAD, sealer.lastNumber() - lastSequence);
        reserved.set(reservedThrough);
    }

    /**
     * Which part of an SA's sequence numbers is used up.
     *
     * @param lastSequence used or set aside last; what can be no number counts as the end of all
     * @return 0 for a fresh SA .. 1 for one on which nothing more can be sent
     */
    public static double usedShare(SequenceNumbers numbers, long lastSequence) {
        long last = numbers == SequenceNumbers.EXTENDED_64 ? LAST_64 : LAST_32;
        return lastSequence < 0 || lastSequence > last ? 1 : (double) lastSequence / last;
    }

    /** Octets of ESP header and IV in front of an inner packet. */
    public int headroomBytes() {
        return sealer.headroomBytes();
    }

    /** Octets of padding, trailer and ICV behind an inner packet of this length. */
    public int tailroomBytes(int innerLength) {
        return sealer.tailroomBytes(innerLength);
    }

    /** Erases the key; nothing is sealed on this SA any more. */
    public void destroy() {
        sealer.destroy();
    }

    @Override
    public String toString() {
        return "OutboundSa[spi=" + Integer.toHexString(spi()) + ", lastSequence=" + lastSequence + "]";
    }
}
