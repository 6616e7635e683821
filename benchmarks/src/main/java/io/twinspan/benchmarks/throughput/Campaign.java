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
    private static final double FIRST_GUESS = 30_000;
    private static final double LARGE_STEP = 1.5;
    private static final double SMALL_STEP = 1.1;

    private final List<Candidate> candidates;
    private final List<Mode> modes;
    private final Extent extent;
    private final Path folder;
    private final PrintWriter out;
    private final Path raw;
    private final Results results = new Results();
    private final Map<String, String> failures = new TreeMap<>();
    private final Map<String, String> remarks = new TreeMap<>();

    /**
     * A campaign.
     *
     * @param folder for logs and configurations of the gateways
     * @param raw file for the raw results
     * @param out told of each value as it comes
     */
    Campaign(List<Candidate> candidates, List<Mode> modes, Extent extent, Path folder, Path raw, PrintWriter out) {
        this.candidates = List.copyOf(candidates);
        this.modes = List.copyOf(modes);
        this.extent = extent;
        this.folder = folder;
        this.raw = raw;
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

    /** What candidates said of themselves, by id. */
    Map<String, String> remarks() {
        return remarks;
    }

    private void run(Candidate candidate, Mode mode, int round) {
        String name = candidate.id() + ", " + mode.word() + ", round " + round;
        Path own = TextFiles.folder(folder, round + "-" + mode.word() + "-" + candidate.id());
        List<String> said = new ArrayList<>();
        try {
            new CandidateRun(candidate, extent, measure -> search(mode, candidate, measure), (measure, value) -> {
                        results.add(new Results.Sample(mode, candidate.id(), round, measure, value));
                        said.add(measure.id() + " " + measure.format(value));
                    })
                    .run(mode, own);
            remarks.put(candidate.id(), candidate.gateways().remark(own));
        } catch (BenchException | LabException e) {
            failures.put(candidate.id() + " " + mode.word(), String.valueOf(e.getMessage()));
            said.add("FAILED: " + e.getMessage() + " (logs in " + own.getFileName() + ")");
        }
        TextFiles.write(raw, RawResults.csv(results));
        out.println(name + ": " + String.join(", ", said));
        out.flush();
    }

    /** From the second round on there is a good guess. */
    private RateSearch search(Mode mode, Candidate candidate, Measure measure) {
        return results.summary(mode, candidate.id(), measure)
                .filter(earlier -> earlier.median() > 0)
                .map(earlier -> new RateSearch(earlier.median(), SMALL_STEP))
                .orElseGet(() -> new RateSearch(FIRST_GUESS, LARGE_STEP));
    }
}
