package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.SwitchPlan.Cause;
import io.twinspan.daemon.failover.TunnelStanding.HeldDown;
import io.twinspan.daemon.failover.TunnelStanding.Ready;
import io.twinspan.daemon.failover.TunnelStanding.Silent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fail-over rules of one connection; see the package for their order. Pure, used on one thread. */
public final class FailoverMachine {
    private final FailoverPolicy policy;
    private final TunnelChoice choice;

    /** A machine that follows this policy. */
    public FailoverMachine(FailoverPolicy policy) {
        this.policy = policy;
        this.choice = new TunnelChoice(policy);
    }

    /** No tunnel is usable yet. */
    public FailoverState initial() {
        Map<Integer, TunnelStanding> standings = new HashMap<>();
        policy.tunnels().forEach(tunnel -> standings.put(tunnel, new TunnelStanding.Unusable(Flaps.NONE)));
        return new FailoverState(List.of(), NO_TUNNEL, NO_TUNNEL, standings);
    }

    /** Applies one event; news about a tunnel that is not ours changes nothing. */
    public FailoverStep step(FailoverState state, FailoverEvent event, long nowNanos) {
        return switch (event) {
            case FailoverEvent.Health health -> health(state, health, nowNanos);
            case FailoverEvent.SwitchRequested(int tunnel) -> switchRequested(state, tunnel, nowNanos);
            case FailoverEvent.Released() ->
                settle(state.pinned(NO_TUNNEL), "left to the policy again", Cause.OPERATOR, nowNanos);
            case FailoverEvent.PolicyChanged() -> settle(state, "another policy", Cause.OPERATOR, nowNanos);
            case FailoverEvent.PeerSends(int tunnel) -> peerSends(state, tunnel, nowNanos);
            case FailoverEvent.Renewed(int tunnel) -> renewed(state, tunnel);
            case FailoverEvent.DeadlineReached() ->
                settle(endHoldDowns(state, nowNanos), "quiet for long enough", Cause.PREFERRED, nowNanos);
        };
    }

    /** The next end of a hold-down or of the quiet time before traffic goes back, or {@code Deadline.NEVER}. */
    public long nextDeadlineNanos(FailoverState state) {
        long next = choice.failBackNanos(state);
        for (TunnelStanding standing : state.standings().values()) {
            if (standing instanceof HeldDown(long untilNanos, boolean _, Flaps _)) {
                next = Deadline.earlier(next, untilNanos);
            }
        }
        return next;
    }

    private FailoverStep health(FailoverState state, FailoverEvent.Health health, long nowNanos) {
        int tunnel = health.tunnel();
        if (!policy.tunnels().contains(tunnel)) {
            return new FailoverStep(state, List.of());
        }
        TunnelStanding after =
                Standings.after(state.standing(tunnel), health.verdict(), health.hasSa(), policy, nowNanos);
        boolean unpinned = !after.carries() && state.pinned() == tunnel;
        FailoverState next = with(state, tunnel, after).pinned(unpinned ? NO_TUNNEL : state.pinned());
        String reason = "tunnel " + tunnel + " is " + health.verdict().label() + ": " + health.reason();
        return settle(endHoldDowns(next, nowNanos), reason, Cause.PREFERRED, nowNanos);
    }

    private FailoverStep switchRequested(FailoverState state, int tunnel, long nowNanos) {
        if (!policy.tunnels().contains(tunnel) || !state.standing(tunnel).carries()) {
            return new FailoverStep(state, List.of());
        }
        return settle(state.pinned(tunnel), "operator's request", Cause.OPERATOR, nowNanos);
    }

    private FailoverStep renewed(FailoverState state, int tunnel) {
        boolean away = policy.tunnels().contains(tunnel) && state.standing(tunnel) instanceof TunnelStanding.Unusable;
        return new FailoverStep(away ? with(state, tunnel, new TunnelStanding.Unusable(Flaps.NONE)) : state, List.of());
    }

    private FailoverStep peerSends(FailoverState state, int tunnel, long nowNanos) {
        return policy.tunnels().contains(tunnel)
                ? settle(state.peerSends(tunnel), "the peer sends through tunnel " + tunnel, Cause.FOLLOWED, nowNanos)
                : new FailoverStep(state, List.of());
    }

    private FailoverState endHoldDowns(FailoverState state, long nowNanos) {
        FailoverState next = state;
        for (int tunnel : policy.tunnels()) {
            if (next.standing(tunnel) instanceof HeldDown(long untilNanos, boolean lossy, Flaps flaps)
                    && Deadline.isDue(untilNanos, nowNanos)) {
                next = with(next, tunnel, new Ready(nowNanos, lossy, flaps));
            }
        }
        return next;
    }

    /**
     * Decides where the traffic belongs now and plans the move where it is elsewhere.
     *
     * @param otherwise the cause of a move for which nothing broke
     */
    private FailoverStep settle(FailoverState state, String reason, Cause otherwise, long nowNanos) {
        List<Integer> best = choice.of(state, nowNanos);
        if (best.equals(state.carrying())) {
            return new FailoverStep(state, List.of());
        }
        SwitchPlan plan = new SwitchPlan(
                firstNotIn(best, state.carrying()),
                firstNotIn(state.carrying(), best),
                best,
                cause(state, best, otherwise),
                reason);
        return new FailoverStep(state.carrying(best), List.of(plan));
    }

    private Cause cause(FailoverState state, List<Integer> best, Cause otherwise) {
        if (state.carrying().isEmpty()) {
            return Cause.FIRST_USABLE;
        }
        for (int tunnel : state.carrying()) {
            TunnelStanding standing = state.standing(tunnel);
            if (!standing.carries() && !best.contains(tunnel)) {
                return standing instanceof Silent ? Cause.SILENT : Cause.LOST;
            }
        }
        boolean joined = otherwise == Cause.PREFERRED && best.containsAll(state.carrying());
        return joined ? Cause.JOINED : otherwise;
    }

    /** The first of some tunnels that is not among others, else the first, else none. */
    private static int firstNotIn(List<Integer> others, List<Integer> some) {
        return some.stream()
                .filter(tunnel -> !others.contains(tunnel))
                .findFirst()
                .orElse(some.isEmpty() ? NO_TUNNEL : some.getFirst());
    }

    private static FailoverState with(FailoverState state, int tunnel, TunnelStanding standing) {
        Map<Integer, TunnelStanding> standings = new HashMap<>(state.standings());
        standings.put(tunnel, standing);
        return new FailoverState(state.carrying(), state.pinned(), state.peerSends(), standings);
    }
}
