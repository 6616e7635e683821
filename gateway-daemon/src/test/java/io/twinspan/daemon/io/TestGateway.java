package io.twinspan.daemon.io;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.dataplane.Forwarding;
import io.twinspan.daemon.dataplane.TestKeys;
import io.twinspan.daemon.dataplane.TunnelPlan;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.routing.InsideAddress;
import io.twinspan.daemon.routing.RouteInstaller;
import io.twinspan.daemon.routing.RoutePlan;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A gateway with one connection, real descriptors and fixed keys, in a namespace of its own. */
final class TestGateway implements AutoCloseable {
    static final int UPLINK_MTU = 1500;

    /** Of tunnel n, this number plus n is the SPI under which the left or right gateway receives. */
    static final int LEFT_SPI = 1000;

    static final int RIGHT_SPI = 2000;

    private static final int REPLY_MILLIS = 3000;

    /** What the gateway heard of IKE. */
    record Heard(Endpoint local, Endpoint remote, byte[] message) {}

    final TestNetwork network = new TestNetwork();
    final BlockingQueue<Heard> ike = new LinkedBlockingQueue<>();
    final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    final InetAddress outside;
    final InetAddress host;
    final InetAddress host6;
    final ControlLoop control;
    final GatewayIo io;
    final DataPlane dataPlane;
    final RouteInstaller routes;

    /**
     * A gateway.
     *
     * @param number 1 or 2: the two sides of the pair
     */
    TestGateway(int number) throws Exception {
        this(number, true);
    }

    /**
     * A gateway.
     *
     * @param offloads whether its TUN and UDP sockets take several packets as one
     */
    TestGateway(int number, boolean offloads) throws Exception {
        int peer = 3 - number;
        outside = IpPrefix.parseAddress("192.0.2." + number);
        host = IpPrefix.parseAddress("10." + number + ".0.1");
        host6 = IpPrefix.parseAddress("fd0" + number + "::1");
        network.address("lo", host, 32);
        network.address("lo", host6, 128);
        control = network.call(() -> ControlLoop.start("test-control-" + number));
        io = network.call(
                () -> GatewayIo.start(options(offloads), control, PacketCipherEngine.jdk(), TestKeys.entropy()));
        routes = network.call(RouteInstaller::new);
        IpPrefix local = IpPrefix.parse("10." + number + ".0.0/16");
        IpPrefix remote = IpPrefix.parse("10." + peer + ".0.0/16");
        IpPrefix local6 = IpPrefix.parse("fd0" + number + "::/16");
        IpPrefix remote6 = IpPrefix.parse("fd0" + peer + "::/16");
        RoutePlan routePlan = new RoutePlan(
                "tws0",
                1400,
                List.of(new InsideAddress(inside(1, number), 30), new InsideAddress(inside(2, number), 30)),
                List.of(remote, remote6),
                List.of(host, host6),
                List.of());
        ConnectionPlan plan = new ConnectionPlan(
                "test",
                List.of(local, local6),
                List.of(remote, remote6),
                UPLINK_MTU,
                List.of(
                        new TunnelPlan(1, inside(1, number), inside(1, peer)),
                        new TunnelPlan(2, inside(2, number), inside(2, peer))));
        dataPlane = network.call(() -> {
            routes.protect(routePlan);
            DataPlane opened = io.openConnection("tws0", plan, new Listener());
            routes.bringUp(routePlan);
            return opened;
        });
    }

    private static GatewayIoOptions options(boolean offloads) {
        GatewayIoOptions usual = GatewayIoOptions.defaults();
        return new GatewayIoOptions(
                usual.ikePort(),
                usual.natTraversalPort(),
                offloads,
                usual.socketBufferOctets(),
                0,
                usual.egress(),
                usual.numbers());
    }

    /** Opens the outside sockets, once the outside address is there. */
    void openOutside() throws Exception {
        network.call(() -> {
            io.openOutside(outside, (local, remote, message) -> ike.add(new Heard(local, remote, message)));
            return true;
        });
    }

    static InetAddress inside(int tunnel, int number) {
        return IpPrefix.parseAddress("169.254." + tunnel + "." + number);
    }

