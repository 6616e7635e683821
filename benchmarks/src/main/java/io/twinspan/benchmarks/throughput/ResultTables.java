package io.twinspan.benchmarks.throughput;

import java.util.ArrayList;
import java.util.List;

/** The measured values as tables: a row for each candidate, a column for each measure. */
final class ResultTables {
    private static final String NOTHING = "-";

    private ResultTables() {}

    /** The table of one mode with the measures that have any value. */
    static MarkdownTable of(Results results, Mode mode, List<Candidate> candidates, List<Measure> measures) {
        List<Measure> columns = measures.stream()
                .filter(measure -> candidates.stream()
                        .anyMatch(candidate ->
                                results.summary(mode, candidate.id(), measure).isPresent()))
                .toList();
        List<String> head = new ArrayList<>(List.of(mode.word()));
        columns.forEach(measure -> head.add(measure.title()));
        MarkdownTable table = new MarkdownTable(head);
        for (Candidate candidate : candidates) {
            List<String> row = new ArrayList<>(List.of(candidate.label()));
            columns.forEach(measure -> row.add(cell(results, mode, candidate, measure)));
            table.row(row);
        }
        return table;
    }

    private static String cell(Results results, Mode mode, Candidate candidate, Measure measure) {
        return results.summary(mode, candidate.id(), measure)
                .map(summary -> cell(summary, measure))
                .orElse(NOTHING);
    }

    /** Median, and the range in brackets where there is one. */
    static String cell(Summary summary, Measure measure) {
        String median = measure.format(summary.median());
        return summary.runs() == 1
                ? median
                : median + " (" + measure.format(summary.min()) + "-" + measure.format(summary.max()) + ")";
    }
}
