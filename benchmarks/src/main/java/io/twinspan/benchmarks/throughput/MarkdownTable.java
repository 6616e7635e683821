package io.twinspan.benchmarks.throughput;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well as it is and is Markdown. */
public final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column heads. */
    public MarkdownTable(List<String> head) {
        rows.add(List.copyOf(head));
    }

    /** Adds a row with a cell for each column. */
    public MarkdownTable row(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells for " + rows.getFirst().size() + " columns");
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows.size(); row++) {
            text.append('|');
            for (int column = 0; column < rows.get(row).size(); column++) {
                String cell = rows.get(row).get(column);
                text.append(' ')
                        .append(cell)
                        .repeat(" ", width(column) - cell.length())
                        .append(" |");
            }
            text.append('\n');
            if (row == 0) {
                rule(text);
            }
        }
        return text.toString();
    }

    private void rule(StringBuilder text) {
        text.append('|');
        for (int column = 0; column < rows.getFirst().size(); column++) {
            text.append(' ').repeat("-", Math.max(3, width(column))).append(" |");
        }
        text.append('\n');
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
