package io.twinspan.daemon.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.packet.HeaderVerdict;
import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.daemon.control.ConnectionFacts;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.dataplane.PathForecast;
import io.twinspan.daemon.http.SampleStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketTraceTest {
    private static final RouteAnswer INTO_TUNNEL =
            new RouteAnswer.Leaves("twin0", "172.31.0.0/16", "", 50, "twinspan", "from eth0");
    private static final PathForecast.Sa SA = new PathForecast.Sa(0xc1f00001, 0x0badcafe, 19, false);

    private final ConnectionStatus status =
            SampleStatus.degraded().connections().getFirst();

    @TempDir
    private Path folder = Path.of("");

    private ConnectionConfig config;

    @BeforeEach
    void load() throws IOException {
        config = SampleConfig.load(folder).connections().getFirst();
    }

    private static TraceQuery query(String from, String to, String size) {
        return TraceQuery.parse(from, to, "", size, "", "", "");
    }

    private String through(TraceQuery query, PathForecast forecast) {
        PacketTrace trace = PacketTrace.through(query, INTO_TUNNEL, config, status, forecast);
        StringBuilder text = new StringBuilder(trace.verdict().label());
        trace.steps()
                .forEach(it -> text.append('\n').append(it.label()).append(": ").append(it.text()));
        return text.toString();
    }

    private static PathForecast forecast(String drop, int packets, boolean fragmented, boolean tells) {
        return new PathForecast(
                drop, 2, PathForecast.Choice.ACTIVE, 1, 7, packets, fragmented, tells, 1_406, 1_366, SA);
    }

    @Test
    void aPacketThatFitsIsSentWithItsSaNamed() {
        assertThat(through(query("10.1.2.3", "172.31.5.9:443", "1400"), forecast("", 1, false, false)))
                .isEqualTo("""
                        sent
                        route: 172.31.0.0/16 dev twin0, twinspan metric 50 (from eth0), connection prod
                        policy: 10.0.0.0/8 -> 172.31.0.0/16   allow
                        tunnel: prod/2 (up), which carries all traffic
                        size: 1400 fits inner MTU 1406; a TCP SYN would be clamped to MSS 1366
                        SA: out 0x0badcafe, next sequence number 19, aes-gcm-16-256+esn in UDP to 203.0.113.94, rekey in 41 min
                        verdict: would be sent through tunnel 2""");
    }

    @Test
    void aLargePacketWithDfIsRefusedWithTheSizeThatPasses() {
        assertThat(through(query("10.1.2.3", "172.31.5.9:443", "1500"), forecast("TOO_BIG", 0, false, true)))
                .contains(
                        "size: 1500 > inner MTU 1406, DF set -> not cut and \"too big 1406\" back to 10.1.2.3",
                        "verdict: would be refused at 1500, passes at 1406");
    }

    @Test
    void aLargePacketThatMayBeCutIsSentInPieces() {
        assertThat(through(query("10.1.2.3", "172.31.5.9", "1500"), forecast("", 2, true, false)))
                .contains("DF clear -> cut into 2 fragments before encryption", "in 2 pieces");
    }

    @Test
    void aSenderOutsideLocalHearsThatAnswersWouldBeDropped() {
        assertThat(through(query("192.168.1.1", "172.31.5.9", ""), forecast("", 1, false, false)))
                .contains("answers: would be dropped as FOREIGN_INNER_DESTINATION");
    }

    @Test
    void aProtectedPacketThatLeavesElsewhereIsShouted() {
        PacketTrace trace = PacketTrace.outside(
                query("10.1.2.3", "172.31.5.9", ""),
                new RouteAnswer.Leaves("eth1", "172.31.5.0/24", "192.0.2.9", 0, "static", "from eth0"),
                List.of(config));
        assertThat(trace.verdict()).isEqualTo(PacketTrace.Verdict.ELSEWHERE);
        assertThat(trace.steps().getLast().text()).contains("OUTSIDE the tunnels", "protected");
        PacketTrace fenced = PacketTrace.outside(
                query("10.1.2.3", "172.31.5.9", ""),
                new RouteAnswer.Discarded("blackhole", "172.31.0.0/16", 4_000),
                List.of(config));
        assertThat(fenced.verdict()).isEqualTo(PacketTrace.Verdict.REFUSED);
    }

    @Test
    void whatUsersTypeBecomesAPacket() {
        TraceQuery tcp = query("10.1.2.3:1234", "172.31.5.9:443", "");
        assertThat(tcp.protocol()).isEqualTo(TraceQuery.Protocol.TCP);
        assertThat(tcp.sourcePort()).isEqualTo(1_234);
        assertThat(tcp.dontFragment()).isTrue();
        assertThat(query("10.1.2.3", "172.31.5.9", "").protocol()).isEqualTo(TraceQuery.Protocol.ICMP);
        TraceQuery ipv6 = query("fd01::1", "[fd02::1]:53", "");
        assertThat(ipv6.destinationPort()).isEqualTo(53);
        for (TraceQuery it : List.of(tcp, ipv6, query("10.1.2.3", "172.31.5.9", "1500"))) {
            byte[] packet = TracePacket.of(it);
            assertThat(IpPacket.check(packet, 0, packet.length)).isEqualTo(HeaderVerdict.OK);
            assertThat(IpPacket.totalBytes(packet, 0)).isEqualTo(it.octets());
        }
        assertThat(Ipv4View.dontFragment(TracePacket.of(tcp), 0)).isTrue();
        assertThatThrownBy(() -> query("10.1.2.3", "fd02::1", "")).hasMessageContaining("one family");
        assertThatThrownBy(() -> query("10.1.2.3", "10.1.2.4", "70000")).hasMessageContaining("from 28 to 65535");
        assertThatThrownBy(() -> query("10.1.2.3", "10.1.2.4:x", "")).hasMessageContaining("no number");
        assertThatThrownBy(() -> query("nowhere", "10.1.2.4", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void routesAreShownWithFenceAndConflicts() {
        ConnectionFacts facts = new ConnectionFacts(config, List.of(2), 1_438, 1_438, Map.of());
        IpPrefix remote = IpPrefix.parse("172.31.0.0/16");
        List<RouteView> views = RouteView.of(
                List.of(facts),
                List.of(
                        new HostFacts.HostRoute(remote, "twin0", "unicast", 50, true),
                        new HostFacts.HostRoute(remote, "", "blackhole", 4_000, true),
                        new HostFacts.HostRoute(IpPrefix.parse("172.31.7.0/24"), "eth1", "unicast", 0, false)));
        assertThat(views.getFirst())
                .isEqualTo(new RouteView(
                        "prod",
                        "172.31.0.0/16",
                        "twin0",
                        "2",
                        "remote",
                        50,
                        true,
                        "dev twin0",
                        "172.31.7.0/24 goes over eth1"));
        assertThat(views).hasSize(3).last().satisfies(it -> {
            assertThat(it.source()).isEqualTo("inside");
            assertThat(it.prefix()).isEqualTo("169.254.11.0/30");
            assertThat(it.kernel()).isEqualTo("no route");
        });
    }
}
