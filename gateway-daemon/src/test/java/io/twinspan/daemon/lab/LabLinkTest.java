package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datagrams of the gateway's own through the lab's internet; no tunnel is needed to see what the link does. */
final class LabLinkTest {
    private static final int PORT = 9_000;
    private static final int DATAGRAMS = 1_000;
    private static final long INTERVAL_NANOS = TimeUnit.MICROSECONDS.toNanos(250);
    private static final Duration DELAY = Duration.ofMillis(20);

    private @Nullable LabTopology topology;
    private @Nullable LabLink link;

    @BeforeEach
    void start() {
        NamespaceRequirement.require();
        topology = new LabTopology(false, true);
        link = LabLink.start(topology, 1);
    }

    @AfterEach
    void stop() {
        if (link != null) {
            link.close();
        }
        if (topology != null) {
            topology.close();
        }
    }

    @Test
    void fourThousandPacketsASecondComeOutInOrderAndLateByTheDelay() throws Exception {
        link().impairAll(LinkImpairment.NONE.withDelay(DELAY));
        long[] delays = send(1, DATAGRAMS);
        assertThat(delays).hasSize(DATAGRAMS);
        Arrays.sort(delays);
        assertThat(delays[0]).isGreaterThanOrEqualTo(DELAY.toNanos());
        // The kernel wakes the thread within a tenth of a millisecond; the rest is for a busy machine.
        assertThat(delays[DATAGRAMS / 2] - DELAY.toNanos()).isLessThan(TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(link().counters(1, LinkDirection.TO_AWS).carried()).isEqualTo(DATAGRAMS);
        assertThat(link().counters(2, LinkDirection.TO_AWS).offered()).isZero();
    }

    @Test
    void lossTakesItsShareOfOneTunnelOnly() throws Exception {
        link().impair(1, LinkDirection.TO_AWS, LinkImpairment.NONE.withLoss(0.2));
        int got = send(1, DATAGRAMS).length;
        assertThat(got).isBetween(700, 900);
        assertThat(link().counters(1, LinkDirection.TO_AWS).lostAtRandom()).isEqualTo(DATAGRAMS - got);
        assertThat(send(2, DATAGRAMS)).hasSize(DATAGRAMS);
    }

    @Test
    void aBlackHoleOfOneDirectionLetsTheOtherPass() throws Exception {
        link().impair(1, LinkDirection.TO_GATEWAY, LinkImpairment.NONE.withBlackHole(true));
        assertThat(send(1, 100)).hasSize(100);
        link().impair(1, LinkDirection.TO_AWS, LinkImpairment.NONE.withBlackHole(true));
        assertThat(send(1, 100)).isEmpty();
        link().impairAll(LinkImpairment.NONE);
        assertThat(send(1, 100)).hasSize(100);
    }

    /** The delays of the datagrams that came, in the order they came, which must be the order they were sent in. */
    private long[] send(int tunnel, int count) throws Exception {
        String address = LabTopology.ENDPOINTS.get(tunnel - 1);
        InetSocketAddress target = new InetSocketAddress(address, PORT);
        try (DatagramSocket receiver = topology().endpoint(tunnel).call(() -> new DatagramSocket(target));
                DatagramSocket sender = topology().gateway().call(() -> new DatagramSocket())) {
            receiver.setReceiveBufferSize(1 << 20);
            receiver.setSoTimeout(500);
            topology().gateway().start("test-sender", () -> sendAll(sender, target, count));
            long[] delays = new long[count];
            int got = 0;
            int last = -1;
            DatagramPacket packet = new DatagramPacket(new byte[64], 64);
            while (true) {
                try {
                    receiver.receive(packet);
                } catch (SocketTimeoutException _) {
                    return Arrays.copyOf(delays, got);
                }
                long now = System.nanoTime();
                ByteBuffer text = ByteBuffer.wrap(packet.getData());
                int number = text.getInt();
                assertThat(number).isGreaterThan(last);
                last = number;
                delays[got++] = now - text.getLong();
            }
        }
    }

    private static void sendAll(DatagramSocket sender, InetSocketAddress target, int count) {
        long due = System.nanoTime();
        for (int i = 0; i < count; i++) {
            byte[] octets =
                    ByteBuffer.allocate(12).putInt(i).putLong(System.nanoTime()).array();
            try {
                sender.send(new DatagramPacket(octets, octets.length, target));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            due += INTERVAL_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private LabTopology topology() {
        return java.util.Objects.requireNonNull(topology);
    }

    private LabLink link() {
        return java.util.Objects.requireNonNull(link);
    }
}