    /** The two ends of a child SA: what one side sends, the other one receives. */
    void installChild(TestGateway peer, int tunnel, int ownSpi, int peerSpi, boolean udp) {
        EspPath path =
                new EspPath(udp, new Endpoint(outside, udp ? 4500 : 0), new Endpoint(peer.outside, udp ? 4500 : 0));
        CompletableFuture<Boolean> installed = new CompletableFuture<>();
        control.execute(() -> {
            dataPlane.installInbound(tunnel, TestKeys.aead(ownSpi), path, () -> installed.complete(true));
            dataPlane.installOutbound(tunnel, ownSpi, TestKeys.aead(peerSpi), path);
        });
        installed.orTimeout(REPLY_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    /** A tunnel between two gateways, in use on both sides. */
    static void tunnelUp(TestGateway left, TestGateway right, int tunnel, boolean udp) {
        int spiLeft = LEFT_SPI + tunnel;
        int spiRight = RIGHT_SPI + tunnel;
        left.installChild(right, tunnel, spiLeft, spiRight, udp);
        right.installChild(left, tunnel, spiRight, spiLeft, udp);
        left.control.execute(() -> left.dataPlane.switchOutbound(tunnel, spiLeft));
        right.control.execute(() -> right.dataPlane.switchOutbound(tunnel, spiRight));
        left.activate(tunnel);
        right.activate(tunnel);
    }

    void activate(int tunnel) {
        CompletableFuture<Long> switched = new CompletableFuture<>();
        control.execute(() -> dataPlane.setForwarding(Forwarding.to(tunnel), switched::complete));
        switched.orTimeout(REPLY_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    void onControl(Runnable task) {
        CompletableFuture.runAsync(task, control)
                .orTimeout(REPLY_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** Answers every datagram to the host with itself until closed. */
    DatagramSocket echo(int port) throws Exception {
        DatagramSocket socket = network.call(() -> new DatagramSocket(new InetSocketAddress(host, port)));
        Thread.ofPlatform().daemon(true).start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            try {
                while (true) {
                    packet.setLength(65_535);
                    socket.receive(packet);
                    socket.send(packet);
                }
            } catch (IOException e) {
                // The test closed the socket.
                return;
            }
        });
        return socket;
    }

    /** Opens a TCP connection; throws what ICMP makes of it. */
    void connect(InetAddress target, int port) throws Exception {
        network.call(() -> {
            try (Socket socket = new Socket()) {
                socket.bind(new InetSocketAddress(host, 0));
                socket.connect(new InetSocketAddress(target, port), REPLY_MILLIS);
            }
            return true;
        });
    }

    /** Sends a datagram to an echo and returns how many octets came back, -1 where they differ. */
    int ask(InetAddress target, int port, int octets) throws Exception {
        return network.call(() -> {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(host, 0))) {
                socket.setSoTimeout(REPLY_MILLIS);
                socket.connect(target, port);
                byte[] question = new byte[octets];
                Arrays.fill(question, (byte) octets);
                socket.send(new DatagramPacket(question, octets));
                DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
                socket.receive(answer);
                return Arrays.equals(Arrays.copyOf(answer.getData(), answer.getLength()), question)
                        ? answer.getLength()
                        : -1;
            }
        });
    }

    @Override
    public void close() {
        network.run(() -> {
            routes.remove();
            routes.close();
        });
        io.close();
        control.close();
        network.close();
    }

    private final class Listener implements DataPlaneListener {
        @Override
        public void firstAuthenticated(int tunnel, int inboundSpi, long atNanos) {
            news.add("first " + tunnel + " " + inboundSpi);
        }

        @Override
        public void nearlyExhausted(int tunnel, int inboundSpi) {
            news.add("exhausted " + tunnel + " " + inboundSpi);
        }

        @Override
        public void peerMoved(int tunnel, int inboundSpi, Endpoint remote) {
            news.add("moved " + tunnel + " " + inboundSpi + " " + remote);
        }

        @Override
        public void unknownSpi(Endpoint local, Endpoint remote, int spi) {
            news.add("unknown " + local + " " + remote + " " + spi);
        }

        @Override
        public void deviceLost(String device, String reason) {
            news.add("lost " + device);
        }
    }
}
