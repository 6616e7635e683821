package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.packet.Icmpv4Error;
import io.twinspan.crypto.packet.Icmpv6Error;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.daemon.buffer.PacketSlot;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * ICMP errors about packets the outbound path refuses, written back into the TUN at a limited rate (RFC 1812 section
 * 4.3.2.8). Owned by the outbound loop.
 *
 * <p>They come from the peer's inside address: the kernel would drop a packet that arrives with one of its own addresses as
 * source.
 */
final class IcmpAnswers {
    private static final int PER_SECOND = 100;
    private static final int BURST = 50;

    private final RateLimit limit = new RateLimit(PER_SECOND, BURST);
    private final PacketSlot answer;
    private final TunSink tun;
    private int sourceIpv4;
    private byte @Nullable [] sourceIpv6;

    IcmpAnswers(ConnectionPlan plan, PacketSlot answer, TunSink tun) {
        this.answer = answer;
        this.tun = tun;
        for (TunnelPlan tunnel : plan.tunnels().reversed()) {
            takeSource(tunnel.insideRemote());
        }
    }

    private void takeSource(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            sourceIpv4 = ByteBuffer.wrap(octets).getInt();
        } else {
            sourceIpv6 = octets;
        }
    }

    /** Says that the destination cannot be reached now: no peer to make an SA with (RFC 4301 section 5.1.1 (c)). */
    void unreachable(PacketSlot packet, long nowNanos) {
        answer(packet, Icmpv4Error.Unreachable.HOST, Icmpv6Error.Unreachable.ADDRESS, nowNanos);
    }

    /** Says that policy forbids the packet (RFC 4301 section 5.1.1 (a)). */
    void prohibited(PacketSlot packet, long nowNanos) {
        answer(
                packet,
                Icmpv4Error.Unreachable.ADMINISTRATIVELY_PROHIBITED,
                Icmpv6Error.Unreachable.ADMINISTRATIVELY_PROHIBITED,
                nowNanos);
    }

    private void answer(PacketSlot packet, Icmpv4Error.Unreachable ipv4, Icmpv6Error.Unreachable ipv6, long nowNanos) {
        byte[] octets = packet.array();
        byte[] target = answer.array();
        boolean isIpv4 = IpPacket.version(octets, packet.offset(), packet.length()) == 4;
        byte[] source = sourceIpv6;
        int length = 0;
        if (isIpv4 && sourceIpv4 != 0) {
            length = Icmpv4Error.unreachable(
                    ipv4, octets, packet.offset(), packet.length(), sourceIpv4, target, PacketSlot.HEADROOM);
        } else if (!isIpv4 && source != null) {
            length = Icmpv6Error.unreachable(
                    ipv6, octets, packet.offset(), packet.length(), source, target, PacketSlot.HEADROOM);
        }
        send(length, nowNanos);
    }

    /** Says how large a packet may be (RFC 1191 section 4, RFC 4443 section 3.2). */
    void tooBig(PacketSlot packet, int mtuBytes, long nowNanos) {
        byte[] octets = packet.array();
        byte[] target = answer.array();
        boolean isIpv4 = IpPacket.version(octets, packet.offset(), packet.length()) == 4;
        byte[] source = sourceIpv6;
        int length = 0;
        if (isIpv4 && sourceIpv4 != 0) {
            length = Icmpv4Error.fragmentationNeeded(
                    mtuBytes, octets, packet.offset(), packet.length(), sourceIpv4, target, PacketSlot.HEADROOM);
        } else if (!isIpv4 && source != null) {
            length = Icmpv6Error.packetTooBig(
                    mtuBytes, octets, packet.offset(), packet.length(), source, target, PacketSlot.HEADROOM);
        }
        send(length, nowNanos);
    }

    private void send(int length, long nowNanos) {
        if (length > 0 && limit.allow(nowNanos)) {
            int from = PacketSlot.HEADROOM - VirtioNetHeader.OCTETS;
            VirtioNetHeader.writeNone(answer.array(), from);
            tun.write(answer.array(), from, VirtioNetHeader.OCTETS + length);
        }
    }
}
