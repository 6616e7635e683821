package io.twinspan.daemon.failover;

import io.twinspan.daemon.failover.TunnelStanding.HeldDown;
import io.twinspan.daemon.failover.TunnelStanding.Ready;
import io.twinspan.daemon.failover.TunnelStanding.Silent;
import io.twinspan.daemon.failover.TunnelStanding.Unusable;
import io.twinspan.daemon.liveness.HealthVerdict;

/** How health becomes standing: down at once, up after the hold-down. */
final class Standings {
    private Standings() {}

    static TunnelStanding after(
            TunnelStanding before, HealthVerdict verdict, boolean hasSa, FailoverPolicy policy, long nowNanos) {
        return switch (verdict) {
            case DOWN -> down(before, hasSa, policy, nowNanos);
            case DEGRADED -> up(before, true, policy, nowNanos);
            case UP -> up(before, false, policy, nowNanos);
        };
    }

    private static TunnelStanding down(TunnelStanding before, boolean hasSa, FailoverPolicy policy, long nowNanos) {
        Flaps flaps = before.carries() ? before.flaps().lostAgain(policy, nowNanos) : before.flaps();
        return hasSa ? new Silent(flaps) : new Unusable(flaps);
    }

    private static TunnelStanding up(TunnelStanding before, boolean lossy, FailoverPolicy policy, long nowNanos) {
        return switch (before) {
            case Unusable(Flaps flaps) -> back(flaps, lossy, policy, nowNanos);
            case Silent(Flaps flaps) -> back(flaps, lossy, policy, nowNanos);
            case HeldDown(long untilNanos, boolean _, Flaps flaps) -> new HeldDown(untilNanos, lossy, flaps);
            case Ready(long sinceNanos, boolean wasLossy, Flaps flaps) ->
                new Ready(wasLossy == lossy ? sinceNanos : nowNanos, lossy, flaps);
        };
    }

    private static TunnelStanding back(Flaps flaps, boolean lossy, FailoverPolicy policy, long nowNanos) {
        return flaps.losses() == 0
                ? new Ready(nowNanos, lossy, flaps)
                : new HeldDown(nowNanos + flaps.holdDownNanos(policy), lossy, flaps);
    }
}
