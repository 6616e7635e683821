package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.FailoverEvent.DeadlineReached;
import io.twinspan.daemon.failover.FailoverEvent.Health;
import io.twinspan.daemon.failover.FailoverEvent.PeerSends;
import io.twinspan.daemon.failover.FailoverEvent.Released;
import io.twinspan.daemon.failover.FailoverEvent.SwitchRequested;
import io.twinspan.daemon.failover.FailoverPolicy.Mode;
import io.twinspan.daemon.failover.SwitchPlan.Cause;
import io.twinspan.daemon.liveness.HealthVerdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the package description, one by one. */
final class FailoverMachineTest {
    private static final long HOLD_DOWN = 60_000;
    private static final long MAX_HOLD_DOWN = 4 * HOLD_DOWN;
    private static final long FAIL_BACK = 300_000;

    private FailoverMachine machine = machine(Mode.ACTIVE_STANDBY, Deadline.NEVER);
    private final List<SwitchPlan> plans = new ArrayList<>();
    private FailoverState state = machine.initial();
    private long now = Long.MAX_VALUE - 100_000;

    private static FailoverMachine machine(Mode mode, long failBack) {
        return new FailoverMachine(new FailoverPolicy(mode, List.of(1, 2), 1, HOLD_DOWN, MAX_HOLD_DOWN, failBack));
    }

    @Test
    void refusesEverythingBeforeTheFirstTunnelIsUp() {
        assertThat(state.active()).isEqualTo(NO_TUNNEL);
        assertThat(state.redundant()).isFalse();
    }

