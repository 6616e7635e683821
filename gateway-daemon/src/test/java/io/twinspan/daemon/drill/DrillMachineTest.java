package io.twinspan.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DrillMachineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    /** A drill on a clock of its own; what it sees is set by the test. */
    private static final class Stage {
        private final List<DrillEffect> effects = new ArrayList<>();
        private DrillState state;
        private long now = -5 * SECOND;
        private int active = 1;
        private boolean testedUsable = true;
        private boolean otherUsable = true;
        private long silence = MILLI;
        private int standbyAnswers = 20;
        private int targetAnswers = 1;
        private long usersStill;

        Stage(DrillScenario scenario) {
            this(scenario, 0);
        }

        Stage(DrillScenario scenario, int tunnel) {
            int tested = tunnel == 0 ? 1 : tunnel;
            DrillOrder order = new DrillOrder(scenario, "prod", tunnel, 20 * SECOND, SECOND, 200, "");
            state = DrillMachine.begin(new DrillPlan(order, tested, 3 - tested, tested == 1), now);
        }

        void look() {
            now += DrillMachine.LOOK_NANOS;
            step(new DrillEvent.Looked(new DrillView(
                    active,
                    testedUsable,
                    "tested",
                    otherUsable,
                    "other",
                    silence,
                    100,
                    standbyAnswers,
                    3,
                    targetAnswers,
                    usersStill)));
        }

        void step(DrillEvent event) {
            DrillStep step = DrillMachine.step(state, event, now);
            state = step.state();
            effects.addAll(step.effects());
        }

        void pass(long nanos) {
            long end = now + nanos;
            while (now < end) {
                look();
            }
        }

        void untilInjecting() {
            pass(2 * SECOND);
            assertThat(state).isInstanceOf(DrillState.Injecting.class);
        }

        DrillEnding ending() {
            return ((DrillState.Done) state).ending();
        }
    }

    @Test
    void aBlackHoleLastsItsTimeAndIsTakenAwayThenMeasuredToTheEnd() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.pass(SECOND);
        assertThat(stage.effects).describedAs("first the flow has to stand").isEmpty();
        stage.pass(SECOND);
        assertThat(stage.effects)
                .containsExactly(
                        new DrillEffect.Begin(), new DrillEffect.Impair(new DrillScenario.Blackhole().fault()));
        stage.effects.clear();
        stage.pass(19 * SECOND);
        assertThat(stage.effects).isEmpty();
        stage.pass(SECOND);
        assertThat(stage.effects.getFirst()).isEqualTo(new DrillEffect.Restore());
        stage.pass(4 * SECOND);
        assertThat(stage.effects).contains(new DrillEffect.StopFlow());
        assertThat(stage.effects.getLast()).isEqualTo(new DrillEffect.Finish(DrillEnding.COMPLETE));
        assertThat(stage.state).isInstanceOf(DrillState.Done.class);
    }

    @Test
    void nothingIsTouchedWhereTheStandbyDoesNotAnswer() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.standbyAnswers = 7;
        stage.pass(5 * SECOND);
        assertThat(stage.effects).hasSize(2).first().isEqualTo(new DrillEffect.StopFlow());
        assertThat(stage.ending().kind()).isEqualTo(DrillEnding.Kind.FAILED);
        assertThat(stage.ending().reason()).contains("nothing was touched", "tunnel 2", "answered 7 probes only");
    }

    @Test
    void nothingIsTouchedWhereTheFlowItselfIsNotAnswered() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.silence = SECOND;
        stage.pass(5 * SECOND);
        assertThat(stage.ending().reason()).contains("nothing was touched", "are not answered");
        assertThat(stage.effects).noneMatch(effect -> effect instanceof DrillEffect.Impair);
    }

    @Test
    void nothingIsTouchedWhereTheStandbyIsLostMeanwhile() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.pass(SECOND);
        stage.otherUsable = false;
        stage.look();
        assertThat(stage.ending().reason()).contains("nothing was touched", "tunnel 2 is other");
    }

    @Test
    void anOutageBeyondTheLimitEndsItEarly() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.untilInjecting();
        stage.silence = SECOND;
        stage.pass(SECOND);
        assertThat(stage.state).isInstanceOf(DrillState.Injecting.class);
        stage.silence = SECOND + 1;
        stage.effects.clear();
        stage.look();
        assertThat(stage.effects.getFirst()).isEqualTo(new DrillEffect.Restore());
        stage.silence = MILLI;
        stage.pass(5 * SECOND);
        assertThat(stage.ending().kind()).isEqualTo(DrillEnding.Kind.OVER_LIMIT);
        assertThat(DrillVerdict.of(stage.ending(), 0, SECOND)).isEqualTo(DrillVerdict.MISSED);
    }

    @Test
    void nothingIsTouchedWhereTheTargetDoesNotAnswer() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.targetAnswers = 0;
        stage.pass(5 * SECOND);
        assertThat(stage.ending().reason()).contains("nothing was touched", "does not answer");
    }

    @Test
    void usersWhoHearNothingForLongerThanAwsNeedsEndItEarly() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.untilInjecting();
        stage.usersStill = 45 * SECOND;
        stage.look();
        assertThat(stage.state).isInstanceOf(DrillState.Injecting.class);
        stage.usersStill = 45 * SECOND + 1;
        stage.effects.clear();
        stage.look();
        assertThat(stage.effects.getFirst()).isEqualTo(new DrillEffect.Restore());
    }

    @Test
    void aLongerPathIsNoOutage() {
        Stage stage = new Stage(new DrillScenario.Latency(500));
        stage.untilInjecting();
        stage.silence = 2 * SECOND;
        stage.pass(SECOND);
        assertThat(stage.state).isInstanceOf(DrillState.Injecting.class);
        stage.silence = 2 * SECOND + 1;
        stage.look();
        assertThat(stage.state).isInstanceOf(DrillState.Recovering.class);
    }

    @Test
    void theLossOfTheStandbyEndsItEarly() {
        Stage stage = new Stage(new DrillScenario.Loss(30));
        stage.untilInjecting();
        stage.effects.clear();
        stage.otherUsable = false;
        stage.look();
        assertThat(stage.effects.getFirst()).isEqualTo(new DrillEffect.Restore());
        stage.otherUsable = true;
        stage.pass(5 * SECOND);
        assertThat(stage.ending().kind()).isEqualTo(DrillEnding.Kind.FAILED);
        assertThat(stage.ending().reason()).contains("tunnel 2, which stands by, is other");
    }

    @Test
    void aStopRestoresAtOnceAndCountsAsAborted() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.untilInjecting();
        stage.effects.clear();
        stage.step(new DrillEvent.Stopped("stopped by the operator"));
        assertThat(stage.effects.getFirst()).isEqualTo(new DrillEffect.Restore());
        stage.pass(5 * SECOND);
        assertThat(stage.ending()).isEqualTo(new DrillEnding(DrillEnding.Kind.STOPPED, "stopped by the operator"));
        assertThat(DrillVerdict.of(stage.ending(), 0, SECOND)).isEqualTo(DrillVerdict.ABORTED);
    }

    @Test
    void aStopBeforeTheFaultTouchesNothing() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.step(new DrillEvent.Stopped("gone"));
        assertThat(stage.effects).hasSize(2).first().isEqualTo(new DrillEffect.StopFlow());
        assertThat(stage.state).isInstanceOf(DrillState.Done.class);
    }

    @Test
    void aTunnelThatDoesNotComeBackFails() {
        Stage stage = new Stage(new DrillScenario.Blackhole());
        stage.untilInjecting();
        stage.testedUsable = false;
        stage.active = 2;
        stage.pass(20 * SECOND + 62 * SECOND);
        assertThat(stage.ending().kind()).isEqualTo(DrillEnding.Kind.FAILED);
        assertThat(stage.ending().reason()).isEqualTo("tunnel 1 is not back after 60 s: tested");
    }

    @Test
    void aPlannedMoveGoesThereAndHalfWayBack() {
        Stage stage = new Stage(new DrillScenario.Planned());
        stage.untilInjecting();
        assertThat(stage.effects).containsExactly(new DrillEffect.Begin(), new DrillEffect.SwitchTo(2));
        stage.effects.clear();
        stage.pass(9 * SECOND);
        assertThat(stage.effects).isEmpty();
        stage.pass(2 * SECOND);
        assertThat(stage.effects).containsExactly(new DrillEffect.SwitchTo(1));
    }

    @Test
    void aPlannedMoveThatIsStoppedOnTheOtherSideGoesBack() {
        Stage stage = new Stage(new DrillScenario.Planned());
        stage.untilInjecting();
        stage.effects.clear();
        stage.step(new DrillEvent.Stopped("gone"));
        assertThat(stage.effects).startsWith(new DrillEffect.Restore(), new DrillEffect.SwitchTo(1));
    }

    @Test
    void aDeleteWaitsUntilTheTrafficHasMovedAndComesUpAgainInAnyCase() {
        Stage stage = new Stage(new DrillScenario.PeerDelete());
        stage.untilInjecting();
        assertThat(stage.effects).containsExactly(new DrillEffect.Begin(), new DrillEffect.SwitchTo(2));
        stage.active = 2;
        stage.look();
        assertThat(stage.effects).endsWith(new DrillEffect.Delete());
        stage.step(new DrillEvent.Stopped("gone"));
        assertThat(stage.effects).contains(new DrillEffect.Reconnect());
    }

    @Test
    void aDeleteOfTheStandbyMovesNothing() {
        Stage stage = new Stage(new DrillScenario.PeerDelete(), 2);
        stage.untilInjecting();
        stage.pass(3 * SECOND);
        assertThat(stage.effects)
                .containsExactly(new DrillEffect.Begin(), new DrillEffect.Delete(), new DrillEffect.Reconnect());
    }

    @Test
    void aRekeyStormReplacesKeysEverySecondAndTheIkeSaEveryFifthTime() {
        Stage stage = new Stage(new DrillScenario.RekeyStorm());
        stage.untilInjecting();
        stage.pass(18 * SECOND);
        long child = stage.effects.stream()
                .filter(it -> it.equals(new DrillEffect.Rekey(false)))
                .count();
        long ike = stage.effects.stream()
                .filter(it -> it.equals(new DrillEffect.Rekey(true)))
                .count();
        assertThat(child).isBetween(14L, 16L);
        assertThat(ike).isEqualTo(3);
    }

    /** Whatever is seen and whoever stops it: what was broken is restored, exactly one end, and always one. */
    @Property(tries = 300)
    void everyLifeEndsOnceAndNoFaultOutlivesIt(@ForAll long seed) {
        Random random = new Random(seed);
        DrillScenario scenario = DrillCatalogue.ALL.get(random.nextInt(DrillCatalogue.ALL.size() - 1));
        Stage stage = new Stage(scenario, 1 + random.nextInt(2));
        for (int i = 0; i < 12_000; i++) {
            if (random.nextInt(200) == 0) {
                stage.otherUsable = random.nextInt(20) != 0;
                stage.testedUsable = random.nextBoolean();
                stage.active = random.nextInt(3);
                stage.silence = random.nextInt(30) == 0 ? 2 * SECOND : MILLI;
            }
            if (random.nextInt(5_000) == 0) {
                stage.step(new DrillEvent.Stopped("chance"));
            }
            stage.look();
        }
        assertThat(stage.state).isInstanceOf(DrillState.Done.class);
        assertThat(stage.effects.stream().filter(it -> it instanceof DrillEffect.Finish))
                .hasSize(1);
        assertThat(stage.effects.getLast()).isInstanceOf(DrillEffect.Finish.class);
        boolean broken = false;
        boolean deleted = false;
        for (DrillEffect effect : stage.effects) {
            broken = effect instanceof DrillEffect.Impair || (broken && !(effect instanceof DrillEffect.Restore));
            deleted = effect instanceof DrillEffect.Delete || (deleted && !(effect instanceof DrillEffect.Reconnect));
        }
        assertThat(broken).isFalse();
        assertThat(deleted).isFalse();
    }
}
