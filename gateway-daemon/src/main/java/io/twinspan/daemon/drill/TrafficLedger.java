package io.twinspan.daemon.drill;

import java.util.List;
import java.util.stream.IntStream;

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
    /** What another process had counted when it ended; nobody counted between the two. */
    private TrafficLook counted = new TrafficLook(0, 0, 0, 0, 0);

    private boolean takenUp;

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
        in[0][samples] = counted.in1() + in1;
        in[1][samples] = counted.in2() + in2;
        out[0][samples] = counted.out1() + out1;
        out[1][samples] = counted.out2() + out2;
        samples++;
    }

    /**
     * All looks so far, for the next process.
     *
     * @param originNanos instant from which theirs are told
     */
    public List<TrafficLook> looks(long originNanos) {
        return IntStream.range(0, samples)
                .mapToObj(i -> new TrafficLook(atNanos[i] - originNanos, in[0][i], out[0][i], in[1][i], out[1][i]))
                .toList();
    }

    /**
     * Takes over what another process has counted. Counters begin at zero with this one.
     *
     * @param originNanos instant from which theirs are told
     * @param nowNanos when this process began to count
     */
    public void takeUp(List<TrafficLook> looks, long originNanos, long nowNanos) {
        looks.forEach(look -> sample(originNanos + look.atNanos(), look.in1(), look.out1(), look.in2(), look.out2()));
        if (!looks.isEmpty()) {
            counted = looks.getLast();
        }
        takenUp = true;
        sample(nowNanos, 0, 0, 0, 0);
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
        TrafficResult.Phase during =
                takenUp ? TrafficResult.Phase.uncounted(faultToNanos - faultFromNanos) : phase(first, last);
        return new TrafficResult(
                phase(0, first), during, phase(last, samples - 1), longestGapIn(first, faultFromNanos));
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
