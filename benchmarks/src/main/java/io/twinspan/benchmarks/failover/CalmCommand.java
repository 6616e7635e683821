package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.benchmarks.throughput.GeneratedSection;
import io.twinspan.benchmarks.throughput.Machine;
import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.daemon.lab.LinkImpairment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A bad line on which nothing may move; ends with 1 where something did. */
@Command(
        name = "benchmarks/calm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "The gateway for some minutes on a link with random loss and jitter, with rekeys, and in each minute a second in which",
            "every processor is wanted by others and ten seconds of a saturated uplink. What must hold: no fail-over. Then the",
            "link is healthy again and the active tunnel's path dies: that must be found."
        })
public final class CalmCommand implements Callable<Integer> {
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SPARE_SECONDS = 120;
    private static final double PERCENT = 100;

    @Option(names = "--minutes", description = "(default: ${DEFAULT-VALUE})")
    private int minutes = 10;

    @Option(names = "--loss", description = "per cent in each direction (default: ${DEFAULT-VALUE})")
    private double loss = 5;

    @Option(names = "--jitter", description = "milliseconds in each direction (default: ${DEFAULT-VALUE})")
    private int jitterMillis = 50;

    @Option(names = "--rtt", description = "milliseconds without the jitter (default: ${DEFAULT-VALUE})")
    private int rttMillis = 10;

    @Option(names = "--rekey-seconds", description = "between two rekeys (default: ${DEFAULT-VALUE})")
    private int rekeySeconds = 30;

    @Option(names = "--peer", description = "the AWS side: twinspan, strongswan (default: ${DEFAULT-VALUE})")
    private String peer = "twinspan";

    @Option(names = "--seed", description = "of losses and jitter (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--config", description = "further lines of the gateway's connection")
    private String config = "";

    @Option(names = "--out", description = "a Markdown file for the result, between two marks")
    private @Nullable Path out;

    private CalmCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CalmCommand())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    System.err.println("benchmarks/calm: " + failure.getMessage());
                    return 1;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() {
        Path folder = Path.of(System.getProperty("twinspan.bench.folder", "."));
        Path launcher = Path.of(System.getProperty("twinspan.bench.launcher", "twinspan"));
        double otherWork = OtherWork.share();
        int seconds = minutes * SECONDS_PER_MINUTE;
        int room = Integer.highestOneBit((seconds + SPARE_SECONDS) * NumberedFlow.PER_SECOND) * 2;
        LinkImpairment healthy = LinkImpairment.ofRoundTrip(Duration.ofMillis(rttMillis));
        LinkImpairment bad = healthy.withJitter(Duration.ofMillis(jitterMillis)).withLoss(loss / PERCENT);
        AtomicReference<TwinspanGateway> gateway = new AtomicReference<>();
        FailoverRig.Side<CustomerGateway> customer = (topology, _, place) -> {
            gateway.set(new TwinspanGateway(topology, launcher, place, config));
            return gateway.get();
        };
        try (FailoverRig rig = new FailoverRig(
                healthy, TextFiles.folder(folder, "calm"), AwsEndpoints.side(peer, launcher), customer, room, seed)) {
            CalmResult result = new CalmRun(rig, gateway.get(), new CalmPlan(bad, rekeySeconds)).measure(seconds);
            System.err.print(result.text());
            RunResult death = new FailoverRun(rig, new SplittableRandom(seed)).measure(Scenario.BLACKHOLE, 1, false);
            String report = report(otherWork, rig.endpoints().description(), result, death);
            System.out.print(report);
            if (out != null) {
                TextFiles.write(out, new GeneratedSection("benchmarks/calm").replace(TextFiles.read(out), report));
            }
            return result.passed() ? 0 : 1;
        } catch (BenchException e) {
            System.err.println("benchmarks/calm: " + e.getMessage());
            return 1;
        }
    }

    private String report(double otherWork, String endpoints, CalmResult result, RunResult death) {
        Machine machine = Machine.current();
        return String.format(
                        Locale.ROOT,
                        "%d x %s, Linux %s, %s; other work %.0f %% of the processors before. RTT %d ms, loss %.1f %% and jitter"
                                + " up to %d ms each way, a rekey every %d s, AWS side: %s.%n%n",
                        machine.processors(),
                        machine.processor(),
                        machine.kernel(),
                        machine.date(),
                        otherWork * PERCENT,
                        rttMillis,
                        loss,
                        jitterMillis,
                        rekeySeconds,
                        endpoints)
                + result.text()
                + String.format(
                        Locale.ROOT,
                        "Then a black hole on the healthy link: left after %.0f ms.%n%s%n",
                        death.outboundMillis(),
                        result.passed() ? "PASS" : "FAIL");
    }
}
