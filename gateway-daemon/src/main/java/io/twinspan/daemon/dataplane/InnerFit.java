package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.TcpMssClamp;

/** What is done, and counted, so that inner packets fit. Their headers were checked. */
final class InnerFit {
    private InnerFit() {}

    /**
     * Keeps a TCP connection to what fits when it begins: a SYN may be changed.
     *
     * @param mtuBytes longest inner packet that fits
     */
    static void clamp(SizeCounters.Way counters, byte[] packet, int offset, int length, int mtuBytes) {
        if (TcpMssClamp.clamp(
                packet, offset, length, EspOverhead.mssIpv4Bytes(mtuBytes), EspOverhead.mssIpv6Bytes(mtuBytes))) {
            counters.clamped();
        }
    }

    /** Lets a packet pass as it is; it may be a fragment already. */
    static void pass(SizeCounters.Way counters, byte[] packet, int offset) {
        if (IpPacket.isFragment(packet, offset)) {
            counters.passed();
        }
    }
}
