package io.twinspan.crypto.ike.session;

/** When SAs made now are to be replaced and when they end (RFC 7296 section 2.8). */
final class Lifetimes {
    private static final int PERCENT = 100;

    private final Turn turn;

    Lifetimes(Turn turn) {
        this.turn = turn;
    }

    long childRekeyNanos() {
        return rekeyNanos(turn.timers().childLifetimeNanos());
    }

    long childExpireNanos() {
        return turn.now() + turn.timers().childLifetimeNanos();
    }

    SaClock ikeSa() {
        long lifetime = turn.timers().ikeLifetimeNanos();
        return SaClock.starting(turn.now(), rekeyNanos(lifetime), turn.now() + lifetime);
    }

    /** When to try again after a refused rekey; the pauses grow (RFC 7296 section 2.25). */
    long retryNanos() {
        turn.set(turn.facts().with(turn.facts().patience().refused(turn.now())));
        long pause = turn.facts().patience().pauseNanos();
        return turn.now() + pause + turn.jitter(pause);
    }

    private long rekeyNanos(long lifetimeNanos) {
        long latest = lifetimeNanos / PERCENT * turn.timers().rekeyPercent();
        long earlier = turn.jitter(lifetimeNanos / PERCENT * turn.timers().rekeyJitterPercent());
        return turn.now() + latest - earlier;
    }
}
