package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinspan.daemon.sys.OutsideSocket;
import io.twinspan.daemon.sys.ReceiveBatch;
import io.twinspan.daemon.sys.SendBatch;
import io.twinspan.daemon.sys.SockAddr;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams and bursts between two gateways on the running kernel, with and without its help. */
class SuperPacketPathTest {
    private static final int STREAM_OCTETS = 16 << 20;
    private static final int SMALL_STREAM_OCTETS = 2 << 20;
    private static final int PORT = 7011;
    private static final int BUFFER_OCTETS = 4 << 20;
    private static final int DATAGRAM = 1200;

    @ParameterizedTest(name = "offloads {0} and {1}, UDP {2}, wire {3}")
    @CsvSource({
        "true, true, true, false",
        "true, true, true, true",
        "true, true, false, false",
        "true, false, true, false",
        "false, true, true, true",
        "false, false, true, false",
        "false, false, false, true"
    })
    void streamsArriveWholeBothWays(boolean left, boolean right, boolean udp, boolean wire) throws Exception {
        TestPair.run(left, right, pair -> {
            if (wire) {
                pair.asOnAWire();
            }
            TestGateway.tunnelUp(pair.left(), pair.right(), 1, udp);
            for (boolean v6 : new boolean[] {false, true}) {
                TestPair.stream(pair.left(), pair.right(), v6, STREAM_OCTETS);
                TestPair.stream(pair.right(), pair.left(), v6, STREAM_OCTETS);
            }
            assertNothingButQueueing(pair.left());
            assertNothingButQueueing(pair.right());
        });
    }

    /** TCP finds its rate by losses, so the queue may drop; nothing else may. */
    private static void assertNothingButQueueing(TestGateway gateway) {
        assertThat(gateway.dataPlane.counters(1).drops()).isEmpty();
        // The kernel's own multicast for neighbours is not for the tunnel.
        assertThat(gateway.io.drops().keySet()).isSubsetOf("AQM_DROP", "AQM_MARKED", "NOT_PROTECTED");
    }

    @ParameterizedTest(name = "offloads {0}, UDP {1}, IPv6 {2}, one message {3}")
    @CsvSource({
        "true, true, false, true",
        "true, true, true, true",
        "true, false, false, true",
        "true, true, false, false",
        "false, true, false, true",
        "false, true, true, false"
    })
    void datagramsArriveEachAsItWasSent(boolean offloads, boolean udp, boolean v6, boolean together) throws Exception {
        TestPair.run(offloads, offloads, pair -> {
            TestGateway.tunnelUp(pair.left(), pair.right(), 1, udp);
            burst(pair.left(), pair.right(), v6, together);
            burst(pair.right(), pair.left(), v6, together);
            assertThat(pair.left().dataPlane.counters(1).drops()).isEmpty();
            assertThat(pair.right().dataPlane.counters(1).drops()).isEmpty();
        });
    }

