package io.twinspan.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrillRefusalsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final DrillFacts FINE =
            new DrillFacts(1, 2, true, true, 2, true, "standby", SECOND, Long.MAX_VALUE, "", true, "");

    private static DrillOrder order(DrillScenario scenario) {
        return new DrillOrder(scenario, "prod", 0, 20 * SECOND, SECOND, 200, "");
    }

    private static DrillOrder order(long duration, long limit, int rate) {
        return new DrillOrder(new DrillScenario.Blackhole(), "prod", 0, duration, limit, rate, "");
    }

    @Test
    void aProvedStandbyLetsADrillBegin() {
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), FINE)).isEmpty();
    }

    @Test
    void aStandbyThatIsDownRefuses() {
        DrillFacts facts =
                new DrillFacts(1, 2, true, false, 2, false, "connecting", SECOND, Long.MAX_VALUE, "", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), facts))
                .containsExactly("tunnel 2, which would have to carry the traffic, is connecting");
    }

    @Test
    void aStandbyThatHasFallenSilentRefuses() {
        DrillFacts facts =
                new DrillFacts(1, 2, true, true, 2, true, "standby", 6 * SECOND, Long.MAX_VALUE, "", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), facts))
                .containsExactly("tunnel 2 is not proved to work: nothing was heard from it for 6 s");
    }

    @Test
    void noRedundancyRefuses() {
        DrillFacts facts = new DrillFacts(1, 2, true, false, 2, true, "degraded", SECOND, Long.MAX_VALUE, "", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Planned()), facts))
                .containsExactly("the connection is not redundant now");
    }

    @Test
    void anotherDrillRefuses() {
        DrillFacts facts = new DrillFacts(
                1, 2, true, true, 2, true, "standby", SECOND, Long.MAX_VALUE, "2026-11-23-0001", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), facts))
                .containsExactly("another drill runs: 2026-11-23-0001");
    }

    @Test
    void aRecentFailoverRefuses() {
        DrillFacts facts = new DrillFacts(1, 2, true, true, 2, true, "standby", SECOND, 4 * SECOND, "", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), facts))
                .containsExactly("traffic moved 4 s ago; wait until it has settled for 10 s");
    }

    @Test
    void oneTunnelRefuses() {
        DrillFacts facts = new DrillFacts(1, 1, true, false, 0, false, "missing", 0, Long.MAX_VALUE, "", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), facts))
                .containsExactly("the connection has one tunnel only, so nothing could take over");
    }

    @Test
    void noTrafficAndNoSuchTunnelRefuse() {
        DrillFacts facts = new DrillFacts(0, 2, false, false, 1, true, "standby", 0, Long.MAX_VALUE, "", true, "");
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), facts))
                .containsExactly("no tunnel carries traffic", "there is no tunnel 0");
    }

    @Test
    void aTargetOutsideTheProtectedNetworksRefuses() {
        DrillFacts facts = new DrillFacts(1, 2, true, true, 2, true, "standby", 0, Long.MAX_VALUE, "", false, "");
        DrillOrder order =
                new DrillOrder(new DrillScenario.Blackhole(), "prod", 0, 20 * SECOND, SECOND, 200, "8.8.8.8");
        assertThat(DrillRefusals.of(order, facts)).singleElement().asString().contains("8.8.8.8");
    }

    @Test
    void timesAndRatesOutOfBoundsRefuse() {
        assertThat(DrillRefusals.of(order(SECOND / 2, SECOND, 200), FINE))
                .containsExactly("a drill lasts 1 s to 5 min");
        assertThat(DrillRefusals.of(order(301 * SECOND, SECOND, 200), FINE))
                .containsExactly("a drill lasts 1 s to 5 min");
        assertThat(DrillRefusals.of(order(20 * SECOND, 1, 200), FINE)).containsExactly("a limit is 50 ms to 5 min");
        assertThat(DrillRefusals.of(order(20 * SECOND, SECOND, 1_001), FINE))
                .containsExactly("a probe flow has 10 to 1000 probes a second");
    }

    @Test
    void aRestartIsRefusedWhereNobodyWouldTakeOverAndNothingElseIs() {
        DrillFacts alone = new DrillFacts(
                1, 2, true, true, 2, true, "standby", SECOND, Long.MAX_VALUE, "", true, "nobody would start it again");
        assertThat(DrillRefusals.of(order(new DrillScenario.DaemonRestart()), alone))
                .containsExactly("nobody would start it again");
        assertThat(DrillRefusals.of(order(new DrillScenario.DaemonRestart()), FINE))
                .isEmpty();
        assertThat(DrillRefusals.of(order(new DrillScenario.Blackhole()), alone))
                .isEmpty();
    }

    @Test
    void everyScenarioIsReadBackFromItsTextAndRubbishIsNot() {
        assertThat(DrillCatalogue.ALL)
                .allSatisfy(it -> assertThat(DrillCatalogue.parse(it.text())).contains(it));
        assertThat(DrillCatalogue.ALL)
                .allSatisfy(it -> assertThat(DrillCatalogue.parse(it.name())).contains(it));
        assertThat(DrillCatalogue.parse("loss:60%")).contains(new DrillScenario.Loss(60));
        assertThat(DrillCatalogue.parse("one-way-blackhole:in")).contains(new DrillScenario.OneWayBlackhole(true));
        assertThat(new String[] {"", "loss:61", "loss:9", "latency:2s", "blackhole:1", "mtu-shrink:1", "loss:-1", "x"})
                .allSatisfy(text -> assertThat(DrillCatalogue.parse(text)).isEmpty());
    }
}
