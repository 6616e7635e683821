package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import io.twinspan.crypto.packet.TcpView;

/**
 * Tells which packets from the TUN must not wait behind data: those marked as network control (RFC 4594 section 3.1), and
 * BGP and ICMP to a peer's inside address. For one connection; owned by the outbound loop.
 */
public final class ControlTraffic {
    private static final int DSCP_SHIFT = 2;
    private static final int CS6 = 48;
    private static final int CS7 = 56;
    private static final int BGP_PORT = 179;

    private final PacketAddresses addresses = new PacketAddresses();
    private final IpAddressKey[] peers;

    /** For the tunnels of this connection. */
    public ControlTraffic(ConnectionPlan plan) {
        peers = plan.tunnels().stream()
                .map(tunnel -> IpAddressKey.of(tunnel.insideRemote()))
                .toArray(IpAddressKey[]::new);
    }

    /** True where the packet goes first; false for what is no packet at all. */
    public boolean includes(byte[] octets, int offset, int length) {
        if (IpPacket.check(octets, offset, length) != HeaderVerdict.OK) {
            return false;
        }
        boolean ipv4 = IpPacket.version(octets, offset, length) == 4;
        int tos = ipv4 ? Ipv4View.typeOfService(octets, offset) : Ipv6View.trafficClass(octets, offset);
        int dscp = tos >>> DSCP_SHIFT;
        if (dscp == CS6 || dscp == CS7) {
            return true;
        }
        addresses.read(octets, offset, length);
        return isForPeer() && (ipv4 ? isControlV4(octets, offset) : isControlV6(octets, offset));
    }

    private boolean isForPeer() {
        for (IpAddressKey peer : peers) {
            if (addresses.destinationIs(peer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isControlV4(byte[] octets, int offset) {
        if (Ipv4View.fragmentOffsetBytes(octets, offset) != 0) {
            return false;
        }
        int headerBytes = Ipv4View.headerBytes(octets, offset);
        int room = Ipv4View.totalBytes(octets, offset) - headerBytes;
        int protocol = Ipv4View.protocol(octets, offset);
        return protocol == IpPacket.PROTOCOL_ICMP || isBgp(protocol, octets, offset + headerBytes, room);
    }

    private static boolean isControlV6(byte[] octets, int offset) {
        int upperLayer = Ipv6View.upperLayer(octets, offset);
        if (upperLayer == Ipv6View.NO_UPPER_LAYER) {
            return false;
        }
        int headerBytes = Ipv6View.upperLayerOffset(upperLayer);
        int room = Ipv6View.totalBytes(octets, offset) - headerBytes;
        int protocol = Ipv6View.upperLayerProtocol(upperLayer);
        return protocol == IpPacket.PROTOCOL_ICMPV6 || isBgp(protocol, octets, offset + headerBytes, room);
    }

    private static boolean isBgp(int protocol, byte[] octets, int at, int room) {
        return protocol == IpPacket.PROTOCOL_TCP
                && room >= TcpView.MIN_HEADER_BYTES
                && (TcpView.sourcePort(octets, at) == BGP_PORT || TcpView.destinationPort(octets, at) == BGP_PORT);
    }
}
