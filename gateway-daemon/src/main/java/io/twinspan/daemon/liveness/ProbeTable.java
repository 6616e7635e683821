package io.twinspan.daemon.liveness;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.liveness.OutstandingProbe.Stage;
import java.util.Arrays;

/** The outstanding probes while one event is applied; copied before it is first written. Lives for one turn. */
final class ProbeTable {
    /** More than a second of bursts at the shortest interval; what would come on top is not sent. */
    static final int MAX_PROBES = 256;

    /** An answer later than this is welcome nowhere; a probe that has not left for as long never will. */
    static final long KEPT_NANOS = 2_000_000_000L;

    private OutstandingProbe[] probes;
    private int size;
    private boolean copied;

    ProbeTable(OutstandingProbe[] probes) {
        this.probes = probes;
        this.size = probes.length;
    }

    int size() {
        return size;
    }

    OutstandingProbe get(int place) {
        return probes[place];
    }

    /** Place of the probe with this number; -1 where it is not outstanding. */
    int find(int sequence) {
        for (int place = size - 1; place >= 0; place--) {
            if (probes[place].sequence() == sequence) {
                return place;
            }
        }
        return -1;
    }

    void add(OutstandingProbe probe) {
        own(size + 1);
        probes[size++] = probe;
    }

    void set(int place, OutstandingProbe probe) {
        own(size);
        probes[place] = probe;
    }

    void remove(int place) {
        own(size);
        System.arraycopy(probes, place + 1, probes, place, size - place - 1);
        size--;
    }

    void clear() {
        probes = new OutstandingProbe[0];
        size = 0;
        copied = true;
    }

    /** This process stood still: whatever is awaited may have as much longer. */
    void shift(long nanos) {
        for (int place = 0; place < size; place++) {
            if (probes[place].awaited()) {
                set(place, probes[place].later(nanos));
            }
        }
    }

    /** Forgets what nobody waits for any more. */
    void expire(long nowNanos) {
        for (int place = size - 1; place >= 0; place--) {
            OutstandingProbe probe = probes[place];
            if (!probe.awaited() && nowNanos - probe.judgedNanos() >= KEPT_NANOS) {
                remove(place);
            }
        }
    }

    /** Probes to this target that have not left yet. */
    int asked(int target) {
        int count = 0;
        for (int place = 0; place < size; place++) {
            count += probes[place].target() == target && probes[place].stage() == Stage.ASKED ? 1 : 0;
        }
        return count;
    }

    /** Lost probes to this target that left after this instant. */
    int lostSince(int target, long sentNanos) {
        int count = 0;
        for (int place = 0; place < size; place++) {
            OutstandingProbe probe = probes[place];
            count += probe.target() == target && probe.stage() == Stage.LOST && probe.judgedNanos() - sentNanos > 0
                    ? 1
                    : 0;
        }
        return count;
    }

    /** True where this target owes an answer that is late or lost and newer than this instant. */
    boolean owes(int target, long sentNanos) {
        for (int place = 0; place < size; place++) {
            OutstandingProbe probe = probes[place];
            if (probe.target() == target
                    && (probe.stage() == Stage.LATE || probe.stage() == Stage.LOST)
                    && probe.judgedNanos() - sentNanos > 0) {
                return true;
            }
        }
        return false;
    }

    /** The next instant at which a probe becomes late or lost, or is forgotten. */
    long nextDeadlineNanos(LateTimes times) {
        long next = Deadline.NEVER;
        for (int place = 0; place < size; place++) {
            OutstandingProbe probe = probes[place];
            long wait = switch (probe.stage()) {
                case ASKED, LOST -> KEPT_NANOS;
                case SENT -> times.lateNanos(probe.target());
                case LATE -> times.lostNanos(probe.target());
            };
            next = Deadline.earlier(next, probe.judgedNanos() + wait);
        }
        return next;
    }

    OutstandingProbe[] end() {
        return size == probes.length ? probes : Arrays.copyOf(probes, size);
    }

    private void own(int capacity) {
        if (!copied || capacity > probes.length) {
            probes = Arrays.copyOf(probes, Math.max(capacity, size));
            copied = true;
        }
    }

    /** How long an answer of a target may take. */
    interface LateTimes {
        long lateNanos(int target);

        long lostNanos(int target);
    }
}
