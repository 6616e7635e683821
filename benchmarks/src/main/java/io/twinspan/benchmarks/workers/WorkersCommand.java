package io.twinspan.benchmarks.workers;

import io.twinspan.benchmarks.Engines;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.benchmarks.Samples;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints how fast one loop seals super-packets with 0, 1, 2 and more workers beside it. */
@Command(
        name = "benchmarks/workers",
        mixinStandardHelpOptions = true,
        description = {
            "Super-packets of 64 KiB are cut and sealed by one outbound loop alone and with workers beside it, interleaved",
            "round by round. Nothing is read or sent, so this is what a tunnel could seal, not what a host moves."
        })
public final class WorkersCommand implements Callable<Integer> {
    @Option(names = "--engine", description = "crypto engine (default: ${DEFAULT-VALUE})")
    private String engine = "jdk";

    @Option(names = "--suite", description = "label as in status (default: ${DEFAULT-VALUE})")
    private String suite = "aes-gcm-16-256";

    @Option(names = "--workers", description = "most workers (default: ${DEFAULT-VALUE})")
    private int workers = 2;

    @Option(names = "--rounds", description = "timed rounds (default: ${DEFAULT-VALUE})")
    private int rounds = 15;

    @Option(names = "--super-packets", description = "in each round (default: ${DEFAULT-VALUE})")
    private int superPackets = 1000;

    private WorkersCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WorkersCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        double[][] samples = new double[workers + 1][rounds];
        double[][] ratios = new double[workers + 1][rounds];
        CrewedLoop[] loops = new CrewedLoop[workers + 1];
        for (int i = 0; i <= workers; i++) {
            loops[i] = new CrewedLoop(Engines.named(engine), SaFixture.suite(suite), i);
            loops[i].gigabitsPerSecond(superPackets * 3);
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i <= workers; i++) {
                samples[i][round] = loops[i].gigabitsPerSecond(superPackets);
                ratios[i][round] = samples[i][round] / samples[0][round];
            }
        }
        System.out.printf("%s, %s%n%7s %12s %12s %24s%n", engine, suite, "workers", "best Gbit/s", "median", "x none");
        for (int i = 0; i <= workers; i++) {
            loops[i].close();
            Samples ratio = new Samples(ratios[i]);
            System.out.printf(
                    Locale.ROOT,
                    "%7d %12.2f %12.2f %8.2f (%.2f to %.2f)%n",
                    i,
                    new Samples(samples[i]).max(),
                    new Samples(samples[i]).median(),
                    ratio.median(),
                    ratio.min(),
                    ratio.max());
        }
        return 0;
    }
}
