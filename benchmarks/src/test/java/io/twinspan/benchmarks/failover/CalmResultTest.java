package io.twinspan.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class CalmResultTest {
    @Test
    void passesWhileNothingMovesAndRekeysGoThrough() {
        assertThat(result(0, 3, "child.rekeyed").passed()).isTrue();
        assertThat(result(0, 0).passed()).isTrue();
    }

    @Test
    void failsWhereTheGatewayTellsOfASwitchOrTheLinkSawOne() {
        assertThat(result(0, 3, "child.rekeyed", "connection.switched").passed())
                .isFalse();
        assertThat(result(1, 3, "child.rekeyed").passed()).isFalse();
    }

    @Test
    void failsWhereNoRekeyWentThroughBecauseThenItWasNoTest() {
        assertThat(result(0, 3).passed()).isFalse();
    }

    private static CalmResult result(int moves, int rekeys, String... events) {
        FlowWindow flow = new FlowWindow(1, 0, 0, 0, 0, false, 0);
        Story story = new Story(
                Instant.EPOCH,
                Arrays.stream(events)
                        .map(event -> JsonMapper.shared().readTree("{\"event\":\"" + event + "\"}"))
                        .toList());
        return new CalmResult(60, 1, 1, rekeys, 0, moves, flow, flow, story);
    }
}