    private static void burst(TestGateway from, TestGateway to, boolean v6, boolean together) throws Exception {
        InetAddress source = v6 ? from.host6 : from.host;
        InetAddress target = v6 ? to.host6 : to.host;
        byte[] octets = new byte[40 * DATAGRAM + 77];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i / DATAGRAM + i);
        }
        try (OutsideSocket sender = from.network.call(() -> OutsideSocket.udp(source, PORT, BUFFER_OCTETS));
                OutsideSocket receiver = to.network.call(() -> OutsideSocket.udp(target, PORT, BUFFER_OCTETS));
                SendBatch send = new SendBatch(64, 100_000);
                ReceiveBatch receive = new ReceiveBatch(1)) {
            int step = together ? octets.length : DATAGRAM;
            for (int at = 0; at < octets.length; at += step) {
                int length = Math.min(step, octets.length - at);
                assertThat(send.add(SockAddr.of(target, PORT), 0, octets, at, length, Math.min(length, DATAGRAM)))
                        .isTrue();
            }
            while (!send.isEmpty()) {
                assertThat(send.send(sender.descriptor())).isPositive();
            }
            for (int at = 0; at < octets.length; at += DATAGRAM) {
                await().pollInSameThread()
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> receive.receive(receiver.descriptor()) == 1);
                byte[] datagram = new byte[receive.length(0)];
                receive.copy(0, 0, datagram, 0, datagram.length);
                assertThat(datagram).isEqualTo(Arrays.copyOfRange(octets, at, Math.min(at + DATAGRAM, octets.length)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tx", "sg"})
    void aDeviceThatCompletesNoChecksumsCarriesAllTheSame(String feature) throws Exception {
        TestPair.run(true, true, pair -> {
            pair.left().network.command("ethtool", "-K", TestPair.LEFT_WAN, feature, "off");
            pair.right().network.command("ethtool", "-K", TestPair.RIGHT_WAN, feature, "off");
            TestGateway.tunnelUp(pair.left(), pair.right(), 1, true);
            TestPair.stream(pair.left(), pair.right(), false, SMALL_STREAM_OCTETS);
            TestPair.stream(pair.right(), pair.left(), false, SMALL_STREAM_OCTETS);
        });
    }

    /** The kernel makes no fragments of ours: what a device does not take is refused and counted, what fits passes. */
    @Test
    void aDeviceNarrowerThanItWasSaidToBeRefusesAndCountsWhatIsTooLong() throws Exception {
        TestPair.run(true, true, pair -> {
            pair.left().network.command("ip", "link", "set", TestPair.LEFT_WAN, "mtu", "1300");
            TestGateway.tunnelUp(pair.left(), pair.right(), 1, true);
            // 41 datagrams in one super-packet, the last of which is short.
            sendTogether(pair.left(), pair.right().host, 1320);
            await().until(() -> pair.left().io.drops().getOrDefault("SEND_FAILED", 0L) == 40L);
            burst(pair.left(), pair.right(), false, true);
            assertThat(pair.left().io.drops()).containsEntry("SEND_FAILED", 40L);
            assertThat(pair.right().dataPlane.counters(1).packetsIn()).isEqualTo(1 + 41);
        });
    }

    private static void sendTogether(TestGateway from, InetAddress target, int datagram) throws Exception {
        try (OutsideSocket sender = from.network.call(() -> OutsideSocket.udp(from.host, PORT, BUFFER_OCTETS));
                SendBatch send = new SendBatch(1, 100_000)) {
            byte[] octets = new byte[40 * datagram + 77];
            send.add(SockAddr.of(target, PORT), 0, octets, 0, octets.length, datagram);
            assertThat(send.send(sender.descriptor())).isEqualTo(1);
        }
    }

    /** Neither batches nor single packets may carry DF: a hop on the way takes shorter ones only. */
    @Test
    void aNarrowHopTakesBatchesAndSinglePacketsAlike() throws Exception {
        TestPair.run(true, true, pair -> {
            try (TestNetwork router = new TestNetwork();
                    TestNetwork second = new TestNetwork()) {
                insert(router, second, pair);
                TestGateway.tunnelUp(pair.left(), pair.right(), 1, true);
                try (DatagramSocket _ = pair.right().echo(PORT)) {
                    assertThat(pair.left().ask(pair.right().host, PORT, 1372)).isEqualTo(1372);
                    TestPair.stream(pair.left(), pair.right(), false, SMALL_STREAM_OCTETS);
                    assertThat(pair.left().ask(pair.right().host, PORT, 1371)).isEqualTo(1371);
                    TestPair.stream(pair.right(), pair.left(), false, SMALL_STREAM_OCTETS);
                }
                assertNothingButQueueing(pair.left());
                assertNothingButQueueing(pair.right());
            }
        });
    }

    /** Between the two: full packets up to the router, 1,400 octets to another router's device behind it, and back. */
    private static void insert(TestNetwork router, TestNetwork second, TestPair pair) throws Exception {
        TestNetwork left = pair.left().network;
        TestNetwork right = pair.right().network;
        left.command("ip", "link", "del", TestPair.LEFT_WAN);
        left.connect(router, "out", "in");
        router.connect(second, "narrow0", "narrow1");
        second.connect(right, "in", "out");
        left.command("ip", "link", "set", "out", "up");
        right.command("ip", "link", "set", "out", "up");
        for (TestNetwork hop : new TestNetwork[] {router, second}) {
            String narrow = hop == router ? "narrow0" : "narrow1";
            hop.command("ip", "link", "set", narrow, "mtu", "1400", "up");
            hop.command("ip", "link", "set", "in", "up");
            hop.sysctl("net/ipv4/ip_forward", "1");
        }
        left.command("ip", "addr", "add", "192.0.2.1", "peer", "198.51.100.1", "dev", "out");
        router.command("ip", "addr", "add", "198.51.100.1", "peer", "192.0.2.1", "dev", "in");
        router.command("ip", "addr", "add", "198.51.100.2", "peer", "198.51.100.3", "dev", "narrow0");
        second.command("ip", "addr", "add", "198.51.100.3", "peer", "198.51.100.2", "dev", "narrow1");
        second.command("ip", "addr", "add", "198.51.100.4", "peer", "192.0.2.2", "dev", "in");
        right.command("ip", "addr", "add", "192.0.2.2", "peer", "198.51.100.4", "dev", "out");
        left.command("ip", "route", "add", "192.0.2.2", "via", "198.51.100.1");
        right.command("ip", "route", "add", "192.0.2.1", "via", "198.51.100.4");
        router.command("ip", "route", "add", "192.0.2.2", "via", "198.51.100.3");
        second.command("ip", "route", "add", "192.0.2.1", "via", "198.51.100.2");
    }
}
