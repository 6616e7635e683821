package io.twinspan.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.time.Deadline;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A change is applied, and kept or undone; never two at a time, and never one that nobody confirmed in time. */
class ReloadMachineTest {
    private static final long NOW = 1_000_000;
    private static final long MINUTE = 60_000_000_000L;

    private ReloadState state = ReloadMachine.initial();

    @Test
    void aChangeWithoutConfirmationStaysOnceItIsApplied() {
        assertThat(after(new ReloadEvent.Requested("root", 0))).containsExactly(new ReloadEffect.Apply("root"));
        assertThat(after(new ReloadEvent.Applied())).containsExactly(new ReloadEffect.Keep("root"));
        assertThat(state).isEqualTo(new ReloadState.Idle());
    }

    @Test
    void aChangeOnTrialStaysOnceItIsConfirmed() {
        onTrial();
        assertThat(after(new ReloadEvent.Confirmed("other"))).containsExactly(new ReloadEffect.Keep("other"));
        assertThat(state).isEqualTo(new ReloadState.Idle());
        assertThat(ReloadMachine.nextDeadlineNanos(state)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void aChangeOnTrialIsUndoneWhenItsTimeIsOverAndNotBefore() {
        onTrial();
        assertThat(ReloadMachine.nextDeadlineNanos(state)).isEqualTo(NOW + MINUTE);
        assertThat(ReloadMachine.step(state, new ReloadEvent.DeadlineReached(), NOW + MINUTE - 1)
                        .effects())
                .isEmpty();
        assertThat(ReloadMachine.step(state, new ReloadEvent.DeadlineReached(), NOW + MINUTE)
                        .effects())
                .containsExactly(new ReloadEffect.RollBack("root", "nobody confirmed it in time"));
    }

    @Test
    void whatDoesNotComeBackIsUndone() {
        after(new ReloadEvent.Requested("root", MINUTE));
        assertThat(after(new ReloadEvent.Failed("tunnel prod/2 did not come back")))
                .containsExactly(new ReloadEffect.RollBack("root", "tunnel prod/2 did not come back"));
        assertThat(after(new ReloadEvent.RolledBack()))
                .containsExactly(new ReloadEffect.TellRolledBack("root", "tunnel prod/2 did not come back"));
        assertThat(state).isEqualTo(new ReloadState.Idle());
    }

    @Test
    void aSecondChangeDuringOneIsRefusedAndChangesNothing() {
        for (ReloadState busy : List.of(
                new ReloadState.Applying("root", 0),
                new ReloadState.AwaitingConfirmation("root", NOW + MINUTE),
                new ReloadState.RollingBack("root", "why"))) {
            ReloadStep step = ReloadMachine.step(busy, new ReloadEvent.Requested("other", 0), NOW);
            assertThat(step.state()).isEqualTo(busy);
            assertThat(step.effects()).singleElement().isInstanceOf(ReloadEffect.Refuse.class);
        }
    }

    @Test
    void aRollbackUndoesTheTrialElseGoesToTheConfigurationBefore() {
        assertThat(after(new ReloadEvent.RollbackRequested("root")))
                .containsExactly(new ReloadEffect.ApplyPrevious("root"));
        after(new ReloadEvent.Applied());
        onTrial();
        assertThat(after(new ReloadEvent.RollbackRequested("other")))
                .containsExactly(new ReloadEffect.RollBack("root", "asked for by other"));
    }

    @Test
    void nothingToConfirmIsSaid() {
        assertThat(after(new ReloadEvent.Confirmed("root")))
                .singleElement()
                .isInstanceOfSatisfying(
                        ReloadEffect.Refuse.class,
                        refusal -> assertThat(refusal.message()).isEqualTo("no change waits for a confirmation"));
    }

    @Property(tries = 500)
    void everyApplyEndsInExactlyOneOfKeptAndRolledBack(@ForAll long seed) {
        Random random = new Random(seed);
        ReloadState now = ReloadMachine.initial();
        int applied = 0;
        int settled = 0;
        for (int i = 0; i < 200; i++) {
            ReloadEvent event = switch (random.nextInt(7)) {
                case 0 -> new ReloadEvent.Requested("a", random.nextInt(3));
                case 1 -> new ReloadEvent.Applied();
                case 2 -> new ReloadEvent.Failed("b");
                case 3 -> new ReloadEvent.Confirmed("c");
                case 4 -> new ReloadEvent.RollbackRequested("d");
                case 5 -> new ReloadEvent.RolledBack();
                default -> new ReloadEvent.DeadlineReached();
            };
            ReloadStep step = ReloadMachine.step(now, event, i);
            now = step.state();
            for (ReloadEffect effect : step.effects()) {
                boolean begins = effect instanceof ReloadEffect.Apply || effect instanceof ReloadEffect.ApplyPrevious;
                boolean ends = effect instanceof ReloadEffect.Keep || effect instanceof ReloadEffect.TellRolledBack;
                applied += begins ? 1 : 0;
                settled += ends ? 1 : 0;
            }
            assertThat(applied - settled).isEqualTo(now instanceof ReloadState.Idle ? 0 : 1);
        }
    }

    private void onTrial() {
        after(new ReloadEvent.Requested("root", MINUTE));
        assertThat(after(new ReloadEvent.Applied())).containsExactly(new ReloadEffect.TellOnTrial("root", MINUTE));
    }

    private List<ReloadEffect> after(ReloadEvent event) {
        ReloadStep step = ReloadMachine.step(state, event, NOW);
        state = step.state();
        return step.effects();
    }
}
