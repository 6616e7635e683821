package io.twinspan.daemon.liveness;

import java.util.Arrays;

/**
 * What probes measured of a path. Immutable.
 *
 * <p>Two views of loss: the last 64 probes of all kinds, for how long a burst must be; and five minutes of probes that were
 * sent at their own time, for people and for "degraded". A burst comes because something was lost, so it would count one
 * moment's loss a dozen times.
 */
public final class PathStatistics {
    /** Outcomes kept. */
    static final int OUTCOMES = 64;

    /** Far above any number that is shown, a multiple of {@link #OUTCOMES}, far below an overflow. */
    private static final int ENDLESS = 1 << 30;

    static final PathStatistics EMPTY = new PathStatistics(0, 0, LossWindow.EMPTY, 0, 0, new int[OUTCOMES], 0, 0);

    private static final int NANOS_PER_MICRO = 1_000;

    /** RFC 3550 section 6.4.1. */
    private static final int JITTER_GAIN = 16;

    private final long lostBits;
    private final int outcomes;
    private final LossWindow window;
    private final long sentEver;
    private final long lostEver;
    private final int[] roundTripMicros;
    private final int roundTrips;
    private final long jitterNanos;

    private PathStatistics(
            long lostBits,
            int outcomes,
            LossWindow window,
            long sentEver,
            long lostEver,
            int[] roundTripMicros,
            int roundTrips,
            long jitterNanos) {
        this.lostBits = lostBits;
        this.outcomes = outcomes;
        this.window = window;
        this.sentEver = sentEver;
        this.lostEver = lostEver;
        this.roundTripMicros = roundTripMicros;
        this.roundTrips = roundTrips;
        this.jitterNanos = jitterNanos;
    }

    /** One probe's fate; its number is {@link #outcomes} before. */
    PathStatistics with(boolean lost, boolean burst, long nowNanos) {
        return new PathStatistics(
                lostBits << 1 | (lost ? 1 : 0),
                after(outcomes),
                burst ? window : window.with(lost, nowNanos),
                burst ? sentEver : sentEver + 1,
                burst || !lost ? lostEver : lostEver + 1,
                roundTripMicros,
                roundTrips,
                jitterNanos);
    }

    /** The outcome with this number was no loss after all. */
    PathStatistics unlost(int number, boolean burst, long nowNanos) {
        int age = outcomes - 1 - number;
        long bits = age < OUTCOMES ? lostBits & ~(1L << age) : lostBits;
        return new PathStatistics(
                bits,
                outcomes,
                burst ? window : window.unlost(nowNanos),
                sentEver,
                lostEver,
                roundTripMicros,
                roundTrips,
                jitterNanos);
    }

    PathStatistics withRoundTrip(long nanos) {
        int micros = (int) Math.min(Integer.MAX_VALUE, nanos / NANOS_PER_MICRO);
        int[] samples = roundTripMicros.clone();
        samples[roundTrips % OUTCOMES] = micros;
        long jitter = jitterNanos;
        if (roundTrips > 0) {
            long last = (long) roundTripMicros[(roundTrips - 1) % OUTCOMES] * NANOS_PER_MICRO;
            jitter += (Math.abs(nanos - last) - jitter) / JITTER_GAIN;
        }
        return new PathStatistics(lostBits, outcomes, window, sentEver, lostEver, samples, after(roundTrips), jitter);
    }

    /** A count for ever: once past two rounds of the rings, the place in them is what matters. */
    private static int after(int count) {
        return count + 1 == ENDLESS ? ENDLESS - OUTCOMES : count + 1;
    }

    /** Forgets loss, not round trips: what was lost while the path was dead says nothing about the path that is back. */
    PathStatistics withoutLoss() {
        return new PathStatistics(0, 0, LossWindow.EMPTY, sentEver, lostEver, roundTripMicros, roundTrips, jitterNanos);
    }

    int outcomes() {
        return outcomes;
    }

    /** Lost probes among the last ones. */
    int lostOfLast(int count) {
        long mask = count >= OUTCOMES ? -1L : (1L << count) - 1;
        return Long.bitCount(lostBits & mask);
    }

    /** Probes of the last five minutes whose fate is known, bursts left out. */
    public int sent(long nowNanos) {
        return window.sent(nowNanos);
    }

    /** Those of them that had no answer. */
    public int lost(long nowNanos) {
        return window.lost(nowNanos);
    }

    /** Probes whose fate is known, since the beginning, bursts left out. */
    public long sentEver() {
        return sentEver;
    }

    /** Those of them that had no answer in time: an answer that comes too late changes nothing, for a count never shrinks. */
    public long lostEver() {
        return lostEver;
    }

    /** Answers measured so far. */
    public int roundTrips() {
        return roundTrips;
    }

    /** A quantile of the last 64 round trips, 0 to 1; 0 ns before the first. */
    public long roundTripNanos(double quantile) {
        int count = Math.min(roundTrips, OUTCOMES);
        if (count == 0) {
            return 0;
        }
        int[] sorted = Arrays.copyOf(roundTripMicros, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(quantile * count);
        return (long) sorted[Math.clamp(rank - 1, 0, count - 1)] * NANOS_PER_MICRO;
    }

    /** Interarrival jitter of the answers, after RFC 3550 section 6.4.1. */
    public long jitterNanos() {
        return jitterNanos;
    }
}
