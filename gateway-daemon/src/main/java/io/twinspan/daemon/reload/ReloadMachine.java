package io.twinspan.daemon.reload;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.reload.ReloadState.Applying;
import io.twinspan.daemon.reload.ReloadState.AwaitingConfirmation;
import io.twinspan.daemon.reload.ReloadState.Idle;
import io.twinspan.daemon.reload.ReloadState.RollingBack;
import java.util.List;

/** The life of a change of the configuration; one at a time. Pure. */
public final class ReloadMachine {
    private static final ReloadEffect NOTHING_TO_CONFIRM =
            new ReloadEffect.Refuse("no change waits for a confirmation", "'twinspan config diff' shows what differs");

    private ReloadMachine() {}

    /** Nothing is being changed. */
    public static ReloadState initial() {
        return new Idle();
    }

    /** When {@link ReloadEvent.DeadlineReached} is due, or {@code Deadline.NEVER}. */
    public static long nextDeadlineNanos(ReloadState state) {
        return state instanceof AwaitingConfirmation(String _, long deadlineNanos) ? deadlineNanos : Deadline.NEVER;
    }

    /** Takes an event in. */
    public static ReloadStep step(ReloadState state, ReloadEvent event, long nowNanos) {
        return switch (event) {
            case ReloadEvent.Requested(String by, long confirmNanos) -> requested(state, by, confirmNanos);
            case ReloadEvent.Applied() -> applied(state, nowNanos);
            case ReloadEvent.Failed(String reason) ->
                state instanceof Applying(String by, long _) ? rollBack(by, reason) : stay(state);
            case ReloadEvent.Confirmed(String by) ->
                state instanceof AwaitingConfirmation
                        ? new ReloadStep(new Idle(), List.of(new ReloadEffect.Keep(by)))
                        : refused(state, state instanceof Idle ? NOTHING_TO_CONFIRM : busy(state));
            case ReloadEvent.RollbackRequested(String by) -> rollbackRequested(state, by);
            case ReloadEvent.RolledBack() ->
                state instanceof RollingBack(String by, String reason)
                        ? new ReloadStep(new Idle(), List.of(new ReloadEffect.TellRolledBack(by, reason)))
                        : stay(state);
            case ReloadEvent.DeadlineReached() ->
                state instanceof AwaitingConfirmation(String by, long deadlineNanos)
                                && Deadline.isDue(deadlineNanos, nowNanos)
                        ? rollBack(by, "nobody confirmed it in time")
                        : stay(state);
        };
    }

    private static ReloadStep requested(ReloadState state, String by, long confirmNanos) {
        return state instanceof Idle
                ? new ReloadStep(new Applying(by, confirmNanos), List.of(new ReloadEffect.Apply(by)))
                : refused(state, busy(state));
    }

    private static ReloadStep applied(ReloadState state, long nowNanos) {
        if (!(state instanceof Applying(String by, long confirmNanos))) {
            return stay(state);
        }
        return confirmNanos == 0
                ? new ReloadStep(new Idle(), List.of(new ReloadEffect.Keep(by)))
                : new ReloadStep(
                        new AwaitingConfirmation(by, nowNanos + confirmNanos),
                        List.of(new ReloadEffect.TellOnTrial(by, confirmNanos)));
    }

    private static ReloadStep rollbackRequested(ReloadState state, String by) {
        return switch (state) {
            case Idle _ -> new ReloadStep(new Applying(by, 0), List.of(new ReloadEffect.ApplyPrevious(by)));
            case AwaitingConfirmation(String asker, long _) -> rollBack(asker, "asked for by " + by);
            case Applying _, RollingBack _ -> refused(state, busy(state));
        };
    }

    private static ReloadStep rollBack(String by, String reason) {
        return new ReloadStep(new RollingBack(by, reason), List.of(new ReloadEffect.RollBack(by, reason)));
    }

    private static ReloadEffect busy(ReloadState state) {
        return switch (state) {
            case Applying(String by, long _) ->
                new ReloadEffect.Refuse("a change asked for by " + by + " is being applied", "wait until it is done");
            case AwaitingConfirmation(String by, long _) ->
                new ReloadEffect.Refuse(
                        "a change asked for by " + by + " waits for its confirmation",
                        "'twinspan config confirm' keeps it, 'twinspan config rollback' undoes it");
            case RollingBack(String by, String _) ->
                new ReloadEffect.Refuse(
                        "a change asked for by " + by + " is being rolled back", "wait until it is done");
            case Idle _ -> NOTHING_TO_CONFIRM;
        };
    }

    private static ReloadStep refused(ReloadState state, ReloadEffect refusal) {
        return new ReloadStep(state, List.of(refusal));
    }

    private static ReloadStep stay(ReloadState state) {
        return new ReloadStep(state, List.of());
    }
}
