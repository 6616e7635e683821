package io.twinspan.daemon.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.daemon.control.ConnectionFacts;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.explain.ExplanationCatalog;
import io.twinspan.daemon.http.SampleStatus;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunnelChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00.250Z");
    private static final String REFUSAL =
            "connect: the peer answers IKE_SA_INIT with NO_PROPOSAL_CHOSEN; we offer AES_GCM_16_256";

    private final ExplanationCatalog catalog = ExplanationCatalog.load();

    @TempDir
    private Path folder = Path.of("");

    private static JournalEntry event(long sequence, Severity severity, String type, int tunnel, String message) {
        return new JournalEntry(
                sequence, NOW.minusSeconds(60), 1, GatewayEvent.of(severity, type, "prod", tunnel, message));
    }

    private List<Check> check(List<JournalEntry> events) throws IOException {
        GatewayConfig config = SampleConfig.load(folder);
        ConnectionFacts facts = new ConnectionFacts(
                config.connections().getFirst(), List.of(2), 1_438, 1_438, Map.of(1, 1_400, 2, 1_500));
        GatewayStatus status = SampleStatus.degraded();
        return TunnelChecks.of(status, status, List.of(facts), events, catalog);
    }

    private static Check find(List<Check> checks, String name, String subject) {
        return checks.stream()
                .filter(it -> it.name().equals(name) && it.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aConnectionWithoutReserveSaysWhyAndWhatToDo() throws IOException {
        List<Check> checks = check(List.of(event(1, Severity.WARN, "ike.negotiation-failed", 1, REFUSAL)));
        assertThat(find(checks, "connection", "prod").result().grade()).isEqualTo(Check.Grade.WARN);
        Check.Result down = find(checks, "tunnel", "prod/1").result();
        assertThat(down.grade()).isEqualTo(Check.Grade.FAIL);
        assertThat(down.detail()).contains("NO_PROPOSAL_CHOSEN");
        assertThat(down.fix())
                .isEqualTo(catalog.find("NO_PROPOSAL_CHOSEN").orElseThrow().action());
        assertThat(find(checks, "tunnel", "prod/2").result().detail()).contains("up since", "behind a NAT");
        assertThat(find(checks, "path", "prod/2").result().detail()).contains("RTT 12.1 ms, lost 2 of 400");
        assertThat(find(checks, "rekey", "prod/2").result().detail()).isEqualTo("next rekey in 41 min");
        assertThat(find(checks, "drops", "prod/1").result().grade()).isEqualTo(Check.Grade.OK);
        assertThat(find(checks, "mtu", "prod/1").result().detail())
                .contains("carries 1400 octets, uplink-mtu says 1500");
        assertThat(find(checks, "events", "prod/1").result().detail()).contains("ike.negotiation-failed");
        assertThat(find(checks, "drill", "prod").result().detail()).contains("1 days ago");
    }

    @Test
    void aQuietHourIsGood() throws IOException {
        assertThat(find(check(List.of()), "events", "").result().grade()).isEqualTo(Check.Grade.OK);
    }

    @Test
    void theLastFailureNamesOfferAnswerAndPlace() throws IOException {
        List<JournalEntry> events = List.of(
                event(1, Severity.WARN, "ike.negotiation-failed", 2, REFUSAL),
                event(2, Severity.INFO, "tunnel.down", 2, "tunnel 2 is down"),
                event(3, Severity.INFO, "tunnel.up", 1, "up"));
        LastFailure failure = LastFailure.of(
                        events,
                        "prod/2",
                        SampleConfig.load(folder).connections(),
                        (connection, tunnel, key) -> Optional.of(connection + tunnel + key),
                        catalog)
                .orElseThrow();
        assertThat(failure.said()).isEqualTo(REFUSAL);
        assertThat(failure.facts())
                .contains(
                        new LastFailure.Fact("we offer", "IKE aes-gcm-16-256 / hmac-sha2-384 / group 19"),
                        new LastFailure.Fact("set at", "prod2ike"));
        assertThat(failure.explanations().getFirst().code()).isEqualTo("NO_PROPOSAL_CHOSEN");
        assertThat(LastFailure.of(events, "prod/1", List.of(), (_, _, _) -> Optional.empty(), catalog))
                .isEmpty();
        assertThat(failure.toString()).doesNotContain(SampleConfig.KEY);
    }
}
