package io.twinspan.benchmarks.throughput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used of the machine, proc(5).
 *
 * @param cpuSeconds user and system time of all threads since the start
 * @param residentMebibytes memory now
 */
public record ProcessUsage(double cpuSeconds, double residentMebibytes) {
    private static final double TICKS_PER_SECOND = 100;
    private static final double KIBIBYTES_PER_MEBIBYTE = 1024;
    private static final String RESIDENT = "VmRSS:";

    /** Sums what living processes have used; one that has ended counts nothing. */
    public static ProcessUsage of(List<Process> processes) {
        double cpu = 0;
        double resident = 0;
        for (Process process : processes) {
            Path folder = Path.of("/proc", Long.toString(process.pid()));
            if (process.isAlive()) {
                cpu += cpuSeconds(read(folder.resolve("stat")));
                resident += residentMebibytes(read(folder.resolve("status")));
            }
        }
        return new ProcessUsage(cpu, resident);
    }

    /** What was used between an earlier reading and this one; memory as it is now. */
    public ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(cpuSeconds - earlier.cpuSeconds, residentMebibytes);
    }

    /** User and system time out of {@code /proc/PID/stat}, whose second field may hold spaces and brackets. */
    static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** VmRSS out of {@code /proc/PID/status}. */
    static double residentMebibytes(String status) {
        return status.lines()
                        .filter(line -> line.startsWith(RESIDENT))
                        .map(line -> line.substring(RESIDENT.length())
                                .replace("kB", "")
                                .strip())
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                / KIBIBYTES_PER_MEBIBYTE;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
