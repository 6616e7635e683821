package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.TunnelStanding.Ready;
import io.twinspan.daemon.failover.TunnelStanding.Silent;
import io.twinspan.daemon.failover.TunnelStanding.Unusable;
import java.util.Comparator;
import java.util.List;

/** Which tunnels are to carry the traffic, given what is known of them. Pure. */
final class TunnelChoice {
    private final FailoverPolicy policy;

    TunnelChoice(FailoverPolicy policy) {
        this.policy = policy;
    }

    /** The tunnels that are to carry the traffic, in order; empty to refuse it. */
    List<Integer> of(FailoverState state, long nowNanos) {
        if (state.pinned() != NO_TUNNEL) {
            return List.of(state.pinned());
        }
        return switch (policy.mode()) {
            case ACTIVE_STANDBY -> one(activeOrStandby(state, nowNanos));
            case ACTIVE_ACTIVE -> shared(state);
            case FOLLOW_PEER -> one(followed(state));
        };
    }

    /** When traffic may go back to the preferred tunnel, as things stand; {@code Deadline.NEVER} where it may not. */
    long failBackNanos(FailoverState state) {
        boolean wanted = policy.failsBack()
                && state.pinned() == NO_TUNNEL
                && !state.carrying().isEmpty()
                && !state.carrying().contains(policy.preferredTunnel());
        return wanted
                        && state.standing(policy.preferredTunnel())
                                instanceof Ready(long sinceNanos, boolean lossy, Flaps _)
                        && !lossy
                ? sinceNanos + policy.failBackNanos()
                : Deadline.NEVER;
    }

    private int activeOrStandby(FailoverState state, long nowNanos) {
        int preferred = policy.preferredTunnel();
        boolean returns = isFresh(state.standing(preferred)) || Deadline.isDue(failBackNanos(state), nowNanos);
        return returns ? preferred : stay(state);
    }

    /** Never lost and well: it need not prove itself. */
    private static boolean isFresh(TunnelStanding preferred) {
        return preferred instanceof Ready(long _, boolean lossy, Flaps flaps) && !lossy && flaps.losses() == 0;
    }

    private List<Integer> shared(FailoverState state) {
        List<Integer> ready = policy.tunnels().stream()
                .filter(tunnel -> state.standing(tunnel).isReady())
                .sorted()
                .toList();
        return ready.isEmpty() ? one(stay(state)) : ready;
    }

    private int followed(FailoverState state) {
        int followed = state.peerSends();
        return followed != NO_TUNNEL && state.standing(followed).isReady() ? followed : stay(state);
    }

    /** The tunnel that has the traffic now, unless it is down and another is not. */
    private int stay(FailoverState state) {
        int best = policy.tunnels().stream()
                .min(Comparator.comparingInt(
                                (Integer tunnel) -> state.standing(tunnel).rank())
                        .thenComparing(tunnel -> tunnel != state.active())
                        .thenComparing(tunnel -> tunnel != policy.preferredTunnel())
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        if (state.standing(best) instanceof Unusable) {
            return NO_TUNNEL;
        }
        boolean stays =
                state.active() != NO_TUNNEL && (state.standing(state.active()).carries() || bothSilent(state, best));
        return stays ? state.active() : best;
    }

    private static boolean bothSilent(FailoverState state, int best) {
        return state.standing(best) instanceof Silent && state.standing(state.active()) instanceof Silent;
    }

    private static List<Integer> one(int tunnel) {
        return tunnel == NO_TUNNEL ? List.of() : List.of(tunnel);
    }
}
