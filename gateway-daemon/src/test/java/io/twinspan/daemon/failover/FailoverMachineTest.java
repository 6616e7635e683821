package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.FailoverEvent.DeadlineReached;
import io.twinspan.daemon.failover.FailoverEvent.Health;
import io.twinspan.daemon.failover.FailoverEvent.SwitchRequested;
import io.twinspan.daemon.failover.SwitchPlan.Cause;
import io.twinspan.daemon.liveness.HealthVerdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the package description, one by one. */
final class FailoverMachineTest {
    private static final long HOLD_DOWN = 60_000;

    private final FailoverMachine machine = new FailoverMachine(new FailoverPolicy(List.of(1, 2), 1, HOLD_DOWN));
    private final List<SwitchPlan> plans = new ArrayList<>();
    private FailoverState state = machine.initial();
    private long now = Long.MAX_VALUE - 100_000;

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
    void flappingTunnelDoesNotShortenItsHoldDown() {
        bothUp();
        down(1);
        up(1);
        now += HOLD_DOWN - 1;
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
    void suspicionMovesTrafficToAHealthyTunnelAndItDoesNotMoveBack() {
        bothUp();
        health(1, HealthVerdict.DEGRADED);
        assertThat(state.active()).isEqualTo(2);
        assertThat(plans.getLast().cause()).isEqualTo(Cause.SUSPECTED);
        up(1);
        assertThat(state.active()).isEqualTo(2);
        assertThat(state.redundant()).isTrue();
    }

    @Test
    void suspicionOfBothMovesNothing() {
        bothUp();
        health(2, HealthVerdict.DEGRADED);
        health(1, HealthVerdict.DEGRADED);
        assertThat(state.active()).isEqualTo(1);
        assertThat(plans).isEmpty();
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

    private void up(int tunnel) {
        health(tunnel, HealthVerdict.UP);
    }

    private void down(int tunnel) {
        health(tunnel, HealthVerdict.DOWN);
    }

    private void health(int tunnel, HealthVerdict verdict) {
        apply(new Health(tunnel, verdict, "because"));
    }

    private void apply(FailoverEvent event) {
        FailoverStep step = machine.step(state, event, now);
        state = step.state();
        plans.addAll(step.plans());
    }
}
