package io.twinspan.benchmarks.throughput;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code benchmarks/throughput}. Exit 0 where something was measured. */
@Command(
        name = "benchmarks/throughput",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Twinspan end to end beside other gateways: two hosts and two gateways in network namespaces, the same"
                    + " traffic for each program, one after the other in every round.",
            "Compare ratios of one run; absolute figures of a shared machine mean little."
        })
public final class ThroughputCommand implements Callable<Integer> {
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

    @Option(names = "--quick", description = "One round of TCP with one stream, 2 s each, a few peers: about a minute.")
    private boolean quick;

    @Option(
            names = "--wireguard-go",
            paramLabel = "PATH",
            description = "The newest wireguard-go (default: the one that benchmarks/fetch-peers got).")
    private Path wireGuard = Path.of(System.getProperty("twinspan.bench.peers", "."), "wireguard-go");

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
        List<Candidate> all =
                Catalogue.all(Path.of(System.getProperty("twinspan.bench.launcher", "twinspan")), wireGuard, folder);
        List<Candidate> candidates = available(wanted(all), out);
        if (list) {
            return 0;
        }
        Extent extent = quick ? Extent.quick() : Extent.full(rounds, seconds);
        List<Mode> chosenModes = modes.stream().map(Mode::of).toList();
        Results results = new Campaign(candidates, chosenModes, extent, folder, out).run();
        for (Mode mode : chosenModes) {
            out.println();
            out.print(ResultTables.of(results, mode, candidates, Arrays.asList(Measure.values())));
        }
        out.flush();
        return results.samples().isEmpty() ? 1 : 0;
    }

    private List<Candidate> wanted(List<Candidate> all) {
        if (peers.isEmpty()) {
            return all;
        }
        List<String> unknown = new ArrayList<>(peers);
        unknown.removeAll(all.stream().map(Candidate::id).toList());
        if (!unknown.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--peers: there is no " + String.join(", ", unknown) + "; --list names all");
        }
        return all.stream().filter(candidate -> peers.contains(candidate.id())).toList();
    }

    private List<Candidate> available(List<Candidate> candidates, PrintWriter out) {
        List<Candidate> result = new ArrayList<>();
        for (Candidate candidate : candidates) {
            String missing = candidate.missing().get();
            if (missing.isEmpty()) {
                result.add(candidate);
            } else {
                out.println(candidate.id() + " is left out: " + missing);
            }
            if (list && missing.isEmpty()) {
                out.println(candidate.id() + ": " + candidate.label());
            }
        }
        out.flush();
        return result;
    }
}
