package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4Fragmenter;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.daemon.queue.FlowHash;

/**
 * What the outbound path would do with one packet now, by its own tables and SAs, without doing it. Immutable; made on the
 * outbound loop at the request of an operator, so it may allocate.
 *
 * @param drop name of the drop counter that would count; empty where the packet would be sent
 * @param tunnel 1 or 2, {@link DataPlane#NO_TUNNEL} where none would carry it
 * @param choice how the tunnel was found
 * @param active how many tunnels share the protected prefixes
 * @param flow number of the flow, 0..255; it picks the tunnel where two are active
 * @param packets ESP packets that it would make, those before a drop included
 * @param fragmented true where it would be cut before encryption
 * @param tellsSize true where its sender would be told by ICMP what fits
 * @param innerMtuBytes of the tunnel's SA; 0 without one
 * @param mssBytes the largest TCP segment that a SYN of its family may announce; 0 without an SA
 * @param sa the SA that would seal it
 */
public record PathForecast(
        String drop,
        int tunnel,
        Choice choice,
        int active,
        int flow,
        int packets,
        boolean fragmented,
        boolean tellsSize,
        int innerMtuBytes,
        int mssBytes,
        Sa sa) {
    /** How a tunnel is found. */
    public enum Choice {
        /** No rule has the packet. */
        NONE,
        /** The destination is the peer's inside address of this tunnel. */
        INSIDE_ADDRESS,
        /** The one tunnel that carries the protected prefixes. */
        ACTIVE,
        /** One of two active tunnels, by flow. */
        FLOW
    }

    /**
     * A sending SA.
     *
     * @param inboundSpi its name; 0 for no SA
     * @param outboundSpi SPI in its packets
     * @param nextSequence number of its next packet
     * @param drill true where a drill's worse path stands behind it
     */
    public record Sa(int inboundSpi, int outboundSpi, long nextSequence, boolean drill) {
        /** There is none. */
        public static final Sa NONE = new Sa(0, 0, 0, false);
    }

    /** True where every octet of the packet would leave. */
    public boolean passes() {
        return drop.isEmpty();
    }

    /** Walks the steps of {@link OutboundPath#accept} for a packet without virtio header. */
    static PathForecast of(
            byte[] packet, TunnelSelector selector, OutboundTunnel[] tunnels, DfPolicy df, int flowMtuBytes) {
        int active = selector.table().activeCount();
        if (IpPacket.check(packet, 0, packet.length) != HeaderVerdict.OK) {
            return refused(PathVerdict.MALFORMED, DataPlane.NO_TUNNEL, Choice.NONE, active, 0);
        }
        PacketAddresses addresses = new PacketAddresses();
        addresses.read(packet, 0, packet.length);
        int flow = FlowHash.of(packet, 0, packet.length);
        int number = selector.select(addresses, packet, 0, packet.length);
        if (number == TunnelSelector.NOT_PROTECTED) {
            return refused(PathVerdict.NOT_PROTECTED, DataPlane.NO_TUNNEL, Choice.NONE, active, flow);
        }
        if (number == DataPlane.NO_TUNNEL) {
            return refused(PathVerdict.NO_ACTIVE_TUNNEL, number, Choice.NONE, active, flow);
        }
        Choice choice = selector.isPinned(addresses) ? Choice.INSIDE_ADDRESS : active > 1 ? Choice.FLOW : Choice.ACTIVE;
        OutboundChild child = tunnels[number].current();
        if (child == null) {
            return refused(PathVerdict.NO_OUTBOUND_SA, number, choice, active, flow);
        }
        Sealing sealing = Sealing.of(packet, child, df);
        int mss = Math.min(child.innerMtuBytes(), flowMtuBytes);
        boolean ipv4 = IpPacket.version(packet, 0, packet.length) == 4;
        return new PathForecast(
                sealing.drop(),
                number,
                choice,
                active,
                flow,
                sealing.packets(),
                sealing.fragmented(),
                sealing.tellsSize(),
                child.innerMtuBytes(),
                ipv4 ? EspOverhead.mssIpv4Bytes(mss) : EspOverhead.mssIpv6Bytes(mss),
                new Sa(child.inboundSpi(), child.sa().spi(), child.sa().lastSequence() + 1, child.isImpaired()));
    }

    private static PathForecast refused(PathVerdict drop, int tunnel, Choice choice, int active, int flow) {
        return new PathForecast(drop.name(), tunnel, choice, active, flow, 0, false, false, 0, 0, Sa.NONE);
    }

    /** What comes of the packet once its SA is known. */
    private record Sealing(String drop, int packets, boolean fragmented, boolean tellsSize) {
        static Sealing of(byte[] packet, OutboundChild child, DfPolicy df) {
            int mtu = child.innerMtuBytes();
            int length = IpPacket.totalBytes(packet, 0);
            EspEncapsulator judge = new EspEncapsulator(true);
            if (length <= mtu) {
                EspVerdict verdict = judge.judge(child.sa(), packet, 0, length);
                return new Sealing(name(verdict), verdict == EspVerdict.OK ? 1 : 0, false, false);
            }
            boolean ipv4 = IpPacket.version(packet, 0, packet.length) == 4;
            boolean forbidden = ipv4 && Ipv4View.dontFragment(packet, 0);
            int count = ipv4 && (!forbidden || df.cuts()) ? Ipv4Fragmenter.count(packet, 0, length, mtu) : 0;
            boolean tells = count == 0 || (forbidden && df.tells());
            if (count == 0) {
                return new Sealing(PathVerdict.TOO_BIG.name(), 0, false, tells);
            }
            byte[] piece = new byte[mtu];
            for (int i = 0; i < count; i++) {
                int octets = Ipv4Fragmenter.write(packet, 0, mtu, i, piece, 0);
                EspVerdict verdict = judge.judge(child.sa(), piece, 0, octets);
                if (verdict != EspVerdict.OK) {
                    return new Sealing(name(verdict), i, true, tells);
                }
            }
            return new Sealing("", count, true, tells);
        }

        private static String name(EspVerdict verdict) {
            return verdict == EspVerdict.OK ? "" : verdict.name();
        }
    }
}
