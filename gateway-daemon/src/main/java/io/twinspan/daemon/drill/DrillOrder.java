package io.twinspan.daemon.drill;

/**
 * What an operator asks for.
 *
 * @param scenario what is rehearsed
 * @param connection name of the connection
 * @param tunnel number of the tunnel under test; 0 for the one that carries the traffic
 * @param durationNanos how long the fault lasts at most
 * @param limitNanos longest outage that passes, and that is let happen
 * @param probesPerSecond of the drill's own flow
 * @param target a host behind AWS that answers pings, as text; empty for none
 */
public record DrillOrder(
        DrillScenario scenario,
        String connection,
        int tunnel,
        long durationNanos,
        long limitNanos,
        int probesPerSecond,
        String target) {
    /** How long a fault lasts where nobody says. */
    public static final long USUAL_DURATION_NANOS = 20_000_000_000L;

    /** No fault lasts longer. */
    public static final long MAX_DURATION_NANOS = 300_000_000_000L;

    /** A fault shorter than this shows nothing. */
    public static final long MIN_DURATION_NANOS = 1_000_000_000L;

    /** The outage that passes where nobody says. */
    public static final long USUAL_LIMIT_NANOS = 1_000_000_000L;

    /** The same of a restart. */
    public static final long USUAL_RESTART_LIMIT_NANOS = 5_000_000_000L;

    /** The shortest limit: below it, the flow's own spacing counts. */
    public static final long MIN_LIMIT_NANOS = 50_000_000L;

    /** Probes a second where nobody says. */
    public static final int USUAL_RATE = 200;

    /** The densest flow. */
    public static final int MAX_RATE = 1_000;

    /** The thinnest flow: it measures to a tenth of a second. */
    public static final int MIN_RATE = 10;
}
