package io.twinspan.benchmarks.throughput;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What there is to reach, and what was. */
final class BarTable {
    private static final String NOTHING = "-";

    private BarTable() {}

    /** The table of one mode. */
    static MarkdownTable of(Results results, Mode mode, List<Bar> bars) {
        MarkdownTable table =
                new MarkdownTable(List.of("to reach, " + mode.word(), "measured", "beside", "ratio", "bar", "reached"));
        for (Bar bar : bars) {
            Optional<Bar.Outcome> outcome = bar.judge(results, mode);
            table.row(List.of(
                    bar.work(),
                    outcome.map(it -> format(bar, it.value())).orElse(NOTHING),
                    outcome.map(it -> beside(it)).orElse(NOTHING),
                    outcome.filter(it -> it.peer().isPresent())
                            .map(it -> ratio(it.ratio()))
                            .orElse(NOTHING),
                    limit(bar),
                    outcome.map(it -> it.reached() ? "yes" : "**no**").orElse("not measured")));
        }
        return table;
    }

    private static String beside(Bar.Outcome outcome) {
        return outcome.peer()
                .map(peer -> peer.candidate() + " " + peer.measure().format(outcome.peerValue()))
                .orElse(NOTHING);
    }

    private static String format(Bar bar, double value) {
        return bar.subject().measure().format(value);
    }

    private static String limit(Bar bar) {
        String words = bar.direction() == Bar.Direction.AT_LEAST ? "at least " : "at most ";
        return words + (bar.peers().isEmpty() ? format(bar, bar.limit()) : factor(bar.limit()) + " x");
    }

    private static String ratio(Summary ratio) {
        String median = factor(ratio.median());
        return ratio.runs() == 1 ? median : median + " (" + factor(ratio.min()) + "-" + factor(ratio.max()) + ")";
    }

    private static String factor(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
