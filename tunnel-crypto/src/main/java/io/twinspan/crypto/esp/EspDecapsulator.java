package io.twinspan.crypto.esp;

import io.twinspan.crypto.packet.IpPacket;

/**
 * Opens ESP tunnel mode packets (RFC 4303 section 3.4), in place.
 *
 * <p>One per inbound data loop, for all its SAs; the result of {@link #open} stays readable until the next call. No
 * allocation of its own, no exceptions, whatever the packet holds.
 */
public final class EspDecapsulator {
    /** For {@code outerTos} where the outer header is not known: changes and refuses nothing. */
    public static final int UNKNOWN_TOS = 0;

    private static final int MAX_PACKET_BYTES = 65_535;

    private final InnerHeader inner = new InnerHeader();
    private boolean authentic;
    private int resultOffset;
    private int resultLength;

    /**
     * Opens the ESP packet at {@code [offset, offset + length)}.
     *
     * <p>The order is that of RFC 4303: lengths, replay precheck, ICV, mark, padding, inner packet. Until the ICV is
     * verified, neither the packet nor the SA changes.
     *
     * @param outerTos TOS or Traffic Class of the outer header, 0..255, or {@link #UNKNOWN_TOS}
     * @return {@link EspVerdict#OK} and a result, or the reason for which the packet must be dropped
     */
    public EspVerdict open(InboundSa sa, byte[] packet, int offset, int length, int outerTos) {
        authentic = false;
        resultLength = 0;
        if (offset < 0 || length < 0 || length > packet.length - offset || length > MAX_PACKET_BYTES) {
            return EspVerdict.BAD_LENGTH;
        }
        int textOffset = offset + EspLayout.HEADER_BYTES + sa.ivBytes();
        int textLength = length - EspLayout.HEADER_BYTES - sa.ivBytes() - sa.icvBytes();
        if (textLength < EspLayout.TRAILER_BYTES) {
            return EspVerdict.TOO_SHORT;
        }
        if (!sa.isWholeBlocks(textLength)) {
            return EspVerdict.BAD_LENGTH;
        }
        EspVerdict verdict = authenticate(sa, packet, offset, textLength);
        return verdict == EspVerdict.OK ? decapsulate(sa, packet, textOffset, textLength, outerTos) : verdict;
    }

    private EspVerdict authenticate(InboundSa sa, byte[] packet, int offset, int textLength) {
        int spi = EspLayout.spi(packet, offset);
        if (spi != sa.spi()) {
            return EspLayout.isReservedSpi(spi) ? EspVerdict.RESERVED_SPI : EspVerdict.WRONG_SPI;
        }
        long sequence = sa.sequenceOf(EspLayout.sequenceLow(packet, offset));
        if (!sa.window().precheck(sequence)) {
            return sa.window().isBeforeWindow(sequence) ? EspVerdict.BEFORE_WINDOW : EspVerdict.REPLAYED;
        }
        if (!sa.open(packet, offset, textLength, sequence)) {
            return EspVerdict.BAD_ICV;
        }
        // RFC 4303 section 3.4.3: only a good ICV moves the window.
        sa.mark(sequence);
        authentic = true;
        return EspVerdict.OK;
    }

    private EspVerdict decapsulate(InboundSa sa, byte[] packet, int textOffset, int textLength, int outerTos) {
        int padLength = EspLayout.getOctet(packet, textOffset + textLength - 2);
        int nextHeader = EspLayout.getOctet(packet, textOffset + textLength - 1);
        int payloadLength = textLength - EspLayout.TRAILER_BYTES - padLength;
        if (payloadLength < 0 || !isPadding(packet, textOffset + payloadLength, padLength)) {
            return EspVerdict.BAD_PADDING;
        }
        if (nextHeader == EspLayout.NEXT_HEADER_NONE) {
            return EspVerdict.DUMMY;
        }
        if (nextHeader != IpPacket.PROTOCOL_IPV4 && nextHeader != IpPacket.PROTOCOL_IPV6) {
            return EspVerdict.UNSUPPORTED_NEXT_HEADER;
        }
        // The inner packet may be shorter than the payload: the rest is traffic flow padding (RFC 4303 section 2.7).
        if (!inner.read(packet, textOffset, payloadLength)
                || inner.isIpv6() != (nextHeader == IpPacket.PROTOCOL_IPV6)) {
            return EspVerdict.INNER_MALFORMED;
        }
        if (!sa.selects(inner, packet, textOffset)) {
            return EspVerdict.SELECTOR_MISMATCH;
        }
        if (!TunnelTos.decapsulate(packet, textOffset, inner.isIpv6(), outerTos)) {
            return EspVerdict.ILLEGAL_ECN;
        }
        resultOffset = textOffset;
        resultLength = IpPacket.totalBytes(packet, textOffset);
        return EspVerdict.OK;
    }

    /** RFC 4303 section 2.4: the octets 1, 2, 3 and so on. */
    private static boolean isPadding(byte[] packet, int offset, int padLength) {
        for (int i = 0; i < padLength; i++) {
            if (packet[offset + i] != (byte) (i + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Where the inner packet of the last OK verdict begins. */
    public int resultOffset() {
        return resultOffset;
    }

    /** Octets of the inner packet; 0 after any other verdict. */
    public int resultLength() {
        return resultLength;
    }

    /** True where the last packet came from the peer and was new, even if it was then dropped: a sign of life. */
    public boolean wasAuthentic() {
        return authentic;
    }
}
