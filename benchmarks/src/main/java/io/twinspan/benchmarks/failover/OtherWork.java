package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.TextFiles;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How busy the machine is while nothing of ours runs, by the first line of {@code /proc/stat}, proc(5). */
final class OtherWork {
    /** More than this and figures mean little. */
    static final double BUSY_SHARE = 0.15;

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;
    private static final int COLUMNS_WITHOUT_GUESTS = 8;

    private OtherWork() {}

    /** Looks for two seconds; answers the share of all processors that was busy, 0 to 1. */
    static double share() {
        String before = TextFiles.read(Path.of("/proc/stat"));
        LockSupport.parkNanos(LOOK_NANOS);
        return share(before, TextFiles.read(Path.of("/proc/stat")));
    }

    /** The busy share between two readings. */
    static double share(String before, String after) {
        long[] from = ticks(before);
        long[] to = ticks(after);
        long all = 0;
        for (int i = 0; i < from.length; i++) {
            all += to[i] - from[i];
        }
        long idle = to[IDLE] - from[IDLE] + to[WAITING_FOR_DISK] - from[WAITING_FOR_DISK];
        return all == 0 ? 0 : (all - idle) / (double) all;
    }

    private static long[] ticks(String stat) {
        String[] words = stat.lines().findFirst().orElse("").split("\\s+");
        long[] ticks = new long[COLUMNS_WITHOUT_GUESTS];
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = Long.parseLong(words[i + 1]);
        }
        return ticks;
    }
}
