package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.OutsideSocket;
import java.net.InetAddress;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three sockets of one local outside address, shared by all tunnels that use the address. Each is read on one loop and
 * written on another; the descriptors close when both have let go.
 */
final class OutsideSockets {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideSockets.class);

    private static final int IKE_BATCH = 8;
    private static final int IKE_OCTETS = 2 * 65_507;

    private final InetAddress local;
    private final OutsideSocket ikeSocket;
    private final OutsideSocket encapSocket;
    private final OutsideSocket rawSocket;
    private final boolean offloads;

    private OutsideSockets(
            InetAddress local,
            OutsideSocket ikeSocket,
            OutsideSocket encapSocket,
            OutsideSocket rawSocket,
            boolean offloads) {
        this.local = local;
        this.ikeSocket = ikeSocket;
        this.encapSocket = encapSocket;
        this.rawSocket = rawSocket;
        this.offloads = offloads;
    }

    /** Opens all three or none; what a predecessor kept and fits is taken over, with what waits in it. */
    static OutsideSockets open(InetAddress local, GatewayIoOptions options, DescriptorKeeper keeper) {
        int buffer = options.socketBufferOctets();
        OutsideSocket ike = udp(local, options.ikePort(), buffer, keeper);
        try {
            OutsideSocket encap = udp(local, options.natTraversalPort(), buffer, keeper);
            try {
                boolean offloads = options.offloads() && encap.receiveTogether();
                return new OutsideSockets(local, ike, encap, rawEsp(local, buffer, keeper), offloads);
            } catch (RuntimeException e) {
                encap.close();
                throw e;
            }
        } catch (RuntimeException e) {
            ike.close();
            throw e;
        }
    }

    private static OutsideSocket udp(InetAddress local, int port, int buffer, DescriptorKeeper keeper) {
        return Inherited.orOpened(
                keeper,
                KeptNames.udp(local, port),
                kept -> OutsideSocket.adoptUdp(kept, local, port, buffer),
                () -> OutsideSocket.udp(local, port, buffer),
                OutsideSocket::descriptor);
    }

    private static OutsideSocket rawEsp(InetAddress local, int buffer, DescriptorKeeper keeper) {
        return Inherited.orOpened(
                keeper,
                KeptNames.rawEsp(local),
                kept -> OutsideSocket.adoptRawEsp(kept, local, buffer),
                () -> OutsideSocket.rawEsp(local, buffer),
                OutsideSocket::descriptor);
    }

    /** True where several datagrams may travel through the UDP socket as one. */
    boolean offloads() {
        return offloads;
    }

    /** Sender of ESP in UDP; call on the outbound loop. */
    Transmitter udpEspTransmitter(IntConsumer refused) {
        return new Transmitter(
                encapSocket.descriptor().retain(),
                "ESP in UDP from " + name(),
                EspBurst.MAX_RUNS,
                EspBurst.OCTETS,
                refused);
    }

    /** Sender of raw ESP; call on the outbound loop. */
    Transmitter rawEspTransmitter(IntConsumer refused) {
        return new Transmitter(
                rawSocket.descriptor().retain(), "raw ESP from " + name(), EspBurst.MAX_RUNS, EspBurst.OCTETS, refused);
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
        encapSocket.noteArrival();
        EspReader reader = new EspReader(
                encapSocket.descriptor().retain(),
                inbound,
                new UdpEncapHandle(new Endpoint(local, port), inbound, ike));
        return new GuardedHandle(encapSocket.descriptor().fd(), "ESP in UDP to " + name(), true, reader);
    }

    /** Reader of raw ESP; call on the inbound loop. */
    GuardedHandle rawReader(InboundSide inbound) {
        rawSocket.noteArrival();
        EspReader reader = new EspReader(
                rawSocket.descriptor().retain(),
                inbound,
                new RawEspHandle(rawSocket.deliversIpHeader(), new Endpoint(local, 0), inbound));
        return new GuardedHandle(rawSocket.descriptor().fd(), "raw ESP to " + name(), true, reader);
    }

    /** Lets go of the sockets; loops that still hold them keep them open. */
    void release() {
        ikeSocket.close();
        encapSocket.close();
        rawSocket.close();
    }

    /** Retransmission is IKE's own business; a host that does not answer yet is nothing to shout about. */
    private void ikeRefused(int datagrams) {
        LOG.debug("The kernel refused to send {} IKE datagrams from {}.", datagrams, name());
    }

    private String name() {
        return local.getHostAddress();
    }
}
