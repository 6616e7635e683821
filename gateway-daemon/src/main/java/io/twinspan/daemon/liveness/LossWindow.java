package io.twinspan.daemon.liveness;

/** Probes sent and lost in the last five minutes, in buckets of half a minute. Immutable. */
final class LossWindow {
    static final LossWindow EMPTY =
            new LossWindow(Long.MIN_VALUE, new int[LossWindow.BUCKETS], new int[LossWindow.BUCKETS]);

    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = 30_000_000_000L;

    private final long newest;
    private final int[] sent;
    private final int[] lost;

    private LossWindow(long newest, int[] sent, int[] lost) {
        this.newest = newest;
        this.sent = sent;
        this.lost = lost;
    }

    /** One more probe whose fate is known. */
    LossWindow with(boolean wasLost, long nowNanos) {
        LossWindow next = at(nowNanos);
        int place = place(next.newest);
        next.sent[place]++;
        next.lost[place] += wasLost ? 1 : 0;
        return next;
    }

    /** The answer to a probe that counted as lost came after all. */
    LossWindow unlost(long nowNanos) {
        LossWindow next = at(nowNanos);
        for (int age = 0; age < BUCKETS; age++) {
            int place = place(next.newest - age);
            if (next.lost[place] > 0) {
                next.lost[place]--;
                return next;
            }
        }
        return next;
    }

    /** Probes sent. */
    int sent(long nowNanos) {
        return sum(sent, nowNanos);
    }

    /** Probes lost. */
    int lost(long nowNanos) {
        return sum(lost, nowNanos);
    }

    private int sum(int[] counts, long nowNanos) {
        long now = Math.floorDiv(nowNanos, BUCKET_NANOS);
        int total = 0;
        for (int age = 0; age < BUCKETS; age++) {
            long bucket = newest - age;
            total += newest != Long.MIN_VALUE && now - bucket < BUCKETS ? counts[place(bucket)] : 0;
        }
        return total;
    }

    /** A copy whose newest bucket is the one of now. */
    private LossWindow at(long nowNanos) {
        long now = Math.floorDiv(nowNanos, BUCKET_NANOS);
        int[] sentNow = sent.clone();
        int[] lostNow = lost.clone();
        long passed = newest == Long.MIN_VALUE ? BUCKETS : now - newest;
        for (long step = 0; step < Math.min(passed, BUCKETS); step++) {
            sentNow[place(now - step)] = 0;
            lostNow[place(now - step)] = 0;
        }
        return new LossWindow(now, sentNow, lostNow);
    }

    private static int place(long bucket) {
        return Math.floorMod(bucket, BUCKETS);
    }
}
