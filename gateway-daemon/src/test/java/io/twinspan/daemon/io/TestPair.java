package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Two gateways that can reach each other outside, and streams between the hosts behind them. */
record TestPair(TestGateway left, TestGateway right) {
    /** Device on the outside of the left and right gateway. */
    static final String LEFT_WAN = "wan0";

    static final String RIGHT_WAN = "wan1";

    private static final int PORT = 7010;
    private static final int CHUNK = 1 << 16;
    private static final int LIMIT_SECONDS = 60;

    /** A test body. */
    @FunctionalInterface
    interface Body {
        void run(TestPair pair) throws Exception;
    }

    /** Runs a body between two gateways with one veth between them; no tunnel is up yet. */
    static void run(boolean leftOffloads, boolean rightOffloads, Body body) throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (TestGateway left = new TestGateway(1, leftOffloads);
                    TestGateway right = new TestGateway(2, rightOffloads)) {
                left.network.connect(right.network, LEFT_WAN, RIGHT_WAN);
                left.network.address(LEFT_WAN, left.outside, 24);
                right.network.address(RIGHT_WAN, right.outside, 24);
                left.openOutside();
                right.openOutside();
                body.run(new TestPair(left, right));
            }
        });
    }

    /** Has single packets travel on the outside link, as on a real line. */
    void asOnAWire() throws Exception {
        offloadsOff(left, LEFT_WAN);
        offloadsOff(right, RIGHT_WAN);
    }

    private static void offloadsOff(TestGateway gateway, String device) throws Exception {
        gateway.network.command(
                "ethtool", "-K", device, "tx-udp-segmentation", "off", "tso", "off", "gso", "off", "gro", "off");
    }

    /** Sends a stream from one host to the other, which must get it whole and unchanged. */
    static void stream(TestGateway from, TestGateway to, boolean v6, int octets) throws Exception {
        InetAddress target = v6 ? to.host6 : to.host;
        try (ServerSocket server = to.network.call(() -> new ServerSocket(PORT, 1, target));
                Socket out = from.network.call(() -> connect(v6 ? from.host6 : from.host, target));
                Socket in = server.accept()) {
            in.setSoTimeout((int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            CompletableFuture<byte[]> sent = CompletableFuture.supplyAsync(() -> send(out, octets));
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            InputStream input = in.getInputStream();
            int received = 0;
            for (int count = input.read(chunk); count > 0; count = input.read(chunk)) {
                digest.update(chunk, 0, count);
                received += count;
            }
            assertThat(received).isEqualTo(octets);
            assertThat(digest.digest()).isEqualTo(sent.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    private static Socket connect(InetAddress source, InetAddress target) throws Exception {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(source, 0));
        socket.connect(new InetSocketAddress(target, PORT), (int) TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        return socket;
    }

    private static byte[] send(Socket socket, int octets) {
        Random content = new Random(octets);
        byte[] chunk = new byte[CHUNK];
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream output = socket.getOutputStream();
            for (int sent = 0; sent < octets; ) {
                int count = Math.min(chunk.length, octets - sent);
                content.nextBytes(chunk);
                output.write(chunk, 0, count);
                digest.update(chunk, 0, count);
                sent += count;
            }
            socket.shutdownOutput();
            return digest.digest();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
