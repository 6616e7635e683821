package io.twinspan.daemon.drill;

/**
 * The users' packets by the counters of the two tunnels, looked at over and over. All memory is taken at the beginning. Owned by
 * one loop.
 */
public final class TrafficLedger {
    /** Time between two looks. */
    public static final long SAMPLE_NANOS = 20_000_000;

    /** Tunnels of a connection. */
    static final int TUNNELS = 2;

    /** Below this rate, a gap of some samples says nothing. */
    private static final long STEADY_PACKETS_PER_SECOND = 100;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long[] atNanos;
    private final long[][] in;
    private final long[][] out;
    private int samples;

    /** A ledger of so many looks. */
    public TrafficLedger(int capacity) {
        atNanos = new long[capacity];
        in = new long[TUNNELS][capacity];
        out = new long[TUNNELS][capacity];
    }

    /** Notes what the counters say. */
    public void sample(long nowNanos, long in1, long out1, long in2, long out2) {
        if (samples == atNanos.length) {
            return;
        }
        atNanos[samples] = nowNanos;
        in[0][samples] = in1;
        in[1][samples] = in2;
        out[0][samples] = out1;
        out[1][samples] = out2;
        samples++;
    }

    /**
     * How long nothing has come in for the users by now, where a steady flow came in before the fault; 0 otherwise.
     *
     * @param faultFromNanos when the fault began
     */
    public long standstillNanos(long faultFromNanos) {
        int first = indexAt(faultFromNanos);
        if (samples == 0 || !isSteady(phase(0, first))) {
            return 0;
        }
        int moved = samples - 1;
        while (moved > 0 && in[0][moved] + in[1][moved] == in[0][moved - 1] + in[1][moved - 1]) {
            moved--;
        }
        return atNanos[samples - 1] - atNanos[moved];
    }

    private static boolean isSteady(TrafficResult.Phase phase) {
        return phase.nanos() > 0
                && (phase.in1() + phase.in2()) * SECOND_NANOS / phase.nanos() >= STEADY_PACKETS_PER_SECOND;
    }

    /** Sums up what was before, while and after the fault was there. */
    public TrafficResult result(long faultFromNanos, long faultToNanos) {
        int first = indexAt(faultFromNanos);
        int last = indexAt(faultToNanos);
        return new TrafficResult(
                phase(0, first), phase(first, last), phase(last, samples - 1), longestGapIn(first, faultFromNanos));
    }

    private TrafficResult.Phase phase(int from, int to) {
        if (samples == 0 || to <= from) {
            return new TrafficResult.Phase(0, 0, 0, 0, 0);
        }
        return new TrafficResult.Phase(
                atNanos[to] - atNanos[from],
                in[0][to] - in[0][from],
                out[0][to] - out[0][from],
                in[1][to] - in[1][from],
                out[1][to] - out[1][from]);
    }

    /** Only a steady flow has gaps that mean something. */
    private long longestGapIn(int first, long faultFromNanos) {
        if (!isSteady(phase(0, first))) {
            return TrafficResult.UNKNOWN;
        }
        long longest = 0;
        long lastMoved = faultFromNanos;
        for (int i = Math.max(1, first); i < samples; i++) {
            boolean moved = in[0][i] + in[1][i] != in[0][i - 1] + in[1][i - 1];
            longest = Math.max(longest, atNanos[moved ? i - 1 : i] - lastMoved);
            lastMoved = moved ? atNanos[i] : lastMoved;
        }
        return longest;
    }

    private int indexAt(long instantNanos) {
        int index = 0;
        while (index < samples - 1 && atNanos[index] - instantNanos < 0) {
            index++;
        }
        return index;
    }
}
