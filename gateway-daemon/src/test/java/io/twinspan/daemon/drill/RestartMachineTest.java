package io.twinspan.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** A drill that has the daemon restart: the half of the process that ends, and that of the next one. */
class RestartMachineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long FAR = Long.MAX_VALUE / 2;
    private static final long MILLI = 1_000_000L;
    private static final DrillPlan PLAN = new DrillPlan(
            new DrillOrder(new DrillScenario.DaemonRestart(), "prod", 0, 20 * SECOND, 5 * SECOND, 200, ""), 1, 2, true);

    private final List<DrillEffect> effects = new ArrayList<>();
    private DrillState state = DrillMachine.begin(PLAN, -5 * SECOND);
    private long now = -5 * SECOND;
    private long silence = MILLI;
    private boolean testedUsable = true;
    private boolean otherUsable = true;

    private void step(DrillEvent event) {
        take(DrillMachine.step(state, event, now));
    }

    private void take(DrillStep step) {
        state = step.state();
        effects.addAll(step.effects());
    }

    private void pass(long nanos) {
        for (long end = now + nanos; now < end; ) {
            now += DrillMachine.LOOK_NANOS;
            step(new DrillEvent.Looked(
                    new DrillView(1, testedUsable, "tested", otherUsable, "other", silence, 100, 20, 3, 1, 0)));
        }
    }

    private DrillEnding ending() {
        return ((DrillState.Done) state).ending();
    }

    @Test
    void whatTheNextProcessNeedsIsWrittenBeforeThisOneEnds() {
        pass(2 * SECOND);
        assertThat(effects)
                .containsExactly(new DrillEffect.Begin(), new DrillEffect.Leave(), new DrillEffect.StopFlow());
        effects.clear();
        pass(SECOND);
        assertThat(effects).describedAs("not before it is written").isEmpty();
        step(new DrillEvent.Left(true));
        assertThat(effects).containsExactly(new DrillEffect.Restart());
        step(new DrillEvent.Left(true));
        assertThat(effects).describedAs("once").hasSize(1);
    }

    @Test
    void nothingRestartsWhereItCouldNotBeWritten() {
        pass(2 * SECOND);
        step(new DrillEvent.Left(false));
        assertThat(effects).doesNotContain(new DrillEffect.Restart());
        assertThat(ending().kind()).isEqualTo(DrillEnding.Kind.FAILED);
        assertThat(ending().reason()).startsWith("nothing was touched: ");
    }

    @Test
    void nothingRestartsWithoutAnAnsweredFlowAndAProvedStandby() {
        silence = SECOND;
        pass(5 * SECOND);
        assertThat(effects).noneMatch(it -> it instanceof DrillEffect.Leave || it instanceof DrillEffect.Restart);
        assertThat(ending().reason()).contains("are not answered");
    }

    @Test
    void whoeverStopsItInTimeLeavesNothingToTheNextProcess() {
        pass(2 * SECOND);
        step(new DrillEvent.Stopped("stopped by the operator"));
        assertThat(effects).contains(new DrillEffect.Withdraw()).doesNotContain(new DrillEffect.Restart());
        assertThat(ending().kind()).isEqualTo(DrillEnding.Kind.STOPPED);
        step(new DrillEvent.Left(true));
        assertThat(effects).describedAs("the write was under way").doesNotContain(new DrillEffect.Restart());
    }

    @Test
    void aProcessThatIsToldToEndIsNotStoppedAnyMore() {
        pass(2 * SECOND);
        step(new DrillEvent.Left(true));
        step(new DrillEvent.Stopped("stopped by the operator"));
        assertThat(effects).doesNotContain(new DrillEffect.Withdraw());
        assertThat(state).isInstanceOf(DrillState.Leaving.class);
    }

    @Test
    void aProcessThatDoesNotEndTakesItBack() {
        pass(2 * SECOND);
        step(new DrillEvent.Left(true));
        pass(6 * SECOND);
        assertThat(effects).contains(new DrillEffect.Withdraw());
        assertThat(ending().reason()).isEqualTo("nothing was touched: this process did not end");
    }

    @Test
    void theNextProcessMeasuresUntilBothTunnelsAndTheProbesAreBack() {
        silence = 3 * SECOND;
        otherUsable = false;
        take(DrillMachine.takeUp(PLAN, "", now));
        pass(3 * SECOND);
        assertThat(effects).isEmpty();
        silence = MILLI;
        pass(SECOND);
        assertThat(effects).describedAs("the other tunnel restarted as well").isEmpty();
        otherUsable = true;
        pass(3 * SECOND);
        assertThat(ending()).isEqualTo(DrillEnding.COMPLETE);
        assertThat(effects).contains(new DrillEffect.StopFlow());
        assertThat(DrillVerdict.of(ending(), 3 * SECOND, 5 * SECOND)).isEqualTo(DrillVerdict.PASSED);
        assertThat(DrillVerdict.of(ending(), 6 * SECOND, 5 * SECOND)).isEqualTo(DrillVerdict.MISSED);
    }

    @Test
    void lostSasMissHoweverShortTheOutage() {
        take(DrillMachine.takeUp(PLAN, "tunnel prod/1 is negotiated anew", now));
        pass(4 * SECOND);
        assertThat(effects).contains(new DrillEffect.Note(1, "tunnel prod/1 is negotiated anew"));
        assertThat(ending().reason()).isEqualTo("tunnel prod/1 is negotiated anew");
        assertThat(DrillVerdict.of(ending(), MILLI, 5 * SECOND)).isEqualTo(DrillVerdict.MISSED);
    }

    @Test
    void aTunnelThatDoesNotComeBackMissesToo() {
        otherUsable = false;
        take(DrillMachine.takeUp(PLAN, "", now));
        pass(62 * SECOND);
        assertThat(ending().reason()).isEqualTo("tunnel 2 is not back after 60 s: other");
        assertThat(DrillVerdict.of(ending(), MILLI, 5 * SECOND)).isEqualTo(DrillVerdict.MISSED);
    }

    @Test
    void theNextProcessCanBeStopped() {
        testedUsable = false;
        take(DrillMachine.takeUp(PLAN, "", now));
        pass(SECOND);
        step(new DrillEvent.Stopped("stopped by the operator"));
        pass(2 * SECOND);
        assertThat(ending().kind()).isEqualTo(DrillEnding.Kind.STOPPED);
    }

    /** Whatever the pause, and wherever the clock of either process stands. */
    @Property(tries = 300)
    void theOutageIsThatOfBothProcessesTogether(
            @ForAll @IntRange(min = 20, max = 60_000) int pauseMillis,
            @ForAll @IntRange(max = 300) int before,
            @ForAll @IntRange(max = 20) int underWay,
            @ForAll @LongRange(min = -FAR, max = FAR) long firstClock,
            @ForAll @LongRange(min = -FAR, max = FAR) long secondClock) {
        long interval = 5 * MILLI;
        ProbeLedger first = new ProbeLedger(20_000);
        long at = firstClock;
        for (int i = 0; i <= before + underWay; i++) {
            at = firstClock + i * interval;
            first.sent(i, 1, at);
            if (i <= before) {
                first.answered(i, 1, at, at + MILLI);
            }
        }
        long written = at + MILLI;
        ProbeLedger second = new ProbeLedger(20_000);
        long origin = secondClock - pauseMillis * MILLI;
        int next = second.takeUp(first.traces(written), origin, secondClock, interval);
        for (int i = 0; i < 100; i++) {
            long sent = secondClock + i * interval;
            second.sent(next + i, 1, sent);
            second.answered(next + i, 1, sent, sent + MILLI);
        }
        FlowResult result = second.since(origin - underWay * interval);
        // From the last probe that was answered to the first one of the next process.
        long outage = pauseMillis * MILLI + MILLI + underWay * interval;
        assertThat(result.lost()).isEqualTo(next - before - 1).isPositive();
        assertThat(result.outageOutNanos()).isEqualTo(outage);
        assertThat(result.outageInNanos()).isEqualTo(outage);
        assertThat(result.lost()).isBetween((int) (outage / interval) - 2, (int) (outage / interval) + 1);
    }

    @Test
    void usersPacketsAreNotCountedWhereNobodyCounted() {
        TrafficLedger first = new TrafficLedger(1_000);
        for (int i = 0; i <= 100; i++) {
            first.sample(7 * SECOND + i * 20L * MILLI, 20L * i, i, 0, 0);
        }
        TrafficLedger second = new TrafficLedger(1_000);
        long began = -40 * SECOND;
        second.takeUp(first.looks(9 * SECOND), began - 2_700 * MILLI, began);
        for (int i = 1; i <= 100; i++) {
            second.sample(began + i * 20L * MILLI, 30L * i, i, 5, 0);
        }
        TrafficResult result = second.result(began - 2_700 * MILLI, began);
        assertThat(result.before()).isEqualTo(new TrafficResult.Phase(2 * SECOND, 2_000, 100, 0, 0));
        assertThat(result.during().isCounted()).isFalse();
        assertThat(result.during().nanos()).isEqualTo(2_700 * MILLI);
        assertThat(result.after()).isEqualTo(new TrafficResult.Phase(2 * SECOND, 3_000, 100, 5, 0));
        assertThat(result.longestGapInNanos()).isEqualTo(2_700 * MILLI);
    }
}
