package io.twinspan.benchmarks.soak;

import io.twinspan.benchmarks.gateway.PairPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Full load for a long time, with rekeys; ends with verdicts, and with 1 where one of them is FAIL. */
@Command(
        name = "benchmarks/soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Two gateways, one connection, TCP in both directions as fast as it goes, numbered probes beside it, and in every",
            "minute a rekey of the child SA and one of the IKE SA. What must hold: nothing lost by a rekey, a flat heap, no",
            "pause over 5 ms."
        })
public final class SoakCommand implements Callable<Integer> {
    private static final int COLLECTIONS_FOR_A_TREND = 20;

    @Option(names = "--minutes", description = "(default: ${DEFAULT-VALUE})")
    private int minutes = 30;

    @Option(names = "--rekey-seconds", description = "period of the rekeys (default: ${DEFAULT-VALUE})")
    private int rekeySeconds = 60;

    @Option(names = "--engine", description = "crypto engine, as in the configuration (default: ${DEFAULT-VALUE})")
    private String engine = "auto";

    @Option(
            names = "--jvm",
            description = "heap and collector in place of the launcher's, for example \"-Xmx256m -XX:+UseZGC\"")
    private String jvmFlags = "";

    private SoakCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SoakCommand())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    System.err.println("benchmarks/soak: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() {
        Path folder = Path.of(System.getProperty("twinspan.bench.folder", "."));
        Path launcher = Path.of(System.getProperty("twinspan.bench.launcher", "twinspan"));
        SoakRun run = new SoakRun(
                new PairPlan(1, engine), Duration.ofMinutes(minutes), Duration.ofSeconds(rekeySeconds), folder);
        SoakResult result = run.measure(launcher, jvmFlags);
        print(result);
        List<Verdict> verdicts = result.verdicts();
        verdicts.forEach(System.out::println);
        return verdicts.stream().allMatch(Verdict::passed) ? 0 : 1;
    }

    private static void print(SoakResult result) {
        TcpLoad.Result load = result.load();
        System.out.printf(
                Locale.ROOT,
                "TCP %.2f Gbit/s from A to B and %.2f back, %d retransmits%n",
                load.gigabitsForward(),
                load.gigabitsBack(),
                load.retransmits());
        System.out.printf(
                Locale.ROOT,
                "drops in the gateways %s; by the kernel: %d at full sockets, %d at the TUN's queue%n",
                result.losses().drops(),
                result.kernel().fullSockets(),
                result.kernel().fullDevices());
        for (SoakResult.Probes probes : result.probes()) {
            System.out.printf(
                    Locale.ROOT,
                    "probes %s: %d sent, %d lost, %d around rekeys, %d twice; one way p50 %.0f, p99 %.0f, longest %.0f us%n",
                    probes.direction(),
                    probes.sent(),
                    probes.lost(),
                    probes.lostAroundRekeys(),
                    probes.duplicates(),
                    probes.p50Micros(),
                    probes.p99Micros(),
                    probes.maxMicros());
        }
        for (SoakResult.Gateway gateway : result.gateways()) {
            print(gateway);
        }
    }

    private static void print(SoakResult.Gateway gateway) {
        double first = gateway.resident().getFirst().value();
        double last = gateway.resident().getLast().value();
        GcLog log = gateway.log();
        System.out.printf(
                Locale.ROOT,
                "gateway %s: resident %.0f MiB, then %.0f; %d collections, %d pauses%n",
                gateway.name(),
                first,
                last,
                log.collections().size(),
                log.safepoints().size());
        // Figures of whole MiB make no line before there are some.
        if (log.collections().size() >= COLLECTIONS_FOR_A_TREND) {
            System.out.printf(
                    Locale.ROOT,
                    "gateway %s: heap in use after collections: %+.1f MiB an hour%n",
                    gateway.name(),
                    log.mebibytesPerHour());
        }
        log.safepoints().stream()
                .max(Comparator.comparingDouble(GcLog.Safepoint::millis))
                .ifPresent(longest -> System.out.printf(
                        Locale.ROOT,
                        "gateway %s: longest pause %.2f ms, %s%n",
                        gateway.name(),
                        longest.millis(),
                        longest.operation()));
    }
}
