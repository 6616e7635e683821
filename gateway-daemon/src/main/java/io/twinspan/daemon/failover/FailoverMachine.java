package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.SwitchPlan.Cause;
import io.twinspan.daemon.liveness.HealthVerdict;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fail-over rules of one connection; see the package for their order. Pure, used on one thread. */
public final class FailoverMachine {
    private final FailoverPolicy policy;

    /** A machine that follows this policy. */
    public FailoverMachine(FailoverPolicy policy) {
        this.policy = policy;
    }

    /** No tunnel is usable yet. */
    public FailoverState initial() {
        Map<Integer, TunnelStanding> standings = new HashMap<>();
        policy.tunnels().forEach(tunnel -> standings.put(tunnel, new TunnelStanding.Unusable(true)));
        return new FailoverState(NO_TUNNEL, NO_TUNNEL, standings);
    }

    /** Applies one event; news about a tunnel that is not ours changes nothing. */
    public FailoverStep step(FailoverState state, FailoverEvent event, long nowNanos) {
        return switch (event) {
            case FailoverEvent.Health(int tunnel, HealthVerdict verdict, String reason) ->
                policy.tunnels().contains(tunnel)
                        ? health(state, tunnel, verdict, reason, nowNanos)
                        : new FailoverStep(state, List.of());
            case FailoverEvent.SwitchRequested(int tunnel) -> switchRequested(state, tunnel);
            case FailoverEvent.DeadlineReached() -> settle(endHoldDowns(state, nowNanos), "hold-down over");
        };
    }

    /** The next end of a hold-down, or {@code Deadline.NEVER}. */
    public long nextDeadlineNanos(FailoverState state) {
        long next = Deadline.NEVER;
        for (TunnelStanding standing : state.standings().values()) {
            if (standing instanceof TunnelStanding.HeldDown(long untilNanos, boolean _)) {
                next = Deadline.earlier(next, untilNanos);
            }
        }
        return next;
    }

    private FailoverStep health(FailoverState state, int tunnel, HealthVerdict verdict, String reason, long nowNanos) {
        TunnelStanding after = standing(state.standing(tunnel), verdict, nowNanos);
        boolean unpinned = !after.usable() && state.pinned() == tunnel;
        FailoverState next = with(state, tunnel, after, unpinned ? NO_TUNNEL : state.pinned());
        return settle(endHoldDowns(next, nowNanos), "tunnel " + tunnel + " is " + verdict.label() + ": " + reason);
    }

    private TunnelStanding standing(TunnelStanding before, HealthVerdict verdict, long nowNanos) {
        boolean suspected = verdict == HealthVerdict.DEGRADED;
        return switch (before) {
            case TunnelStanding.Unusable unusable when verdict == HealthVerdict.DOWN -> unusable;
            case TunnelStanding.Unusable(boolean fresh) ->
                fresh
                        ? new TunnelStanding.Ready(!suspected, suspected)
                        : new TunnelStanding.HeldDown(nowNanos + policy.holdDownNanos(), suspected);
            case TunnelStanding.HeldDown _, TunnelStanding.Ready _
            when verdict == HealthVerdict.DOWN -> new TunnelStanding.Unusable(false);
            case TunnelStanding.HeldDown(long untilNanos, boolean _) ->
                new TunnelStanding.HeldDown(untilNanos, suspected);
            case TunnelStanding.Ready(boolean fresh, boolean _) ->
                new TunnelStanding.Ready(fresh && !suspected, suspected);
        };
    }

    private FailoverStep switchRequested(FailoverState state, int tunnel) {
        if (!policy.tunnels().contains(tunnel) || !state.standing(tunnel).usable()) {
            return new FailoverStep(state, List.of());
        }
        FailoverState next = new FailoverState(tunnel, tunnel, state.standings());
        return state.active() == tunnel
                ? new FailoverStep(next, List.of())
                : new FailoverStep(
                        next, List.of(new SwitchPlan(state.active(), tunnel, Cause.OPERATOR, "operator's request")));
    }

    private FailoverState endHoldDowns(FailoverState state, long nowNanos) {
        FailoverState next = state;
        for (int tunnel : policy.tunnels()) {
            if (next.standing(tunnel) instanceof TunnelStanding.HeldDown(long untilNanos, boolean suspected)
                    && Deadline.isDue(untilNanos, nowNanos)) {
                next = with(next, tunnel, new TunnelStanding.Ready(false, suspected), next.pinned());
            }
        }
        return next;
    }

    /** Decides where the traffic belongs now and plans the move where it is elsewhere. */
    private FailoverStep settle(FailoverState state, String reason) {
        int best = choose(state);
        if (best == state.active()) {
            return new FailoverStep(state, List.of());
        }
        SwitchPlan plan = new SwitchPlan(state.active(), best, cause(state, best), reason);
        return new FailoverStep(new FailoverState(best, state.pinned(), state.standings()), List.of(plan));
    }

    private int choose(FailoverState state) {
        int best = policy.tunnels().stream()
                .min(Comparator.comparingInt(
                                (Integer tunnel) -> state.standing(tunnel).rank())
                        .thenComparing(tunnel -> tunnel != policy.preferredTunnel())
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        if (!state.standing(best).usable()) {
            return NO_TUNNEL;
        }
        if (state.active() == NO_TUNNEL || !state.standing(state.active()).usable()) {
            return best;
        }
        return mayLeave(state, best) ? best : state.active();
    }

    /** The active tunnel is usable: is there reason enough to leave it for this one? */
    private boolean mayLeave(FailoverState state, int best) {
        if (state.pinned() == state.active()) {
            return false;
        }
        // A held-down tunnel never takes over from one that works, however suspected that one is.
        if (!(state.standing(best) instanceof TunnelStanding.Ready(boolean fresh, boolean suspected)) || suspected) {
            return false;
        }
        return isSuspected(state.standing(state.active())) || (fresh && best == policy.preferredTunnel());
    }

    private static boolean isSuspected(TunnelStanding standing) {
        return switch (standing) {
            case TunnelStanding.Ready(boolean _, boolean suspected) -> suspected;
            case TunnelStanding.HeldDown(long _, boolean suspected) -> suspected;
            case TunnelStanding.Unusable _ -> true;
        };
    }

    private static Cause cause(FailoverState state, int best) {
        if (best == NO_TUNNEL) {
            return Cause.LOST;
        }
        if (state.active() == NO_TUNNEL) {
            return Cause.FIRST_USABLE;
        }
        TunnelStanding active = state.standing(state.active());
        if (!active.usable()) {
            return Cause.LOST;
        }
        return isSuspected(active) ? Cause.SUSPECTED : Cause.PREFERRED;
    }

    private static FailoverState with(FailoverState state, int tunnel, TunnelStanding standing, int pinned) {
        Map<Integer, TunnelStanding> standings = new HashMap<>(state.standings());
        standings.put(tunnel, standing);
        return new FailoverState(state.active(), pinned, standings);
    }
}
