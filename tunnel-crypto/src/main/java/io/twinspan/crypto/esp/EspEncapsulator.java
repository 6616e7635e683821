package io.twinspan.crypto.esp;

import io.twinspan.crypto.packet.IpPacket;

/**
 * Seals inner packets into ESP tunnel mode (RFC 4303 section 3.3), in place.
 *
 * <p>One per thread that seals, for all its SAs; the result of {@link #seal} stays readable until the next call. No
 * allocation of its own, no exceptions.
 */
public final class EspEncapsulator {
    private static final int MAX_INNER_BYTES = 65_535;

    private final boolean copyDscp;
    private final InnerHeader inner = new InnerHeader();
    private int resultOffset;
    private int resultLength;
    private int outerTos;

    /**
     * An encapsulator.
     *
     * @param copyDscp whether the outer header gets the inner DSCP; otherwise it gets 0. ECN is always copied (RFC 6040)
     */
    public EspEncapsulator(boolean copyDscp) {
        this.copyDscp = copyDscp;
    }

    /**
     * Turns the inner packet at {@code [offset, offset + length)} into an ESP packet that begins
     * {@link OutboundSa#headroomBytes} before it and ends {@link OutboundSa#tailroomBytes} behind it. Both rooms must exist
     * in the array and are overwritten.
     *
     * @return {@link EspVerdict#OK} and a result, or the reason for which the packet must be dropped
     */
    public EspVerdict seal(OutboundSa sa, byte[] packet, int offset, int length) {
        EspSealer sealer = sa.sealer();
        EspVerdict verdict = check(sealer, packet, offset, length);
        if (verdict != EspVerdict.OK) {
            return verdict;
        }
        // RFC 4303 section 3.3.3: the counter must not cycle. The number is spent even where the cipher fails, so no IV
        // can
        // come twice.
        return sa.reserve(1) == 0
                ? EspVerdict.SEQUENCE_EXHAUSTED
                : seal(sealer, packet, offset, length, sa.lastSequence());
    }

    /**
     * As {@link #seal(OutboundSa, byte[], int, int)} on a thread that does not own the SA.
     *
     * @param sequence a number that {@link OutboundSa#reserve} set aside for this packet alone
     */
    public EspVerdict sealReserved(EspSealer sealer, long sequence, byte[] packet, int offset, int length) {
        EspVerdict verdict = check(sealer, packet, offset, length);
        return verdict == EspVerdict.OK ? seal(sealer, packet, offset, length, sequence) : verdict;
    }

    /**
     * What {@link #seal(OutboundSa, byte[], int, int)} would say of a packet that has room around it. Seals nothing, spends no
     * number, and leaves the last result void.
     */
    public EspVerdict judge(OutboundSa sa, byte[] packet, int offset, int length) {
        resultLength = 0;
        if (!inner.read(packet, offset, length)) {
            return EspVerdict.INNER_MALFORMED;
        }
        if (!sa.sealer().selects(inner, packet, offset)) {
            return EspVerdict.SELECTOR_MISMATCH;
        }
        return sa.isExhausted() ? EspVerdict.SEQUENCE_EXHAUSTED : EspVerdict.OK;
    }

    private EspVerdict check(EspSealer sealer, byte[] packet, int offset, int length) {
        resultLength = 0;
        if (!hasRoom(sealer, packet, offset, length)) {
            return EspVerdict.NO_ROOM;
        }
        if (!inner.read(packet, offset, length)) {
            return EspVerdict.INNER_MALFORMED;
        }
        return sealer.selects(inner, packet, offset) ? EspVerdict.OK : EspVerdict.SELECTOR_MISMATCH;
    }

    private EspVerdict seal(EspSealer sealer, byte[] packet, int offset, int length, long sequence) {
        outerTos = TunnelTos.outer(TunnelTos.read(packet, offset, inner.isIpv6()), copyDscp);
        int textLength = writeTrailer(packet, offset, length, sealer.padLength(length));
        if (!sealer.seal(sequence, packet, offset - sealer.headroomBytes(), textLength)) {
            return EspVerdict.CIPHER_REFUSED;
        }
        resultOffset = offset - sealer.headroomBytes();
        resultLength = sealer.headroomBytes() + length + sealer.tailroomBytes(length);
        return EspVerdict.OK;
    }

    private static boolean hasRoom(EspSealer sealer, byte[] packet, int offset, int length) {
        return length >= 0
                && length <= MAX_INNER_BYTES
                && offset >= sealer.headroomBytes()
                && (long) offset + length + sealer.tailroomBytes(length) <= packet.length;
    }

    /** RFC 4303 section 2.4: padding 1, 2, 3 and so on, its length, next header. Answers the length of the text. */
    private int writeTrailer(byte[] packet, int offset, int length, int padLength) {
        int at = offset + length;
        for (int i = 1; i <= padLength; i++) {
            packet[at++] = (byte) i;
        }
        packet[at++] = (byte) padLength;
        packet[at] = (byte) (inner.isIpv6() ? IpPacket.PROTOCOL_IPV6 : IpPacket.PROTOCOL_IPV4);
        return length + padLength + EspLayout.TRAILER_BYTES;
    }

    /** Where the ESP packet of the last OK verdict begins. */
    public int resultOffset() {
        return resultOffset;
    }

    /** Octets of the ESP packet; 0 after any other verdict. */
    public int resultLength() {
        return resultLength;
    }

    /** TOS or Traffic Class for the outer header, 0..255, of the last OK verdict. */
    public int outerTos() {
        return outerTos;
    }
}
