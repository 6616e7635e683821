package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where the measurement ran. */
public record Machine(String processor, int processors, String kernel, double load, LocalDate date) {
    private static final double BUSY_SHARE = 0.3;
    private static final String MODEL = "model name";

    /** This machine, now. */
    public static Machine current() {
        return new Machine(
                processor(TextFiles.read(Path.of("/proc/cpuinfo"))),
                Runtime.getRuntime().availableProcessors(),
                TextFiles.read(Path.of("/proc/sys/kernel/osrelease")).strip(),
                load(TextFiles.read(Path.of("/proc/loadavg"))),
                LocalDate.now(ZoneOffset.UTC));
    }

    /** True where other work wants the processors too, so that figures mean little. */
    public boolean busy() {
        return load > processors * BUSY_SHARE;
    }

    /** The model out of {@code /proc/cpuinfo}. */
    static String processor(String cpuinfo) {
        return cpuinfo.lines()
                .filter(line -> line.startsWith(MODEL))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown processor");
    }

    /** Processes that wanted to run in the last minute, out of {@code /proc/loadavg}. */
    static double load(String loadavg) {
        return Double.parseDouble(loadavg.substring(0, loadavg.indexOf(' ')));
    }

    @Override
    public String toString() {
        String others = busy() ? " (**other work was running, these figures mean little**)" : "";
        return processors + " x " + processor + ", Linux " + kernel + ", " + date + ", load at the start " + load
                + others;
    }
}
