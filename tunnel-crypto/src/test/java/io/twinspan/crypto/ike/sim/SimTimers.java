package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkeTimers;
import java.time.Duration;

/** Timers for simulations: defaults with lifetimes or liveness changed. */
public final class SimTimers {
    private static final IkeTimers DEFAULTS = IkeTimers.defaults();

    private SimTimers() {}

    /** Defaults with other lifetimes. */
    public static IkeTimers lifetimes(Duration ikeLifetime, Duration childLifetime) {
        return of(DEFAULTS.livenessNanos(), DEFAULTS.giveUpNanos(), ikeLifetime.toNanos(), childLifetime.toNanos());
    }

    /** Defaults with lifetimes so long that nothing is rekeyed by itself. */
    public static IkeTimers withoutRekeying(Duration liveness, Duration giveUp) {
        long forever = Duration.ofDays(30).toNanos();
        return of(liveness.toNanos(), giveUp.toNanos(), forever, forever);
    }

    /** Defaults with these four. */
    public static IkeTimers of(long livenessNanos, long giveUpNanos, long ikeLifetimeNanos, long childLifetimeNanos) {
        return new IkeTimers(
                livenessNanos,
                DEFAULTS.retransmitNanos(),
                DEFAULTS.retransmitFactorPercent(),
                DEFAULTS.retransmitMaxNanos(),
                giveUpNanos,
                ikeLifetimeNanos,
                childLifetimeNanos,
                DEFAULTS.rekeyPercent(),
                DEFAULTS.rekeyJitterPercent(),
                DEFAULTS.reconnectFirstNanos(),
                DEFAULTS.reconnectMaxNanos(),
                DEFAULTS.reconnectJitterPercent(),
                DEFAULTS.natKeepaliveNanos());
    }
}
