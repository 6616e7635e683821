package io.twinspan.benchmarks.failover;

import java.util.ArrayList;
import java.util.List;

/**
 * All runs with one pair of programs.
 *
 * @param gateway who played the customer gateway
 * @param endpoints who played AWS
 * @param runs in the order they were made
 */
record Campaign(String gateway, String endpoints, List<RunResult> runs) {
    Campaign(String gateway, String endpoints) {
        this(gateway, endpoints, new ArrayList<>());
    }

    void add(RunResult run) {
        runs.add(run);
    }

    /** Those that were run, in the usual order. */
    List<Scenario> scenarios() {
        return runs.stream().map(RunResult::scenario).distinct().sorted().toList();
    }

    /** True where the gateway gives an account of what it does. */
    boolean hasStories() {
        return runs.stream().anyMatch(run -> !run.story().events().isEmpty());
    }

    List<RunResult> of(Scenario scenario) {
        return runs.stream().filter(run -> run.scenario() == scenario).toList();
    }
}
