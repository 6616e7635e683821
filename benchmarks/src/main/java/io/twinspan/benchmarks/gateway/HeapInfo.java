package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another JVM, by {@code jcmd}. */
final class HeapInfo {
    private static final Pattern USED = Pattern.compile("used (\\d+)([KMG])");
    private static final double KIBIBYTES_PER_MEBIBYTE = 1024;

    private HeapInfo() {}

    /** Collects, then reads what is left. */
    static double liveMebibytes(long pid) {
        jcmd(pid, "GC.run");
        return usedMebibytes(jcmd(pid, "GC.heap_info"));
    }

    /** The sum over the generations in the output of {@code GC.heap_info}; class data is none of the heap. */
    static double usedMebibytes(String heapInfo) {
        double sum = 0;
        for (String line : heapInfo.lines().toList()) {
            Matcher used = USED.matcher(line);
            if (!line.contains("Metaspace") && !line.contains("class space") && used.find()) {
                sum += Long.parseLong(used.group(1)) * unit(used.group(2));
            }
        }
        return sum;
    }

    private static double unit(String letter) {
        return switch (letter) {
            case "K" -> 1 / KIBIBYTES_PER_MEBIBYTE;
            case "G" -> KIBIBYTES_PER_MEBIBYTE;
            default -> 1;
        };
    }

    private static String jcmd(long pid, String command) {
        Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(program.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchException("jcmd " + command + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new BenchException("jcmd: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }
}
