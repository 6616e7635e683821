package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.OutsideSocket;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three sockets of one local outside address, shared by all tunnels that use the address. Each is read on one loop and
 * written on another; the descriptors close when both have let go.
 */
final class OutsideSockets {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideSockets.class);

    /** Datagrams gathered for one call; one budget of the TUN. */
    private static final int ESP_BATCH = 64;

    /** Longest ESP packet; an uplink MTU beyond jumbo frames is not expected. */
    private static final int ESP_OCTETS = 16_384;

    private static final int IKE_BATCH = 8;
    private static final int IKE_OCTETS = 65_507;

    private final InetAddress local;
    private final OutsideSocket ikeSocket;
    private final OutsideSocket encapSocket;
    private final OutsideSocket rawSocket;

    private OutsideSockets(
            InetAddress local, OutsideSocket ikeSocket, OutsideSocket encapSocket, OutsideSocket rawSocket) {
        this.local = local;
        this.ikeSocket = ikeSocket;
        this.encapSocket = encapSocket;
        this.rawSocket = rawSocket;
    }

    /** Opens all three or none. */
    static OutsideSockets open(InetAddress local, GatewayIoOptions options) {
        OutsideSocket ike = OutsideSocket.udp(local, options.ikePort());
        try {
            OutsideSocket encap = OutsideSocket.udp(local, options.natTraversalPort());
            try {
                return new OutsideSockets(local, ike, encap, OutsideSocket.rawEsp(local));
            } catch (RuntimeException e) {
                encap.close();
                throw e;
            }
        } catch (RuntimeException e) {
            ike.close();
            throw e;
        }
    }

    /** Sender of ESP in UDP; call on the outbound loop. */
    Transmitter udpEspTransmitter(Runnable refused) {
        return new Transmitter(
                encapSocket.descriptor().retain(), "ESP in UDP from " + name(), ESP_BATCH, ESP_OCTETS, refused);
    }

    /** Sender of raw ESP; call on the outbound loop. */
    Transmitter rawEspTransmitter(Runnable refused) {
        return new Transmitter(
                rawSocket.descriptor().retain(), "raw ESP from " + name(), ESP_BATCH, ESP_OCTETS, refused);
    }

    /** Sender of IKE from port 500; call on the control loop. */
    Transmitter ikeTransmitter() {
        return new Transmitter(
                ikeSocket.descriptor().retain(), "IKE from " + name(), IKE_BATCH, IKE_OCTETS, this::ikeRefused);
    }

    /** Sender of IKE from port 4500; call on the control loop. */
    Transmitter ikeEncapTransmitter() {
        return new Transmitter(
                encapSocket.descriptor().retain(),
                "IKE over NAT traversal from " + name(),
                IKE_BATCH,
                IKE_OCTETS,
                this::ikeRefused);
    }

    /** Reader of port 500; call on the control loop. */
    GuardedHandle ikeReader(IkeDelivery ike, int port) {
        // The control loop already has the socket's own descriptor, for sending.
        Descriptor descriptor = ikeSocket.descriptor().duplicate();
        IkeChannel channel = new IkeChannel(descriptor, new Endpoint(local, port), ike);
        return new GuardedHandle(descriptor.fd(), "IKE to " + name(), true, channel);
    }

    /** Reader of port 4500; call on the inbound loop. */
    GuardedHandle encapReader(InboundSide inbound, IkeDelivery ike, int port) {
        UdpEncapHandle reader = new UdpEncapHandle(
                encapSocket.descriptor().retain(),
                new Endpoint(local, port),
                inbound.path(),
                inbound.memory(),
                inbound.clock(),
                inbound.drops(),
                ike);
        return new GuardedHandle(encapSocket.descriptor().fd(), "ESP in UDP to " + name(), true, reader);
    }

    /** Reader of raw ESP; call on the inbound loop. */
    GuardedHandle rawReader(InboundSide inbound) {
        RawEspHandle reader = new RawEspHandle(
                rawSocket.descriptor().retain(),
                rawSocket.deliversIpHeader(),
                new Endpoint(local, 0),
                inbound.path(),
                inbound.memory(),
                inbound.clock(),
                inbound.drops());
        return new GuardedHandle(rawSocket.descriptor().fd(), "raw ESP to " + name(), true, reader);
    }

    /** Lets go of the sockets; loops that still hold them keep them open. */
    void release() {
        ikeSocket.close();
        encapSocket.close();
        rawSocket.close();
    }

    /** Retransmission is IKE's own business; a host that does not answer yet is nothing to shout about. */
    private void ikeRefused() {
        LOG.debug("The kernel refused to send an IKE datagram from {}.", name());
    }

    private String name() {
        return local.getHostAddress();
    }
}
