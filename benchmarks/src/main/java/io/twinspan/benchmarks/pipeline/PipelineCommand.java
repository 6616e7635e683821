package io.twinspan.benchmarks.pipeline;

import io.twinspan.benchmarks.Engines;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.benchmarks.Samples;
import io.twinspan.crypto.suite.EspSuite;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints how many packets one thread seals, loops and opens in a second, without system calls. */
@Command(
        name = "benchmarks/pipeline",
        mixinStandardHelpOptions = true,
        description = {
            "The packet path without system calls, on one thread: packets in, tunnel chosen, sealed, looped in memory,",
            "opened, checked, packets out. Lengths are those of Ethernet frames; the IP packet is 14 octets shorter. Rates are",
            "by CPU time of the process, the collector included. 1440x42 comes and goes as super-packets of TCP."
        })
public final class PipelineCommand implements Callable<Integer> {
    private static final double NANOS_PER_MICRO = 1000;
    private static final int PACKETS_PER_ROUND = 65_536;
    private static final double BITS_PER_OCTET = 8;

    @Option(
            names = "--engine",
            description = "auto, jdk, ipsec-mb, or none for all but the cipher (default: ${DEFAULT-VALUE})")
    private String engine = "auto";

    @Option(
            names = "--suite",
            split = ",",
            description = "labels as in status, several with commas (default: ${DEFAULT-VALUE})")
    private List<String> suites = List.of("aes-gcm-16-128");

    @Option(names = "--frames", description = "only this mix: 60, imix, 1440 or 1440x42")
    private String frames = "";

    @Option(names = "--rounds", description = "timed rounds of about 65,536 packets (default: ${DEFAULT-VALUE})")
    private int rounds = 25;

    @Option(names = "--warm-up", description = "rounds before them (default: ${DEFAULT-VALUE})")
    private int warmUp = 40;

    private PipelineCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PipelineCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.printf(
                Locale.ROOT,
                "%-24s %-9s %8s %12s %12s %9s %9s %9s %8s%n",
                "suite",
                "engine",
                "frames",
                "best M/s",
                "median M/s",
                "ns/packet",
                "Gbit/s",
                "B/packet",
                "x Vita");
        for (String label : suites) {
            EspSuite suite = SaFixture.suite(label);
            for (FrameMix mix : FrameMix.ALL) {
                if (frames.isEmpty() || frames.equals(mix.name())) {
                    PipelineRun run = new PipelineRun(Engines.named(engine), suite, mix, PACKETS_PER_ROUND);
                    print(suite, mix, run.measure(warmUp, rounds));
                }
            }
        }
        System.out.println(
                "Vita: AES-128-GCM, best of its runs, 2.13, 1.19 and 0.55 M/s; the last column compares best with best.");
        return 0;
    }

    private void print(EspSuite suite, FrameMix mix, PipelineRun.Result result) {
        Samples nanos = result.nanosPerPacket();
        double best = NANOS_PER_MICRO / nanos.min();
        System.out.printf(
                Locale.ROOT,
                "%-24s %-9s %6s %12.2f %12.2f %9.0f %9.2f %9d %8.2f%n",
                suite.label(),
                engine,
                mix.name(),
                best,
                NANOS_PER_MICRO / nanos.median(),
                nanos.median(),
                mix.meanPacketOctets() * BITS_PER_OCTET / nanos.median(),
                result.garbageOctetsPerPacket(),
                best / mix.vitaMillionPerSecond());
    }
}
