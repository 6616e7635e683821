package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.Samples;
import io.twinspan.benchmarks.throughput.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Tables of many runs, one row for each pair of programs and scenario. */
final class FailoverTable {
    private static final double P99 = 0.99;
    private static final String NONE = "-";

    private FailoverTable() {}

    /** The outages of both directions. */
    static String outages(List<Campaign> campaigns) {
        MarkdownTable table = new MarkdownTable(List.of(
                "gateway",
                "AWS side",
                "failure",
                "runs",
                "outbound ms: median",
                "p99",
                "max",
                "lost: median",
                "max",
                "inbound ms: median",
                "p99",
                "max",
                "lost: median",
                "max"));
        for (Campaign campaign : campaigns) {
            for (Scenario scenario : campaign.scenarios()) {
                List<RunResult> runs = campaign.of(scenario);
                List<RunResult> back = runs.stream()
                        .filter(run -> run.inboundMillis().isPresent())
                        .toList();
                List<String> cells = new ArrayList<>(List.of(
                        campaign.gateway(), campaign.endpoints(), scenario.title(), Integer.toString(runs.size())));
                cells.addAll(times(values(runs, run -> OptionalDouble.of(run.outboundMillis()))));
                cells.addAll(counts(
                        values(runs, run -> OptionalDouble.of(run.outbound().lost()))));
                cells.addAll(times(values(back, RunResult::inboundMillis)));
                cells.addAll(counts(
                        values(back, run -> OptionalDouble.of(run.inbound().lost()))));
                if (back.isEmpty()) {
                    cells.set(9, "not awaited");
                } else if (back.size() < runs.size()) {
                    cells.set(9, cells.get(9) + " (" + back.size() + " runs)");
                }
                table.row(cells);
            }
        }
        return table.toString();
    }

    /** When the gateway suspected, was sure and had moved, by its own account. */
    static String accounts(List<Campaign> campaigns) {
        MarkdownTable table = new MarkdownTable(List.of(
                "gateway",
                "AWS side",
                "failure",
                "suspected ms: median",
                "verdict ms: median",
                "p99",
                "max",
                "moved ms: median",
                "p99",
                "max",
                "duplicated",
                "reordered",
                "disturbed runs"));
        for (Campaign campaign : campaigns) {
            if (!campaign.hasStories()) {
                continue;
            }
            for (Scenario scenario : campaign.scenarios()) {
                List<RunResult> runs = campaign.of(scenario);
                List<String> cells =
                        new ArrayList<>(List.of(campaign.gateway(), campaign.endpoints(), scenario.title()));
                cells.add(times(values(runs, run -> run.story().suspicionMillis()))
                        .getFirst());
                cells.addAll(times(values(runs, run -> run.story().verdictMillis())));
                cells.addAll(times(values(runs, run -> run.story().switchMillis())));
                cells.add(sum(
                        runs, run -> run.outbound().duplicated() + run.inbound().duplicated()));
                cells.add(sum(
                        runs, run -> run.outbound().reordered() + run.inbound().reordered()));
                cells.add(sum(runs, run -> run.disturbed() ? 1 : 0));
                table.row(cells);
            }
        }
        return table.toString();
    }

    private static double[] values(List<RunResult> runs, Function<RunResult, OptionalDouble> value) {
        return runs.stream()
                .map(value)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
    }

    private static String sum(List<RunResult> runs, Function<RunResult, Integer> count) {
        return Integer.toString(runs.stream().mapToInt(run -> count.apply(run)).sum());
    }

    private static List<String> times(double[] millis) {
        if (millis.length == 0) {
            return List.of(NONE, NONE, NONE);
        }
        Samples samples = new Samples(millis);
        return List.of(shown(samples.median()), shown(samples.percentile(P99)), shown(samples.max()));
    }

    private static List<String> counts(double[] packets) {
        if (packets.length == 0) {
            return List.of(NONE, NONE);
        }
        Samples samples = new Samples(packets);
        return List.of(shown(samples.median()), shown(samples.max()));
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
