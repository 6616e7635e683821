package io.twinspan.daemon.queue;

import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.NetworkOrder;

/** Which of a few hundred flows an IP packet belongs to, by addresses, protocol and ports. */
public final class FlowHash {
    /** How many flows are told apart. */
    static final int FLOWS = 256;

    private static final int PORTS_BYTES = 4;
    private static final int GOLDEN = 0x9E3779B9;

    private FlowHash() {}

    /**
     * 0..{@link #FLOWS} - 1. Ports count in whole packets only, so that all fragments of a datagram are of one flow, although
     * only the first one has ports.
     */
    public static int of(byte[] octets, int offset, int length) {
        if (IpPacket.check(octets, offset, length) != HeaderVerdict.OK) {
            return 0;
        }
        return IpPacket.version(octets, offset, length) == 4
                ? ofIpv4(octets, offset, length)
                : ofIpv6(octets, offset, length);
    }

    private static int ofIpv4(byte[] octets, int offset, int length) {
        int protocol = Ipv4View.protocol(octets, offset);
        int hash = mix(mix(protocol, Ipv4View.source(octets, offset)), Ipv4View.destination(octets, offset));
        int ports = Ipv4View.headerBytes(octets, offset);
        boolean whole = !Ipv4View.isFragment(octets, offset);
        return whole && hasPorts(protocol) && ports + PORTS_BYTES <= length
                ? fold(mix(hash, NetworkOrder.quad(octets, offset + ports)))
                : fold(hash);
    }

    private static int ofIpv6(byte[] octets, int offset, int length) {
        long addresses = Ipv6View.sourceHigh(octets, offset)
                ^ Long.rotateLeft(Ipv6View.sourceLow(octets, offset), 7)
                ^ Long.rotateLeft(Ipv6View.destinationHigh(octets, offset), 13)
                ^ Long.rotateLeft(Ipv6View.destinationLow(octets, offset), 29);
        int upperLayer = Ipv6View.upperLayer(octets, offset);
        int hash = Long.hashCode(addresses);
        if (upperLayer == Ipv6View.NO_UPPER_LAYER || Ipv6View.isFragment(upperLayer)) {
            return fold(mix(hash, 0));
        }
        int protocol = Ipv6View.upperLayerProtocol(upperLayer);
        int ports = Ipv6View.upperLayerOffset(upperLayer);
        int ofProtocol = mix(hash, protocol);
        return hasPorts(protocol) && ports + PORTS_BYTES <= length
                ? fold(mix(ofProtocol, NetworkOrder.quad(octets, offset + ports)))
                : fold(ofProtocol);
    }

    private static boolean hasPorts(int protocol) {
        return protocol == IpPacket.PROTOCOL_TCP || protocol == IpPacket.PROTOCOL_UDP;
    }

    private static int mix(int hash, int value) {
        return (hash ^ value) * GOLDEN;
    }

    private static int fold(int hash) {
        return (hash ^ hash >>> 8 ^ hash >>> 16) & (FLOWS - 1);
    }
}
