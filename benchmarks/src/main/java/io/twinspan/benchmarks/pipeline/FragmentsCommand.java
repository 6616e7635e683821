package io.twinspan.benchmarks.pipeline;

import io.twinspan.benchmarks.Engines;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.suite.EspSuite;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what it costs to cut datagrams that are too large, for their own flow and for the others. */
@Command(
        name = "benchmarks/fragments",
        mixinStandardHelpOptions = true,
        description = {
            "UDP datagrams through the packet path on one thread, without system calls, over an uplink of 1500: none, half and all",
            "of them 1,500 octets long with DF, so that each is cut in two. Rates are by CPU time of the process. Ends with 0",
            "where cut datagrams keep 40 % of the rate, and the whole ones half of theirs while every other one is cut."
        })
public final class FragmentsCommand implements Callable<Integer> {
    private static final double NANOS_PER_MICRO = 1000;
    private static final int LARGE = 1500;
    private static final int DATAGRAMS_PER_ROUND = 32_768;
    private static final double CUT_KEEPS = 0.4;
    private static final double OTHERS_KEEP = 0.5;

    @Option(names = "--engine", description = "auto, jdk, ipsec-mb or none (default: ${DEFAULT-VALUE})")
    private String engine = "auto";

    @Option(names = "--suite", description = "label as in status (default: ${DEFAULT-VALUE})")
    private String suite = "aes-gcm-16-256";

    @Option(names = "--whole", description = "octets of a datagram that fits (default: ${DEFAULT-VALUE})")
    private int whole = 1400;

    @Option(names = "--rounds", description = "timed rounds (default: ${DEFAULT-VALUE})")
    private int rounds = 15;

    private FragmentsCommand() {}

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FragmentsCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        FragmentRun.Result none = measure(0);
        FragmentRun.Result half = measure(2);
        FragmentRun.Result all = measure(4);
        double wholeRate = NANOS_PER_MICRO / none.nanosPerDatagram();
        double cutRate = NANOS_PER_MICRO / all.nanosPerDatagram();
        double mixedRate = NANOS_PER_MICRO / half.nanosPerDatagram();
        System.out.printf(Locale.ROOT, "%-28s %12s %12s %12s%n", "datagrams", "ns each", "M/s", "garbage, B");
        print("none cut", none);
        print("half of them cut", half);
        print("all cut", all);
        double cut = cutRate / wholeRate;
        // With half of the datagrams cut, the whole ones are half of the rate; as they were before.
        double others = mixedRate / wholeRate;
        System.out.printf(Locale.ROOT, "cut datagrams keep %.0f %% of the rate (at least 40 %%)%n", 100 * cut);
        System.out.printf(
                Locale.ROOT, "whole ones beside as many cut ones keep %.0f %% (at least 50 %%)%n", 100 * others);
        return cut >= CUT_KEEPS && others >= OTHERS_KEEP ? 0 : 1;
    }

    private FragmentRun.Result measure(int largeOfFour) {
        EspSuite parsed = SaFixture.suite(suite);
        return new FragmentRun(Engines.named(engine), parsed, whole, LARGE, largeOfFour, DATAGRAMS_PER_ROUND)
                .measure(rounds, rounds);
    }

    private static void print(String what, FragmentRun.Result result) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %12.0f %12.2f %12d%n",
                what,
                result.nanosPerDatagram(),
                NANOS_PER_MICRO / result.nanosPerDatagram(),
                result.garbageOctetsPerDatagram());
    }
}
