package io.twinspan.benchmarks.throughput;

import io.twinspan.daemon.lab.LabException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rounds of all candidates in all modes: A B C, A B C, so that what changes on the machine hits all alike. */
final class Campaign {
    private final List<Candidate> candidates;
    private final List<Mode> modes;
    private final Extent extent;
    private final Path folder;
    private final PrintWriter out;
    private final Results results = new Results();
    private final Map<String, String> failures = new TreeMap<>();

    /**
     * A campaign.
     *
     * @param folder for logs and configurations of the gateways
     * @param out told of each value as it comes
     */
    Campaign(List<Candidate> candidates, List<Mode> modes, Extent extent, Path folder, PrintWriter out) {
        this.candidates = List.copyOf(candidates);
        this.modes = List.copyOf(modes);
        this.extent = extent;
        this.folder = folder;
        this.out = out;
    }

    /** Runs everything; what fails is told and left out. */
    Results run() {
        for (int round = 1; round <= extent.rounds(); round++) {
            for (Mode mode : modes) {
                for (Candidate candidate : candidates) {
                    run(candidate, mode, round);
                }
            }
        }
        return results;
    }

    /** Why a candidate has gaps, by its id and mode. */
    Map<String, String> failures() {
        return failures;
    }

    private void run(Candidate candidate, Mode mode, int round) {
        String name = candidate.id() + ", " + mode.word() + ", round " + round;
        Path own = TextFiles.folder(folder, round + "-" + mode.word() + "-" + candidate.id());
        List<String> said = new ArrayList<>();
        try {
            new CandidateRun(candidate, extent, (measure, value) -> {
                        results.add(new Results.Sample(mode, candidate.id(), round, measure, value));
                        said.add(measure.id() + " " + measure.format(value));
                    })
                    .run(mode, own);
        } catch (BenchException | LabException e) {
            failures.put(candidate.id() + " " + mode.word(), String.valueOf(e.getMessage()));
            said.add("FAILED: " + e.getMessage() + " (logs in " + own + ")");
        }
        out.println(name + ": " + String.join(", ", said));
        out.flush();
    }
}