    @Test
    void firstTunnelToComeUpTakesTheTrafficEvenIfNotPreferred() {
        up(2);
        assertThat(state.active()).isEqualTo(2);
        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan.cause()).isEqualTo(Cause.FIRST_USABLE));
    }

    @Test
    void preferredTunnelTakesOverWhenItComesUpForTheFirstTime() {
        up(2);
        up(1);
        assertThat(state.active()).isEqualTo(1);
        assertThat(plans.getLast().cause()).isEqualTo(Cause.PREFERRED);
        assertThat(state.redundant()).isTrue();
    }

    @Test
    void lossMovesTrafficAtOnce() {
        bothUp();
        down(1);
        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.from()).isEqualTo(1);
            assertThat(plan.to()).isEqualTo(2);
            assertThat(plan.cause()).isEqualTo(Cause.LOST);
        });
        assertThat(state.redundant()).isFalse();
    }

    @Test
    void lostTunnelComesBackAsStandbyAfterTheHoldDownAndTrafficStays() {
        bothUp();
        down(1);
        up(1);
        assertThat(state.redundant()).isFalse();
        assertThat(machine.nextDeadlineNanos(state)).isEqualTo(now + HOLD_DOWN);
        now += HOLD_DOWN;
        apply(new DeadlineReached());
        assertThat(state.active()).isEqualTo(2);
        assertThat(state.redundant()).isTrue();
        assertThat(machine.nextDeadlineNanos(state)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void heldDownTunnelStillServesWhereTheOtherIsLostToo() {
        bothUp();
        down(1);
        up(1);
        down(2);
        assertThat(state.active()).isEqualTo(1);
    }

    @Test
    void eachFurtherLossDoublesTheHoldDownUpToItsLimit() {
        bothUp();
        long expected = HOLD_DOWN;
        for (int loss = 1; loss <= 5; loss++) {
            down(1);
            up(1);
            assertThat(machine.nextDeadlineNanos(state)).isEqualTo(now + expected);
            now += 10;
            expected = Math.min(2 * expected, MAX_HOLD_DOWN);
        }
    }

    @Test
    void aTunnelThatKeptWellForLongIsForgiven() {
        bothUp();
        down(1);
        up(1);
        down(1);
        up(1);
        now += MAX_HOLD_DOWN;
        apply(new DeadlineReached());
        now += 2 * MAX_HOLD_DOWN;
        down(1);
        up(1);
        assertThat(machine.nextDeadlineNanos(state)).isEqualTo(now + HOLD_DOWN);
    }

    @Test
    void bothLostRefusesEverything() {
        bothUp();
        down(1);
        down(2);
        assertThat(state.active()).isEqualTo(NO_TUNNEL);
        assertThat(plans.getLast().to()).isEqualTo(NO_TUNNEL);
    }

    @Test
    void lossOfPacketsAloneMovesNothing() {
        bothUp();
        health(1, HealthVerdict.DEGRADED);
        assertThat(state.active()).isEqualTo(1);
        assertThat(plans).isEmpty();
        assertThat(state.redundant()).isTrue();
    }

    @Test
    void aDeadPathIsLeftAtOnceAlthoughItsSaStands() {
        bothUp();
        silent(1);
        assertThat(state.active()).isEqualTo(2);
        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan.cause()).isEqualTo(Cause.SILENT));
        assertThat(state.redundant()).isFalse();
        up(1);
        assertThat(state.redundant()).isFalse();
        now += HOLD_DOWN;
        apply(new DeadlineReached());
        assertThat(state.redundant()).isTrue();
    }

    @Test
    void whereBothPathsAreDeadTheTrafficStaysAsALastResort() {
        bothUp();
        silent(2);
        silent(1);
        assertThat(state.active()).isEqualTo(1);
        up(2);
        assertThat(state.active()).isEqualTo(2);
    }

    @Test
    void anSaOverADeadPathIsBetterThanNone() {
        bothUp();
        silent(2);
        down(1);
        assertThat(state.active()).isEqualTo(2);
        down(2);
        assertThat(state.active()).isEqualTo(NO_TUNNEL);
    }

    @Test
    void thePreferredTunnelTakesTheTrafficBackAfterTheQuietTime() {
        use(Mode.ACTIVE_STANDBY, FAIL_BACK);
        bothUp();
        down(1);
        up(1);
        now += HOLD_DOWN;
        apply(new DeadlineReached());
        assertThat(state.active()).isEqualTo(2);
        assertThat(machine.nextDeadlineNanos(state)).isEqualTo(now + FAIL_BACK);
        health(1, HealthVerdict.DEGRADED);
        assertThat(machine.nextDeadlineNanos(state)).isEqualTo(Deadline.NEVER);
        now += 10;
        up(1);
        now += FAIL_BACK;
        apply(new DeadlineReached());
        assertThat(state.active()).isEqualTo(1);
        assertThat(plans.getLast().cause()).isEqualTo(Cause.PREFERRED);
    }

    @Test
    void theOperatorsChoiceOutweighsThePreferenceUntilItIsReleased() {
        use(Mode.ACTIVE_STANDBY, FAIL_BACK);
        bothUp();
        apply(new SwitchRequested(2));
        now += 10 * FAIL_BACK;
        apply(new DeadlineReached());
        assertThat(state.active()).isEqualTo(2);
        apply(new Released());
        assertThat(state.active()).isEqualTo(1);
    }

    @Test
    void activeActiveSharesTheTrafficAndTheOtherTakesAllWhenOneIsLost() {
        use(Mode.ACTIVE_ACTIVE, Deadline.NEVER);
        up(2);
        up(1);
        assertThat(state.carrying()).containsExactly(1, 2);
        assertThat(plans.getLast().cause()).isEqualTo(Cause.JOINED);
        silent(1);
        assertThat(state.carrying()).containsExactly(2);
        assertThat(plans.getLast()).satisfies(plan -> {
            assertThat(plan.from()).isEqualTo(1);
            assertThat(plan.to()).isEqualTo(2);
            assertThat(plan.cause()).isEqualTo(Cause.SILENT);
        });
        up(1);
        assertThat(state.carrying()).containsExactly(2);
        now += HOLD_DOWN;
        apply(new DeadlineReached());
        assertThat(state.carrying()).containsExactly(1, 2);
    }

    @Test
    void followPeerSendsWhereThePeerSends() {
        use(Mode.FOLLOW_PEER, Deadline.NEVER);
        bothUp();
        apply(new PeerSends(2));
        assertThat(state.active()).isEqualTo(2);
        assertThat(plans.getLast().cause()).isEqualTo(Cause.FOLLOWED);
        silent(2);
        assertThat(state.active()).isEqualTo(1);
        up(2);
        assertThat(state.active()).describedAs("held down: not followed yet").isEqualTo(1);
        now += HOLD_DOWN;
        apply(new DeadlineReached());
        assertThat(state.active()).isEqualTo(2);
        apply(new PeerSends(1));
        assertThat(state.active()).isEqualTo(1);
    }

    @Test
    void changedPolicyDecidesAnewFromWhereTheTrafficIs() {
        bothUp();
        apply(new PeerSends(2));
        assertThat(state.active()).isEqualTo(1);
        machine = new FailoverMachine(new FailoverPolicy(Mode.FOLLOW_PEER, List.of(1, 2), 1, 0, 0, Deadline.NEVER));
        apply(new FailoverEvent.PolicyChanged());
        assertThat(state.active()).isEqualTo(2);
        assertThat(plans.getLast().cause()).isEqualTo(Cause.OPERATOR);
    }

    @Test
    void operatorMovesTrafficAndItStaysUntilThatTunnelIsLost() {
        bothUp();
        apply(new SwitchRequested(2));
        assertThat(plans)
                .singleElement()
                .satisfies(plan -> assertThat(plan.cause()).isEqualTo(Cause.OPERATOR));
        health(2, HealthVerdict.DEGRADED);
        assertThat(state.active()).isEqualTo(2);
        down(2);
        assertThat(state.active()).isEqualTo(1);
        assertThat(state.pinned()).isEqualTo(NO_TUNNEL);
    }

    @Test
    void operatorCannotMoveTrafficToATunnelThatIsDown() {
        up(1);
        FailoverState before = state;
        apply(new SwitchRequested(2));
        apply(new SwitchRequested(7));
        assertThat(state).isEqualTo(before);
    }

    @Test
    void newsAboutAForeignTunnelChangesNothing() {
        bothUp();
        FailoverState before = state;
        health(3, HealthVerdict.UP);
        assertThat(state).isEqualTo(before);
    }

    private void bothUp() {
        up(1);
        up(2);
        plans.clear();
    }

    private void use(Mode mode, long failBack) {
        machine = machine(mode, failBack);
        state = machine.initial();
    }

    /** The SA stands, the path is dead. */
    private void silent(int tunnel) {
        apply(new Health(tunnel, HealthVerdict.DOWN, true, "because"));
    }

    private void up(int tunnel) {
        health(tunnel, HealthVerdict.UP);
    }

    private void down(int tunnel) {
        health(tunnel, HealthVerdict.DOWN);
    }

    private void health(int tunnel, HealthVerdict verdict) {
        apply(new Health(tunnel, verdict, verdict != HealthVerdict.DOWN, "because"));
    }

    private void apply(FailoverEvent event) {
        FailoverStep step = machine.step(state, event, now);
        state = step.state();
        plans.addAll(step.plans());
    }
}
