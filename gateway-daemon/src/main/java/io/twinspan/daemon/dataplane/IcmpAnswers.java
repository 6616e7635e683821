package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.packet.Icmpv4Error;
import io.twinspan.crypto.packet.Icmpv6Error;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.daemon.buffer.PacketSlot;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * ICMP errors about packets the outbound path refuses, at a limited rate (RFC 1812 section 4.3.2.8). Owned by the outbound
 * loop.
 *
 * <p>Those about a tunnel are written back into the TUN and come from the peer's inside address: the kernel would drop a
 * packet that arrives with one of its own addresses as source. See {@link #tooBig} for the others.
 */
final class IcmpAnswers {
    private static final int PER_SECOND = 100;
    private static final int BURST = 50;
    private static final int IPV4_SOURCE = 12;
    private static final int IPV6_SOURCE = 8;
    /** In place of a source: the kernel fills in the right one. */
    private static final byte[] NOBODY = new byte[16];

    private final RateLimit limit = new RateLimit(PER_SECOND, BURST);
    private final PacketSlot answer;
    private final TunSink tun;
    private final Consumer<SaEvent> events;
    private int sourceIpv4;
    private byte @Nullable [] sourceIpv6;

    IcmpAnswers(ConnectionPlan plan, PacketSlot answer, TunSink tun, Consumer<SaEvent> events) {
        this.events = events;
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

    /**
     * Says how large a packet may be (RFC 1191 section 4, RFC 4443 section 3.2).
     *
     * <p>Hosts and firewalls take this error from their own gateway sooner than from an address behind a tunnel, so the
     * control loop sends it from this host's address on the sender's network.
     *
     * @param tunnel into which the packet does not fit
     */
    void tooBig(int tunnel, PacketSlot packet, int mtuBytes, long nowNanos) {
        byte[] octets = packet.array();
        byte[] target = answer.array();
        boolean isIpv4 = IpPacket.version(octets, packet.offset(), packet.length()) == 4;
        int length = isIpv4
                ? Icmpv4Error.fragmentationNeeded(
                        mtuBytes, octets, packet.offset(), packet.length(), 0, target, PacketSlot.HEADROOM)
                : Icmpv6Error.packetTooBig(
                        mtuBytes, octets, packet.offset(), packet.length(), NOBODY, target, PacketSlot.HEADROOM);
        if (length > 0 && limit.allow(nowNanos)) {
            int header = isIpv4 ? Ipv4View.MIN_HEADER_BYTES : Ipv6View.HEADER_BYTES;
            byte[] message = Arrays.copyOfRange(target, PacketSlot.HEADROOM + header, PacketSlot.HEADROOM + length);
            events.accept(new SaEvent.TooBig(tunnel, source(octets, packet.offset(), isIpv4), message));
        }
    }

    private static InetAddress source(byte[] octets, int offset, boolean isIpv4) {
        byte[] address = isIpv4
                ? Arrays.copyOfRange(octets, offset + IPV4_SOURCE, offset + IPV4_SOURCE + 4)
                : Arrays.copyOfRange(octets, offset + IPV6_SOURCE, offset + IPV6_SOURCE + 16);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 octets are an address", e);
        }
    }

    private void send(int length, long nowNanos) {
        if (length > 0 && limit.allow(nowNanos)) {
            int from = PacketSlot.HEADROOM - VirtioNetHeader.OCTETS;
            VirtioNetHeader.writeNone(answer.array(), from);
            tun.write(answer.array(), from, VirtioNetHeader.OCTETS + length);
        }
    }
}
