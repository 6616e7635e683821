package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.ike.DatagramSender;
import io.twinspan.daemon.sys.SockAddr;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The IKE senders of all outside addresses. Confined to the control loop. */
final class IkeTransmitters implements DatagramSender {
    private static final Logger LOG = LoggerFactory.getLogger(IkeTransmitters.class);
    private static final byte[] KEEPALIVE = {(byte) 0xff};

    /** RFC 4594 section 3.3: network control traffic; IKE must get through when the tunnel is busy. */
    private static final int NETWORK_CONTROL = 0xc0;

    /** What passes every device unfragmented; RFC 7383 fragments stay below it. */
    private static final int SMALL_OCTETS = 1200;

    private final int natTraversalPort;
    private final Map<Endpoint, Transmitter> byEndpoint = new HashMap<>();

    IkeTransmitters(int natTraversalPort) {
        this.natTraversalPort = natTraversalPort;
    }

    void open(Endpoint local, Transmitter transmitter) {
        byEndpoint.put(local, transmitter);
    }

    void close(Endpoint local) {
        byEndpoint.remove(local);
    }

    @Override
    public void send(Endpoint local, Endpoint remote, byte[] message) {
        if (local.port() != natTraversalPort) {
            transmit(local, remote, message);
            return;
        }
        // RFC 3948 section 2.2: four zero octets where an ESP packet has its SPI.
        byte[] marked = new byte[IkeDatagramDemux.NON_ESP_MARKER_OCTETS + message.length];
        System.arraycopy(message, 0, marked, IkeDatagramDemux.NON_ESP_MARKER_OCTETS, message.length);
        transmit(local, remote, marked);
    }

    @Override
    public void sendKeepalive(Endpoint local, Endpoint remote) {
        transmit(local, remote, KEEPALIVE);
    }

    private void transmit(Endpoint local, Endpoint remote, byte[] datagram) {
        Transmitter transmitter = byEndpoint.get(local);
        if (transmitter == null) {
            LOG.warn("No socket is open on {}; an IKE datagram to {} was not sent.", local, remote);
            return;
        }
        SockAddr target = SockAddr.of(remote.address(), remote.port());
        boolean large = datagram.length > SMALL_OCTETS;
        if (large) {
            transmitter.fragments(target.isIpv4(), true);
        }
        if (!transmitter.enqueue(target, NETWORK_CONTROL, datagram, 0, datagram.length)) {
            LOG.debug("The socket on {} is full; an IKE datagram to {} was not sent.", local, remote);
        }
        transmitter.flush();
        if (large) {
            transmitter.fragments(target.isIpv4(), false);
        }
    }
}
