package io.twinspan.benchmarks.scale;

import io.twinspan.benchmarks.gateway.PairPlan;
import io.twinspan.benchmarks.throughput.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What many connections cost: start-up, memory, CPU at rest and for each packet. */
@Command(
        name = "benchmarks/scale",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Two Twinspan gateways in network namespaces with many connections between them, two tunnels each: how long until",
            "all are up, what they cost at rest, and what a packet costs when one connection carries all traffic and when all",
            "do. A has one outside address and seals; B has one for each tunnel and opens."
        })
public final class ScaleCommand implements Callable<Integer> {
    @Option(names = "--connections", split = ",", description = "numbers to measure (default: 1,10,100)")
    private List<Integer> connections = List.of(1, 10, 100);

    @Option(names = "--idle-seconds", description = "(default: ${DEFAULT-VALUE})")
    private int idleSeconds = 10;

    @Option(names = "--load-seconds", description = "(default: ${DEFAULT-VALUE})")
    private int loadSeconds = 5;

    @Option(names = "--rate", description = "datagrams a second, all connections together (default: ${DEFAULT-VALUE})")
    private int packetsPerSecond = 20_000;

    @Option(names = "--payload", description = "octets in a datagram (default: ${DEFAULT-VALUE})")
    private int payloadOctets = 1_200;

    private ScaleCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ScaleCommand())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    System.err.println("benchmarks/scale: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Path.of(System.getProperty("twinspan.bench.folder", "."));
        Path launcher = Path.of(System.getProperty("twinspan.bench.launcher", "twinspan"));
        ScaleExtent extent = new ScaleExtent(idleSeconds, loadSeconds, packetsPerSecond, payloadOctets);
        System.out.println(
                "| connections | tunnels | all up after s | idle CPU percent of a core A / B | idle RSS MiB A / B |"
                        + " one loaded: CPU s per million packets A / B, lost | all loaded: the same | RSS MiB then |"
                        + " live heap MiB |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int count : connections) {
            Path own = TextFiles.folder(folder, "scale-" + count);
            System.out.println(row(new ScaleRun(new PairPlan(count, "auto"), extent, own).measure(launcher)));
        }
        return 0;
    }

    private static String row(ScaleResult result) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.2f | %.1f / %.1f | %.0f / %.0f | %s | %s | %.0f / %.0f | %.0f / %.0f |",
                result.connections(),
                result.connections() * PairPlan.TUNNELS_EACH,
                result.startSeconds(),
                result.idle().cpuPercentA(),
                result.idle().cpuPercentB(),
                result.idle().residentA(),
                result.idle().residentB(),
                cell(result.one()),
                cell(result.all()),
                result.residentA(),
                result.residentB(),
                result.liveHeapA(),
                result.liveHeapB());
    }

    private static String cell(ScaleResult.Load load) {
        return String.format(
                Locale.ROOT,
                "%.1f / %.1f, %.1f percent",
                load.secondsPerMillionA(),
                load.secondsPerMillionB(),
                load.lostPercent());
    }
}
