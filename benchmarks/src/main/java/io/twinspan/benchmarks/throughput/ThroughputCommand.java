package io.twinspan.benchmarks.throughput;

import io.netty.channel.epoll.Epoll;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/throughput}. Exit 0 where something was measured. */
@Command(
        name = "benchmarks/throughput",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures Twinspan end to end beside other gateways: two hosts and two gateways in network namespaces, the same"
                    + " traffic for each program, one after the other in every round.",
            "Compare ratios of one run; absolute figures of a shared machine mean little."
        },
        footer = {
            "",
            "Examples:",
            "  benchmarks/throughput --quick                      while developing, about a minute",
            "  benchmarks/throughput --list                       what can be measured here, and what is missing",
            "  benchmarks/throughput --out docs/performance.md    everything"
        })
public final class ThroughputCommand implements Callable<Integer> {
    private static final List<String> QUICK_PEERS =
            List.of(Catalogue.NO_TUNNEL, Catalogue.TWINSPAN, Catalogue.STRONGSWAN, Catalogue.WIREGUARD);
    private static final Path FETCHED = Path.of(System.getProperty("twinspan.bench.peers", "."));
    private static final double SECONDS_PER_MINUTE = 60;

    @Option(
            names = "--modes",
            split = ",",
            paramLabel = "MODE",
            description = "whole: super-packets cross the outside link, as between virtual machines of one host; wire:"
                    + " single packets do, as on a real line (default: whole,wire).")
    private List<String> modes = List.of("whole", "wire");

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "ID",
            description = "What to measure (default: everything that is installed; --list names all).")
    private List<String> peers = List.of();

    @Option(names = "--list", description = "Say what can be measured here and what is missing, and end.")
    private boolean list;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds (default: 3).")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of each TCP run (default: 3).")
    private int seconds = 3;

    @Option(
            names = "--quick",
            description = "One round of TCP with one stream, 2 s each, and without --peers only a few of them.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the report into this file, between its marks; without, it is printed only.")
    private @Nullable Path report;

    @Option(
            names = "--wireguard-go",
            paramLabel = "PATH",
            description = "The newest wireguard-go (default: the one that benchmarks/fetch-peers got).")
    private Path wireGuard = FETCHED.resolve("wireguard-go/usr/bin/wireguard-go");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ThroughputCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Path.of(System.getProperty("twinspan.bench.folder", "."));
        Path launcher = Path.of(System.getProperty("twinspan.bench.launcher", "twinspan"));
        List<Candidate> candidates = available(wanted(Catalogue.all(launcher, wireGuard, FETCHED, folder)), out);
        if (list) {
            candidates.forEach(candidate -> out.println(candidate.id() + ": " + candidate.label()));
            out.flush();
            return 0;
        }
        Epoll.ensureAvailability();
        Extent extent = quick ? Extent.quick() : Extent.full(rounds, seconds);
        List<Mode> chosenModes = modes.stream().map(Mode::of).toList();
        Machine machine = Machine.current();
        double minutes = extent.estimateSeconds(candidates, chosenModes.size()) / SECONDS_PER_MINUTE;
        out.printf("%s%nthis takes about %.1f minutes%n", machine, minutes);
        Path raw = Path.of(System.getProperty("twinspan.bench.raw", "throughput.csv"));
        Campaign campaign = new Campaign(candidates, chosenModes, extent, folder, raw, out);
        Results results = campaign.run();
        publish(
                new PerformanceReport(
                        command(),
                        machine,
                        extent,
                        chosenModes,
                        candidates,
                        results,
                        campaign.failures(),
                        campaign.remarks()),
                out);
        return results.samples().isEmpty() ? 1 : 0;
    }

    private void publish(PerformanceReport text, PrintWriter out) {
        out.println();
        out.print(text.text());
        out.flush();
        Optional.ofNullable(report)
                .ifPresent(file -> TextFiles.write(
                        file,
                        new GeneratedSection("benchmarks/throughput").replace(TextFiles.read(file), text.text())));
    }

    private String command() {
        return "benchmarks/throughput "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private List<Candidate> wanted(List<Candidate> all) {
        if (peers.isEmpty()) {
            return quick
                    ? all.stream()
                            .filter(candidate -> QUICK_PEERS.contains(candidate.id()))
                            .toList()
                    : all;
        }
        List<String> unknown = new ArrayList<>(peers);
        unknown.removeAll(all.stream().map(Candidate::id).toList());
        if (!unknown.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--peers: there is no " + String.join(", ", unknown) + "; --list names all");
        }
        return all.stream().filter(candidate -> peers.contains(candidate.id())).toList();
    }

    private static List<Candidate> available(List<Candidate> candidates, PrintWriter out) {
        List<Candidate> result = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String missing = candidate.gateways().missing();
            if (missing.isEmpty()) {
                result.add(candidate);
            } else {
                out.println(candidate.id() + " is left out: " + missing);
            }
        }
        out.flush();
        return result;
    }
}
