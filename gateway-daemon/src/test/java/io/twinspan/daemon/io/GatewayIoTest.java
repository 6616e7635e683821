package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.SizeCounts;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.sys.Rtnetlink;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayIoTest {
    private static final int PORT = 7007;

    @FunctionalInterface
    private interface PairTest {
        void run(TestGateway left, TestGateway right) throws Exception;
    }

    private static void withPair(PairTest test) throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (TestGateway left = new TestGateway(1);
                    TestGateway right = new TestGateway(2)) {
                left.network.connect(right.network, "wan0", "wan1");
                left.network.address("wan0", left.outside, 24);
                right.network.address("wan1", right.outside, 24);
                left.openOutside();
                right.openOutside();
                test.run(left, right);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hostsReachEachOtherThroughTheTunnel(boolean udp) throws Exception {
        withPair((left, right) -> {
            TestGateway.tunnelUp(left, right, 1, udp);
            try (DatagramSocket _ = right.echo(PORT)) {
                assertThat(left.ask(right.host, PORT, 100)).isEqualTo(100);
                // Larger than the device: cut by the kernel; every piece fits the tunnel.
                assertThat(left.ask(right.host, PORT, 9000)).isEqualTo(9000);
            }
            TunnelCounters counters = left.dataPlane.counters(1);
            assertThat(counters.packetsOut()).isEqualTo(8);
            // A packet is counted after the host has it, so the last one may be a moment late.
            await().untilAsserted(() -> assertThat(counters.packetsIn()).isEqualTo(8));
            assertThat(counters.bytesIn()).isEqualTo(counters.bytesOut());
            assertThat(counters.espPacketsOut()).isEqualTo(8);
            assertThat(counters.espBytesIn()).isEqualTo(counters.espBytesOut());
            assertThat(counters.espBytesOut())
                    .isEqualTo(right.dataPlane.counters(1).espBytesIn());
            assertThat(counters.sizes()).isEqualTo(new SizeCounts(0, 7, 7, 0, 0, 0));
            assertThat(counters.lastAuthenticatedNanos()).isNotEqualTo(Long.MIN_VALUE);
            assertThat(counters.drops()).isEmpty();
            assertThat(left.news.poll(3, TimeUnit.SECONDS)).isEqualTo("first 1 1001");
        });
    }

    @Test
    void e23_refusesWithIcmpWhileNoTunnelIsActive() throws Exception {
        withPair((left, right) -> {
            assertThatThrownBy(() -> left.connect(right.host, PORT)).isInstanceOf(NoRouteToHostException.class);
            TestGateway.tunnelUp(left, right, 1, true);
            try (DatagramSocket _ = right.echo(PORT)) {
                assertThat(left.ask(right.host, PORT, 64)).isEqualTo(64);
                left.activate(DataPlane.NO_TUNNEL);
                assertThatThrownBy(() -> left.connect(right.host, PORT)).isInstanceOf(NoRouteToHostException.class);
            }
            assertThat(left.dataPlane.drops()).containsEntry("NO_ACTIVE_TUNNEL", 2L);
            assertThat(left.io.drops()).containsEntry("NO_ACTIVE_TUNNEL", 2L);
        });
    }

    @Test
    void e15_oldInboundSaOpensPacketsUntilRemovedAfterARekey() throws Exception {
        withPair((left, right) -> {
            TestGateway.tunnelUp(left, right, 1, true);
            try (DatagramSocket _ = right.echo(PORT)) {
                left.installChild(right, 1, 3001, 4001, true);
                right.installChild(left, 1, 4001, 3001, true);
                // Only the left side has switched: right still sends on the old child SA.
                left.onControl(() -> left.dataPlane.switchOutbound(1, 3001));
                assertThat(left.ask(right.host, PORT, 200)).isEqualTo(200);
                right.onControl(() -> right.dataPlane.switchOutbound(1, 4001));
                assertThat(left.ask(right.host, PORT, 201)).isEqualTo(201);
                left.onControl(() -> left.dataPlane.removeChild(1, 1001));
                right.onControl(() -> right.dataPlane.removeChild(1, 2001));
                assertThat(left.ask(right.host, PORT, 202)).isEqualTo(202);
            }
            assertThat(left.dataPlane.counters(1).drops()).isEmpty();
            assertThat(right.dataPlane.counters(1).drops()).isEmpty();
        });
    }

    @Test
    void trafficMovesToTheOtherTunnelAndInsideAddressesStayPinned() throws Exception {
        withPair((left, right) -> {
            TestGateway.tunnelUp(left, right, 1, true);
            TestGateway.tunnelUp(left, right, 2, false);
            try (DatagramSocket _ = right.echo(PORT)) {
                assertThat(left.ask(right.host, PORT, 300)).isEqualTo(300);
                assertThat(left.dataPlane.counters(2).packetsOut()).isEqualTo(1);
                assertThat(left.dataPlane.counters(1).packetsOut()).isZero();
                left.activate(1);
                // The answer still comes by tunnel 2: either tunnel is heard.
                assertThat(left.ask(right.host, PORT, 301)).isEqualTo(301);
                assertThat(left.dataPlane.counters(1).packetsOut()).isEqualTo(1);
                await().untilAsserted(() ->
                        assertThat(left.dataPlane.counters(2).packetsIn()).isEqualTo(2));
            }
        });
    }

    @Test
    void ikeTravelsOnBothPortsWithTheMarkerOnlyOn4500() throws Exception {
        withPair((left, right) -> {
            byte[] message = new byte[5000];
            Arrays.fill(message, (byte) 0x29);
            for (int port : new int[] {500, 4500}) {
                Endpoint from = new Endpoint(left.outside, port);
                Endpoint to = new Endpoint(right.outside, port);
                left.onControl(() -> left.io.datagramSender().send(from, to, message));
                TestGateway.Heard heard = right.ike.poll(3, TimeUnit.SECONDS);
                assertThat(heard).isNotNull();
                assertThat(heard.local()).isEqualTo(to);
                assertThat(heard.remote()).isEqualTo(from);
                assertThat(heard.message()).isEqualTo(message);
            }
        });
    }

    @Test
    void e19_keepaliveIsIgnoredAndAnUnknownSpiIsReported() throws Exception {
        withPair((left, right) -> {
            Endpoint from = new Endpoint(left.outside, 4500);
            Endpoint to = new Endpoint(right.outside, 4500);
            left.onControl(() -> left.io.datagramSender().sendKeepalive(from, to));
            byte[] stranger = new byte[40];
            stranger[0] = 0x11;
            left.network.call(() -> {
                try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(left.outside, 5555))) {
                    socket.send(new DatagramPacket(stranger, 40, right.outside, 4500));
                    socket.send(new DatagramPacket(new byte[] {0, 0, 1}, 3, right.outside, 4500));
                }
                return true;
            });
            assertThat(right.news.poll(3, TimeUnit.SECONDS))
                    .isEqualTo("unknown 192.0.2.2:4500 192.0.2.1:5555 " + 0x11000000);
            // The reader handles datagrams in order, so a later one proves the earlier ones were counted.
            left.onControl(() -> left.io.datagramSender().send(from, to, new byte[28]));
            assertThat(right.ike.poll(3, TimeUnit.SECONDS)).isNotNull();
            assertThat(right.io.drops())
                    .containsEntry("NAT_KEEPALIVE", 1L)
                    .containsEntry("UNKNOWN_SPI", 1L)
                    .containsEntry("ESP_TOO_SHORT", 1L);
        });
    }

    @Test
    void deletedDeviceIsReportedOnce() throws Exception {
        withPair((left, right) -> {
            left.network.call(() -> {
                try (Rtnetlink netlink = new Rtnetlink()) {
                    netlink.deleteLink(netlink.linkIndex("tws0").orElseThrow());
                }
                return true;
            });
            assertThat(left.news.poll(3, TimeUnit.SECONDS)).isEqualTo("lost tws0");
            TestGateway.tunnelUp(left, right, 1, true);
            assertThat(left.news).isEmpty();
        });
    }
}
