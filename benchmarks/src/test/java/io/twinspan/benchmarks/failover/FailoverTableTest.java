package io.twinspan.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class FailoverTableTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void aRowHasTheMiddleTheHundredthAndTheWorstOfBothDirections() {
        Campaign campaign = new Campaign("A", "B");
        for (int i = 1; i <= 101; i++) {
            campaign.add(run(Scenario.BLACKHOLE, lost(i, false), lost(2 * i, false), List.of()));
        }
        assertThat(cells(FailoverTable.outages(List.of(campaign)), 2))
                .containsExactly(
                        "A",
                        "B",
                        "black hole, both directions",
                        "101",
                        "51",
                        "100",
                        "101",
                        "51",
                        "101",
                        "102",
                        "200",
                        "202",
                        "102",
                        "202");
    }

    @Test
    void returnTrafficThatDidNotComeBackIsNoFigure() {
        Campaign campaign = new Campaign("A", "B");
        campaign.add(run(Scenario.KILL, lost(10, false), lost(500, true), List.of()));
        assertThat(cells(FailoverTable.outages(List.of(campaign)), 2)).contains("not awaited", "-");
        campaign.add(run(Scenario.KILL, lost(10, false), lost(500, false), List.of()));
        assertThat(cells(FailoverTable.outages(List.of(campaign)), 2)).contains("500 (1 runs)");
    }

    @Test
    void theGatewaysOwnInstantsCountFromTheFailure() {
        Campaign campaign = new Campaign("A", "B");
        campaign.add(run(Scenario.BLACKHOLE, lost(10, false), lost(10, false), List.of("""
                        {"event":"connection.switched","time":"2026-11-23T10:00:00.130Z"}
                        """, """
                        {"event":"connection.failover","time":"2026-11-23T10:00:00.150Z","fields":{
                         "first_suspicion":"2026-11-23T10:00:00.040Z","verdict":"2026-11-23T10:00:00.110Z",
                         "switched":"2026-11-23T10:00:00.120Z"}}
                        """)));
        assertThat(cells(FailoverTable.accounts(List.of(campaign)), 2))
                .containsSubsequence("40", "110", "110", "110", "120", "120", "120");
    }

    @Test
    void whatTheGatewayDoesNotKnowIsNoFigure() {
        Campaign campaign = new Campaign("A", "B");
        campaign.add(run(
                Scenario.DELETE,
                lost(0, false),
                lost(0, false),
                List.of(
                        "{\"event\":\"connection.failover\",\"fields\":{\"first_suspicion\":\"unknown\"}}",
                        "{\"event\":\"connection.switched\",\"time\":\"2026-11-23T10:00:00.130Z\"}")));
        assertThat(cells(FailoverTable.accounts(List.of(campaign)), 2))
                .containsSubsequence("-", "-", "-", "-", "130", "130", "130");
    }

    private static FlowWindow lost(int packets, boolean open) {
        return new FlowWindow(1_000, packets, 0, 0, TimeUnit.MILLISECONDS.toNanos(packets), open, 0);
    }

    private static RunResult run(Scenario scenario, FlowWindow outbound, FlowWindow inbound, List<String> events) {
        Story story = new Story(
                START,
                events.stream()
                        .map(event -> JsonMapper.shared().readTree(event))
                        .toList());
        return new RunResult(scenario, 1, 1, outbound, inbound, false, story);
    }

    private static List<String> cells(String table, int row) {
        String[] cells = table.lines().toList().get(row).split("\\|");
        return IntStream.range(1, cells.length).mapToObj(i -> cells[i].strip()).toList();
    }
}
