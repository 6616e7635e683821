package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.daemon.ike.RecordingDataPlane;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The device's MTU and TCP's, as SAs and paths come, change and go. */
class ConnectionSizesTest {
    private static final EspSuite GCM =
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.SHORT_32);
    private static final EspSuite CBC_SHA512 = new EspSuite(
            EncryptionAlgorithm.AES_CBC_256, IntegrityAlgorithm.HMAC_SHA2_512_256, SequenceNumbers.SHORT_32);

    private final Map<Integer, IkePeerSummary> peers = new HashMap<>();
    private final List<Integer> device = new ArrayList<>();
    private final List<GatewayEvent> events = new ArrayList<>();
    private final ConnectionSizes sizes = new ConnectionSizes(
            SampleConnection.offering(List.of(GCM, CBC_SHA512)),
            name -> Objects.requireNonNull(peers.get(name.number())),
            new RecordingDataPlane(new ArrayList<>()),
            device::add,
            events::add);

    @BeforeEach
    void bothDown() {
        down(1);
        down(2);
    }

    @Test
    void beforeAnySaTheWorstThatMayBeNegotiatedHolds() {
        sizes.update();
        assertThat(sizes.deviceMtu()).isEqualTo(1406);
        assertThat(sizes.flowMtu()).isEqualTo(1406);
        assertThat(device).isEmpty();
    }

    @Test
    void theDeviceFollowsTheTunnelsThatHaveAnSaAndTcpBoth() {
        up(1, GCM, false);
        assertThat(device).containsExactly(1446);
        assertThat(sizes.flowMtu()).isEqualTo(1406);
        up(2, GCM, true);
        assertThat(device).containsExactly(1446, 1438);
        assertThat(sizes.flowMtu()).isEqualTo(1438);
        down(2);
        assertThat(device).containsExactly(1446, 1438, 1446);
        // A connection that begins now may be moved to tunnel 2 later.
        assertThat(sizes.flowMtu()).isEqualTo(1438);
    }

    @Test
    void aRekeyToAnotherSuiteIsToldWithItsReason() {
        up(1, GCM, true);
        up(2, GCM, true);
        up(1, CBC_SHA512, true);
        assertThat(events.getLast().type()).isEqualTo("connection.mtu");
        assertThat(events.getLast().fields())
                .containsEntry("from", "1438")
                .containsEntry("to", "1406")
                .containsEntry("mss", "1366");
        assertThat(events.getLast().fields().get("reason")).startsWith("tunnel 1: aes-cbc-256");
    }

    @Test
    void aNarrowerPathLowersAndWithoutAnySaTheLastFigureStands() {
        up(1, GCM, true);
        up(2, GCM, true);
        sizes.uplinkMtu(2, 1400);
        assertThat(sizes.deviceMtu()).isEqualTo(1338);
        down(1);
        down(2);
        assertThat(sizes.deviceMtu()).isEqualTo(1338);
    }

    @Test
    void aPathTooNarrowForIpv6IsAWarningWhereIpv6IsCarried() {
        up(1, GCM, true);
        sizes.uplinkMtu(1, 1300);
        assertThat(events.getLast().severity()).isEqualTo(Severity.INFO);
        ConnectionConfig ipv4 = SampleConnection.offering(List.of(GCM));
        ConnectionConfig both = new ConnectionConfig(
                ipv4.name(),
                ipv4.device(),
                ipv4.localPrefixes(),
                List.of(IpPrefix.parse("172.31.0.0/16"), IpPrefix.parse("2001:db8:2::/48")),
                ipv4.uplinkMtuBytes(),
                ipv4.mtu(),
                ipv4.failover(),
                ipv4.tunnels());
        sizes.revise(both, device::add);
        sizes.uplinkMtu(1, 1296);
        assertThat(events.getLast().severity()).isEqualTo(Severity.WARN);
        assertThat(events.getLast().message()).contains("to 1234", "IPv6 needs 1280");
    }

    private void down(int tunnel) {
        peers.put(tunnel, new IkePeerSummary(IkePeerSummary.Phase.CONNECTING, List.of(), List.of()));
        if (peers.size() == 2) {
            sizes.update();
        }
    }

    private void up(int tunnel, EspSuite suite, boolean udp) {
        EspPath path = new EspPath(
                udp,
                new Endpoint(IpPrefix.parseAddress("192.0.2.1"), udp ? 4500 : 0),
                new Endpoint(IpPrefix.parseAddress("203.0.113." + tunnel), udp ? 4500 : 0));
        ChildSaSummary child = new ChildSaSummary(1, 2, suite, path, true, 0, 0, 0);
        peers.put(tunnel, new IkePeerSummary(IkePeerSummary.Phase.ESTABLISHED, List.of(), List.of(child)));
        sizes.update();
    }
}
