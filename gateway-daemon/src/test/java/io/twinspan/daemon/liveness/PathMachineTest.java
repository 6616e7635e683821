package io.twinspan.daemon.liveness;

import static io.twinspan.daemon.liveness.ScriptedPath.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinspan.crypto.time.Deadline;
import org.junit.jupiter.api.Test;

final class PathMachineTest {
    private final ScriptedPath path = ScriptedPath.proven();

    @Test
    void atRestItAsksOnceInAnInterval() {
        path.run(10_000);
        assertThat(path.probes()).isEqualTo(10);
    }

    @Test
    void withoutAChildSaItAsksNothing() {
        path.apply(new PathEvent.Stopped()).run(10_000);
        assertThat(path.probes()).isZero();
        assertThat(path.machine.nextDeadlineNanos(path.state)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void itAsksAtOnceWhenPacketsGoOutAndNothingComesIn() {
        path.apply(new PathEvent.Role(true));
        path.packetsOut = true;
        path.run(1_000);
        // Each answer is a sign of life, so the next silence begins there.
        assertThat(path.probes()).isBetween(15L, 20L);
    }

    @Test
    void whatComesInSavesProbesButARoundTripIsStillProved() {
        path.apply(new PathEvent.Role(true));
        path.packetsOut = true;
        path.packetsIn = true;
        path.run(1_000);
        assertThat(path.probes()).isBetween(9L, 11L);
    }

    @Test
    void aLateProbeBringsABurstAndItsAnswerEndsIt() {
        path.run(1_000);
        path.loseEvery = 1;
        path.run(1_050);
        assertThat(path.count(PathEffect.Suspected.class)).isEqualTo(1);
        assertThat(path.count(PathEffect.Cleared.class)).isZero();
        path.loseEvery = 0;
        path.run(40);
        assertThat(path.count(PathEffect.Cleared.class)).isEqualTo(1);
        assertThat(path.count(PathEffect.PathDown.class)).isZero();
        long asked = path.probes();
        path.run(3_000);
        assertThat(path.probes() - asked).isBetween(2L, 3L);
    }

    @Test
    void aDeadPathIsDownAfterTheBurstWithEveryInstantTold() {
        path.apply(new PathEvent.Role(true));
        path.packetsOut = true;
        path.run(1_000);
        path.effects.clear();
        path.deadTargets.add(0);
        path.run(500);
        PathEffect.PathDown down = path.only(PathEffect.PathDown.class);
        PathEffect.Suspected first = path.only(PathEffect.Suspected.class);
        assertThat(down.suspectedNanos()).isEqualTo(first.atNanos());
        assertThat(down.unanswered()).isGreaterThanOrEqualTo(first.needed());
        assertThat(down.inboundAlive()).isFalse();
        assertThat(down.verdictNanos() - down.lastGoodNanos()).isBetween(180 * MILLI, 230 * MILLI);
        assertThat(path.effects.indexOf(down)).isGreaterThan(path.effects.indexOf(path.only(PathEffect.Fence.class)));
    }

    @Test
    void whatComesInDoesNotHideThatOursDoesNotArrive() {
        path.apply(new PathEvent.Role(true));
        path.packetsOut = true;
        path.packetsIn = true;
        path.run(1_000);
        path.effects.clear();
        path.deadTargets.add(0);
        path.run(500);
        PathEffect.PathDown down = path.only(PathEffect.PathDown.class);
        assertThat(down.inboundAlive()).isTrue();
        assertThat(down.verdictNanos() - down.lastGoodNanos()).isLessThan(300 * MILLI);
    }

    @Test
    void noVerdictFallsBeforeTheInboundLoopHasTold() {
        path.receiving = false;
        path.run(5_000);
        assertThat(path.count(PathEffect.Fence.class)).isEqualTo(1);
        assertThat(path.count(PathEffect.PathDown.class)).isZero();
        path.receiving = true;
        path.run(1_000);
        assertThat(path.count(PathEffect.PathDown.class)).isZero();
        assertThat(path.count(PathEffect.Cleared.class)).isEqualTo(1);
    }

    @Test
    void aLateWakeUpIsOursAndNotThePaths() {
        path.apply(new PathEvent.Role(true));
        path.packetsOut = true;
        path.run(995);
        path.stall(1_000).run(1_000);
        assertThat(path.count(PathEffect.PathDown.class)).isZero();
    }

    @Test
    void aLateWakeUpCostsOneMoreWaitAndNotItsWholeLength() {
        path.apply(new PathEvent.Role(true));
        path.packetsOut = true;
        path.run(1_000);
        path.deadTargets.add(0);
        path.run(150);
        assertThat(path.count(PathEffect.PathDown.class)).isZero();
        path.stall(500).run(120);
        assertThat(path.count(PathEffect.PathDown.class)).isEqualTo(1);
    }

    @Test
    void aWaitThatEndsWithASuspicionIsNoStallOfOurs() {
        ScriptedPath far = ScriptedPath.proven(100);
        far.deadTargets.add(0);
        while (far.count(PathEffect.Suspected.class) == 0) {
            far.run(1);
        }
        // At rest the lost probe is waited for longer than usual, which ends with the first answer to the burst.
        far.deadTargets.clear();
        for (int i = 0; i < 300; i++) {
            far.run(1);
            long age = far.now - far.state.targets().getFirst().answeredSentNanos();
            assertThat(age).describedAs("age of the newest answered probe").isGreaterThanOrEqualTo(100 * MILLI);
        }
        assertThat(far.count(PathEffect.Cleared.class)).isEqualTo(1);
    }

    @Test
    void aProbeThatHasNotLeftIsNotLate() {
        path.sending = false;
        path.run(20_000);
        assertThat(path.count(PathEffect.Suspected.class)).isZero();
    }

    @Test
    void aProbeThatCouldNotBeSentSaysNothing() {
        path.sending = false;
        path.run(1_000);
        PathEffect.SendProbe probe = path.only(PathEffect.SendProbe.class);
        path.apply(new PathEvent.ProbeRefused(probe.sequence()));
        path.apply(new PathEvent.ProbeSent(probe.sequence(), path.now));
        path.run(1_000);
        assertThat(path.count(PathEffect.Suspected.class)).isZero();
    }

    @Test
    void aHintMakesItLookAtOnce() {
        path.run(500);
        path.effects.clear();
        path.apply(new PathEvent.Hint());
        assertThat(path.probes()).isEqualTo(1);
        path.apply(new PathEvent.Hint());
        assertThat(path.probes()).as("a flood of hints is one").isEqualTo(1);
    }

    @Test
    void manyMissingSequenceNumbersMakeItLookAtOnce() {
        path.run(500);
        path.effects.clear();
        path.missing = 20;
        path.apply(new PathEvent.DeadlineReached(path.counters()));
        assertThat(path.probes()).isEqualTo(1);
    }

    @Test
    void aDeadPathRecoversSlowly() {
        path.deadTargets.add(0);
        path.run(5_000);
        assertThat(path.count(PathEffect.PathDown.class)).isEqualTo(1);
        path.deadTargets.clear();
        path.run(1_000);
        assertThat(path.only(PathEffect.Degraded.class).recovering()).isTrue();
        assertThat(path.count(PathEffect.PathUp.class)).isZero();
        path.run(3_500);
        assertThat(path.count(PathEffect.PathUp.class)).isEqualTo(1);
    }

    @Test
    void aPathThatKeepsLosingIsNotTrustedAgain() {
        path.deadTargets.add(0);
        path.run(5_000);
        path.deadTargets.clear();
        path.loseEvery = 10;
        path.run(60_000);
        assertThat(path.count(PathEffect.Degraded.class)).isEqualTo(1);
        assertThat(path.count(PathEffect.PathUp.class)).isZero();
    }

    @Test
    void steadyLossDegradesAndItsEndHeals() {
        path.loseEvery = 12;
        path.run(120_000);
        PathEffect.Degraded degraded = path.only(PathEffect.Degraded.class);
        assertThat(degraded.recovering()).isFalse();
        assertThat((double) degraded.lost() / degraded.sent()).isGreaterThan(PathLives.POLICY.degradedLoss());
        path.loseEvery = 0;
        path.run(400_000);
        assertThat(path.count(PathEffect.PathUp.class)).isEqualTo(1);
        assertThat(path.count(PathEffect.PathDown.class)).isZero();
    }

    @Test
    void targetsThatNeverAnswerHaveNoVerdictToGive() {
        ScriptedPath mute = new ScriptedPath(PathLives.POLICY);
        mute.deadTargets.add(0);
        mute.apply(new PathEvent.Started(PathCounters.NONE)).run(60_000);
        assertThat(mute.count(PathEffect.NeverAnswered.class)).isEqualTo(1);
        assertThat(mute.count(PathEffect.Suspected.class)).isZero();
        assertThat(mute.state.proven()).isFalse();
    }

    @Test
    void aPathWhosePeerAnsweredOverAnEarlierSaIsDeadWhereItDoesNotOverTheNewOne() {
        path.apply(new PathEvent.Stopped());
        path.deadTargets.add(0);
        path.apply(new PathEvent.Started(PathCounters.NONE)).run(4_000);
        PathEffect.PathDown down = path.only(PathEffect.PathDown.class);
        assertThat(down.verdictNanos() - down.suspectedNanos()).isEqualTo(3_000 * MILLI);
        assertThat(path.count(PathEffect.NeverAnswered.class)).isZero();
        assertThat(path.state.proven()).describedAs("probes keep the say").isTrue();
        path.deadTargets.clear();
        path.run(2_000);
        assertThat(path.count(PathEffect.Degraded.class)).isEqualTo(1);
    }

    @Test
    void probesFromBeforeTheFirstAnswerAreNoLoss() {
        ScriptedPath late = new ScriptedPath(PathLives.POLICY);
        late.deadTargets.add(0);
        late.apply(new PathEvent.Started(PathCounters.NONE)).run(900);
        late.deadTargets.clear();
        late.run(20_000);
        assertThat(late.count(PathEffect.PathUp.class)).isEqualTo(1);
        assertThat(late.count(PathEffect.Degraded.class)).isZero();
        assertThat(late.state.statistics().lost(late.now)).isZero();
    }

    @Test
    void oneSilentTargetOfTwoIsToldAndLeftOut() {
        ScriptedPath two = new ScriptedPath(policy(2, 2));
        two.apply(new PathEvent.Started(PathCounters.NONE)).run(10_000);
        two.effects.clear();
        two.deadTargets.add(1);
        two.run(10_000);
        assertThat(two.only(PathEffect.TargetSilent.class)).isEqualTo(new PathEffect.TargetSilent(1, true));
        assertThat(two.count(PathEffect.PathDown.class)).isZero();
        assertThat(two.probes()).as("no lasting burst").isLessThan(130);
        two.deadTargets.add(0);
        two.run(3_000);
        assertThat(two.count(PathEffect.PathDown.class)).isEqualTo(1);
    }

    @Test
    void aTargetThatComesBackCountsAgain() {
        ScriptedPath two = new ScriptedPath(policy(2, 2));
        two.apply(new PathEvent.Started(PathCounters.NONE)).run(10_000);
        two.deadTargets.add(1);
        two.run(10_000);
        two.deadTargets.clear();
        two.run(2_000);
        assertThat(two.effects).contains(new PathEffect.TargetSilent(1, false));
    }

    @Test
    void aQuorumOfOneIsEnough() {
        ScriptedPath two = new ScriptedPath(policy(2, 1));
        two.apply(new PathEvent.Started(PathCounters.NONE)).run(10_000);
        two.deadTargets.add(1);
        two.run(5_000);
        assertThat(two.count(PathEffect.PathDown.class)).isEqualTo(1);
    }

    @Test
    void aLossyPathNeedsALongerBurst() {
        assertThat(BurstLength.of(PathLives.POLICY, 0)).isEqualTo(15);
        assertThat(BurstLength.of(PathLives.POLICY, 21)).isBetween(30, 40);
        assertThat(BurstLength.of(PathLives.POLICY, 64)).isEqualTo(BurstLength.LONGEST);
    }

    @Test
    void theWaitFollowsRfc6298() {
        RttEstimator first = RttEstimator.NONE.with(100 * MILLI);
        assertThat(first).isEqualTo(new RttEstimator(100 * MILLI, 50 * MILLI, 1));
        RttEstimator second = first.with(180 * MILLI);
        assertThat(second.smoothedNanos()).isEqualTo(110 * MILLI);
        assertThat(second.variationNanos()).isEqualTo(57_500_000L);
        assertThat(second.lateNanos(PathLives.POLICY))
                .isEqualTo(110 * MILLI + 230 * MILLI + RttEstimator.LATENESS_NANOS);
    }

    @Test
    void promisedTimeIsTheSumOfItsParts() {
        DetectionTime time = DetectionTime.of(PathLives.POLICY, 10 * MILLI, 0, 0);
        // 50 of silence, 13 until late, 13 more probes 10 apart, 23 until lost, 10 that were under way.
        assertThat(time.silentNanos()).isEqualTo((50 + 13 + 13 * 10 + 23 + 10) * MILLI);
        assertThat(time.oneWayNanos() - time.silentNanos()).isEqualTo(50 * MILLI);
        assertThat(time.idleNanos()).isEqualTo((1_000 + 13 + 13 * 10 + 23 + 250 + 10) * MILLI);
    }

    @Test
    void statisticsForgetWhatIsFiveMinutesOld() {
        PathStatistics statistics = PathStatistics.EMPTY.with(true, false, 0).with(false, false, 0);
        assertThat(statistics.lost(0)).isEqualTo(1);
        assertThat(statistics.sent(299_000 * MILLI)).isEqualTo(2);
        assertThat(statistics.sent(301_000 * MILLI)).isZero();
        assertThat(statistics.with(false, false, 301_000 * MILLI).sent(301_000 * MILLI))
                .isEqualTo(1);
    }

    @Test
    void quantilesAndJitterAreThoseOfTheLastAnswers() {
        PathStatistics statistics = PathStatistics.EMPTY;
        for (int i = 1; i <= 20; i++) {
            statistics = statistics.withRoundTrip(i * MILLI);
        }
        assertThat(statistics.roundTripNanos(0.5)).isEqualTo(10 * MILLI);
        assertThat(statistics.roundTripNanos(0.95)).isEqualTo(19 * MILLI);
        assertThat((double) statistics.jitterNanos()).isCloseTo(0.7 * MILLI, within(0.1 * MILLI));
    }

    private static ProbePolicy policy(int targets, int quorum) {
        return new ProbePolicy(targets, quorum, 1_000 * MILLI, 50 * MILLI, 10 * MILLI, 1_000 * MILLI, 1e-10, 0.02);
    }
}
