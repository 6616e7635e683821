package io.twinspan.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeReport.ExchangeEnded;
import io.twinspan.crypto.ike.session.IkeReport.Outcome;
import io.twinspan.crypto.ike.session.IkeReport.Purpose;
import io.twinspan.daemon.control.ReloadFacts;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.SwitchTimes;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.failover.SwitchPlan;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a scraper sees. */
class MetricsTest {
    private static final Set<String> LABELS = Set.of(
            "connection",
            "tunnel",
            "direction",
            "action",
            "reason",
            "state",
            "to",
            "from",
            "exchange",
            "role",
            "result",
            "sa",
            "initiator",
            "kind",
            "scenario",
            "type",
            "severity",
            "le");

    private final SampleGateway gateway = new SampleGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void documentedNamesAndTypesAreThoseOfTheScrape() throws IOException {
        happens();
        Map<String, String> documented = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `(twinspan_[a-z_]+)` \\| (\\w+) \\|")
                .matcher(Files.readString(Path.of("../docs/metrics.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }
        Scrape scrape = gateway.scrape();
        Map<String, String> shown = new TreeMap<>(scrape.types());
        // Micrometer shows the largest value of each timer beside it.
        shown.keySet().removeIf(name -> !name.startsWith("twinspan_") || name.endsWith("_max"));
        assertThat(shown).isEqualTo(documented);
    }

    @Test
    void everyTunnelHasAllItsSeriesFromTheFirstScrapeOn() {
        Set<String> first = gateway.scrape().series();
        assertThat(first)
                .filteredOn(series -> "1".equals(Scrape.labels(series).get("tunnel")))
                .hasSizeGreaterThan(160);
        assertThat(seriesOf(first, "1")).isEqualTo(seriesOf(first, "2"));
        happens();
        Set<String> later = gateway.scrape().series();
        later.removeIf(series -> series.startsWith("twinspan_events_total"));
        assertThat(later).isEqualTo(first);
    }

    private static Set<String> seriesOf(Set<String> all, String tunnel) {
        return all.stream()
                .filter(series -> tunnel.equals(Scrape.labels(series).get("tunnel")) && !series.contains("_info{"))
                .map(series -> series.replace("tunnel=\"" + tunnel + "\"", "tunnel"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void labelsNameConnectionsTunnelsAndOurOwnWordsOnly() {
        happens();
        for (String series : gateway.scrape().series()) {
            if (series.contains("_info{")) {
                continue;
            }
            Map<String, String> labels = Scrape.labels(series);
            assertThat(LABELS).describedAs(series).containsAll(labels.keySet());
            labels.forEach((name, value) -> assertThat(value)
                    .describedAs(series)
                    .matches(name.equals("le") ? "[0-9.+Inf]+" : "[a-z0-9_.-]*")
                    .doesNotContain("203.0.113", "192.0.2", "c1f0", "11223344"));
        }
    }

    @Test
    void aConfigurationThatWasNotTakenIsToldAndTheTimeOfTheLastThatWasStays() {
        Instant start = Instant.parse("2026-11-23T10:00:00Z");
        gateway.reloads(new ReloadFacts("idle", null, start, true, "loaded at the start"));
        assertThat(gateway.scrape().samples())
                .containsEntry("twinspan_config_last_reload_successful", 1.0)
                .containsEntry("twinspan_config_last_reload_success_timestamp_seconds", start.getEpochSecond() * 1.0);
        gateway.reloads(new ReloadFacts("idle", null, start.plusSeconds(60), false, "rolled back"));
        assertThat(gateway.scrape().samples())
                .containsEntry("twinspan_config_last_reload_successful", 0.0)
                .containsEntry("twinspan_config_last_reload_success_timestamp_seconds", start.getEpochSecond() * 1.0);
    }

    @Test
    void aRekeyTakesNothingAwayFromACounter() {
        gateway.counted(1_000);
        gateway.reports(new IkeReport.ChildSaRekeyed(1, 2, true), new IkeReport.ChildSaRekeyed(2, 3, false));
        Scrape scrape = gateway.scrape();
        assertThat(scrape.value("twinspan_rekeys_total", "sa=\"esp\"", "initiator=\"us\"", "tunnel=\"2\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_rekeys_total", "sa=\"esp\"", "initiator=\"peer\""))
                .isEqualTo(1);
        for (String name : List.of("packets", "bytes")) {
            assertThat(scrape.value("twinspan_esp_" + name + "_total", "tunnel=\"2\"", "direction=\"in\""))
                    .isEqualTo(1_000);
            assertThat(scrape.value("twinspan_esp_" + name + "_total", "tunnel=\"2\"", "direction=\"out\""))
                    .isEqualTo(1_000);
        }
    }

    @Property(tries = 15)
    void countersNeverGoDownWhateverIsReported(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 11) Integer> steps) {
        try (SampleGateway live = new SampleGateway()) {
            Map<String, Double> before = counters(live.scrape());
            long counted = 0;
            for (int step : steps) {
                live.reports(reports().get(step % reports().size()));
                live.metrics().roundTrip(new TunnelName("prod", 2), step * 1_000_000L);
                counted += step;
                live.counted(counted);
                Map<String, Double> after = counters(live.scrape());
                assertThat(after.keySet()).containsAll(before.keySet());
                before.forEach((series, value) ->
                        assertThat(after.get(series)).describedAs(series).isGreaterThanOrEqualTo(value));
                before = after;
            }
        }
    }

    private static Map<String, Double> counters(Scrape scrape) {
        Map<String, Double> result = new TreeMap<>(scrape.samples());
        result.keySet().removeIf(series -> {
            String name = series.replaceAll("\\{.*", "");
            return !series.startsWith("twinspan_") || !name.matches(".*_(total|count|sum|bucket)");
        });
        return result;
    }

    @Test
    void whatBothDirectionsNameAlikeIsKeptApart() {
        gateway.drops(
                Map.of("SELECTOR_MISMATCH", 3L, "REPLAYED", 2L, "BEFORE_WINDOW", 1L),
                Map.of("SELECTOR_MISMATCH", 5L, "AQM_MARKED", 9L));
        Scrape scrape = gateway.scrape();
        assertThat(dropped(scrape, "in", "policy")).isEqualTo(3);
        assertThat(dropped(scrape, "out", "policy")).isEqualTo(5);
        assertThat(dropped(scrape, "in", "replay")).isEqualTo(3);
        assertThat(dropped(scrape, "out", "queue_full")).isZero();
    }

    @Test
    void fragmentsClampsAndSizesThatDidNotFitHaveASeriesForEachWayThatThereIs() {
        gateway.counted(5);
        Scrape scrape = gateway.scrape();
        assertThat(scrape.series())
                .filteredOn(series -> series.startsWith("twinspan_fragments_total") && series.contains("\"1\""))
                .extracting(series -> Scrape.labels(series).get("direction") + " "
                        + Scrape.labels(series).get("action"))
                .containsExactlyInAnyOrder("in passed", "in reassembled", "out made", "out passed");
        assertThat(scrape.value("twinspan_fragments_total", "tunnel=\"1\"")).isEqualTo(20);
        assertThat(scrape.value("twinspan_tcp_mss_clamped_total", "tunnel=\"1\""))
                .isEqualTo(10);
        assertThat(scrape.value("twinspan_icmp_too_big_sent_total", "tunnel=\"1\""))
                .isEqualTo(5);
        assertThat(scrape.value("twinspan_icmp_too_big_received_total", "tunnel=\"1\""))
                .isEqualTo(5);
        assertThat(scrape.value("twinspan_dataplane_queue_packets", "connection=\"prod\""))
                .isEqualTo(5);
    }

    @Test
    void theShareOfSequenceNumbersIsThatOfTheSaInUseAndNotANumberWhereThereIsNone() {
        Scrape scrape = gateway.scrape();
        assertThat(scrape.samples())
                .containsEntry(sequences(2, "in"), 0.125)
                .containsEntry(sequences(2, "out"), 0.5)
                .containsEntry(sequences(1, "in"), Double.NaN)
                .containsEntry(sequences(1, "out"), Double.NaN);
    }

    private static String sequences(int tunnel, String direction) {
        return "twinspan_esp_sequence_used_ratio{connection=\"prod\",direction=\"" + direction + "\",tunnel=\"" + tunnel
                + "\"}";
    }

    private static double dropped(Scrape scrape, String direction, String reason) {
        return scrape.value(
                "twinspan_dropped_packets_total",
                "tunnel=\"1\"",
                "direction=\"" + direction + "\"",
                "reason=\"" + reason + "\"");
    }

    @Test
    void everyVerdictFallsIntoOneFamilyOfItsDirection() {
        List<DropReason> used = new ArrayList<>();
        Arrays.stream(EspVerdict.values()).forEach(verdict -> used.addAll(DropReason.of(verdict)));
        Arrays.stream(PathVerdict.values()).forEach(verdict -> used.addAll(DropReason.of(verdict)));
        assertThat(used).contains(DropReason.values());
        for (DropReason reason : DropReason.values()) {
            assertThat(DropReason.of(DropReason.Direction.IN).contains(reason)
                            || DropReason.of(DropReason.Direction.OUT).contains(reason))
                    .isTrue();
        }
    }

    @Test
    void aFailoverLastsFromTheLastSignOfLifeToTheFirstPacketOnTheOtherTunnel() {
        Instant lost = Instant.parse("2026-11-23T10:00:00Z");
        gateway.metrics().switched("prod", move(1, 2, "silent", lost, lost.plusMillis(230)));
        gateway.metrics().switched("prod", move(2, 1, "operator", null, null));
        Scrape scrape = gateway.scrape();
        assertThat(scrape.value("twinspan_failovers_total", "from=\"1\"", "to=\"2\"", "reason=\"silent\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_failovers_total", "reason=\"operator\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_failover_duration_seconds_count")).isEqualTo(1);
        assertThat(scrape.value("twinspan_failover_duration_seconds_sum")).isEqualTo(0.23);
        assertThat(scrape.value("twinspan_failover_duration_seconds_bucket", "reason=\"silent\"", "le=\"0.2\""))
                .isZero();
        assertThat(scrape.value("twinspan_failover_duration_seconds_bucket", "reason=\"silent\"", "le=\"0.3\""))
                .isEqualTo(1);
    }

    private static SwitchRecord move(
            int from, int to, String cause, @Nullable Instant lastGood, @Nullable Instant first) {
        Instant at = Instant.parse("2026-11-23T10:00:00.2Z");
        return new SwitchRecord(
                at,
                from,
                to,
                List.of(to),
                cause,
                lastGood != null,
                "why",
                1_000,
                new SwitchTimes(lastGood, at, at, at, first));
    }

    @Test
    void exchangesChecksAndFailedRekeysAreCounted() {
        gateway.reports(reports().toArray(IkeReport[]::new));
        Scrape scrape = gateway.scrape();
        assertThat(scrape.value("twinspan_ike_exchanges_total", "exchange=\"ike_auth\"", "result=\"ok\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_ike_exchange_duration_seconds_sum", "exchange=\"ike_auth\""))
                .isEqualTo(0.02);
        assertThat(scrape.value("twinspan_dpd_probes_total", "result=\"unanswered\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_rekeys_total", "sa=\"ike\"", "initiator=\"peer\"", "result=\"failed\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_ike_retransmissions_total")).isEqualTo(1);
    }

    @Test
    void changesOfStateAreCountedAndAttemptsToConnectAreNone() {
        GatewayEvent attempt = GatewayEvent.of(Severity.INFO, "tunnel.connecting", "prod", 1, "attempt 1");
        gateway.metrics().heard(new JournalEntry(1, Instant.EPOCH, 0, attempt));
        gateway.metrics().heard(new JournalEntry(2, Instant.EPOCH, 0, attempt.with("was", "down")));
        Scrape scrape = gateway.scrape();
        assertThat(scrape.value("twinspan_tunnel_state_changes_total", "tunnel=\"1\"", "to=\"connecting\""))
                .isEqualTo(1);
        assertThat(scrape.value("twinspan_events_total", "type=\"tunnel.connecting\""))
                .isEqualTo(2);
    }

    @Test
    void aConnectionThatAReloadAddsOrRemovesTakesItsSeriesWithIt() {
        Set<String> before = gateway.scrape().series();
        gateway.connections("prod", "backup");
        Set<String> both = gateway.scrape().series();
        assertThat(both).containsAll(before);
        assertThat(both.stream().filter(series -> series.contains("connection=\"backup\"")))
                .hasSize((int) before.stream()
                        .filter(series -> series.contains("connection=\"prod\""))
                        .count());
        gateway.connections("backup");
        gateway.scrape();
        assertThat(gateway.scrape().series()).noneMatch(series -> series.contains("connection=\"prod\""));
        gateway.connections("prod");
        gateway.scrape();
        assertThat(gateway.scrape().series()).isEqualTo(before);
    }

    @Test
    void unknownInstantsAreNotANumberAndNotTheYear1970() {
        Scrape scrape = gateway.scrape();
        assertThat(scrape.samples().get("twinspan_esp_sa_rekey_timestamp_seconds{connection=\"prod\",tunnel=\"1\"}"))
                .isNaN();
        assertThat(scrape.value("twinspan_esp_sa_rekey_timestamp_seconds", "tunnel=\"2\""))
                .isGreaterThan(1.7e9);
    }

    @Test
    void theFormatIsTheOneThatTheScraperLikesBest() {
        assertThat(Exposition.of("")).isEqualTo(Exposition.PROMETHEUS);
        assertThat(Exposition.of("*/*")).isEqualTo(Exposition.PROMETHEUS);
        assertThat(Exposition.of("text/html")).isEqualTo(Exposition.PROMETHEUS);
        assertThat(Exposition.of("application/openmetrics-text; version=1.0.0,text/plain;version=0.0.4;q=0.5"))
                .isEqualTo(Exposition.OPEN_METRICS);
        assertThat(Exposition.of("application/openmetrics-text;q=0.2,text/plain;version=0.0.4;q=0.5"))
                .isEqualTo(Exposition.PROMETHEUS);
        assertThat(Exposition.of("application/openmetrics-text;q=0")).isEqualTo(Exposition.PROMETHEUS);
        assertThat(Exposition.of("application/openmetrics-text;q=x")).isEqualTo(Exposition.PROMETHEUS);
        assertThat(gateway.metrics().scrape(Exposition.OPEN_METRICS).join()).endsWith("# EOF\n");
    }

    /** Everything that can be told is told once. */
    private void happens() {
        gateway.reports(reports().toArray(IkeReport[]::new));
        gateway.metrics()
                .roundTrip(new TunnelName("prod", 1), Duration.ofMillis(9).toNanos());
        Instant lost = Instant.parse("2026-11-23T10:00:00Z");
        for (SwitchPlan.Cause cause : SwitchPlan.Cause.values()) {
            int from = cause == SwitchPlan.Cause.FIRST_USABLE ? 0 : 1;
            gateway.metrics().switched("prod", move(from, 2, cause.label(), lost, lost.plusSeconds(1)));
        }
        for (TunnelState state : TunnelState.values()) {
            GatewayEvent event = GatewayEvent.of(Severity.INFO, "tunnel." + state.label(), "prod", 1, "203.0.113.10")
                    .with("was", "up")
                    .with("spi", "c1f00001");
            gateway.metrics().heard(new JournalEntry(1, Instant.EPOCH, 0, event));
        }
    }

    private static List<IkeReport> reports() {
        return List.of(
                new IkeReport.IkeSaRekeyed(1, 2, true),
                new IkeReport.IkeSaRekeyed(2, 3, false),
                new IkeReport.ChildSaRekeyed(1, 2, true),
                new IkeReport.ChildSaRekeyed(2, 3, false),
                new IkeReport.Retransmitted("IKE_AUTH", 2),
                new IkeReport.PeerAlive(1_000_000),
                new ExchangeEnded(ExchangeType.IKE_AUTH, Purpose.CONNECT, true, Outcome.ANSWERED, 20_000_000),
                new ExchangeEnded(ExchangeType.IKE_SA_INIT, Purpose.CONNECT, false, Outcome.REFUSED, 0),
                new ExchangeEnded(ExchangeType.INFORMATIONAL, Purpose.LIVENESS, true, Outcome.ANSWERED, 8_000_000),
                new ExchangeEnded(ExchangeType.INFORMATIONAL, Purpose.LIVENESS, true, Outcome.UNANSWERED, 1),
                new ExchangeEnded(ExchangeType.CREATE_CHILD_SA, Purpose.REKEY_IKE, false, Outcome.REFUSED, 0),
                new ExchangeEnded(ExchangeType.CREATE_CHILD_SA, Purpose.REKEY_CHILD, true, Outcome.REFUSED, 1));
    }
}
