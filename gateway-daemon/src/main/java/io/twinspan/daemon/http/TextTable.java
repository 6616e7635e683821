package io.twinspan.daemon.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns as wide as their widest cell, two spaces apart, no trailing spaces. */
final class TextTable {
    private final List<List<Cell>> rows = new ArrayList<>();

    TextTable row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    static Cell cell(String text) {
        return new Cell(text, UnaryOperator.identity());
    }

    static Cell cell(String text, UnaryOperator<String> paint) {
        return new Cell(text, paint);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                Cell cell = row.get(column);
                boolean last = column == row.size() - 1;
                line.append(cell.paint().apply(cell.text()));
                line.repeat(" ", last ? 0 : width(column) - cell.text().length() + 2);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).text().length())
                .max()
                .orElse(0);
    }

    /** A cell whose colour does not count as width. */
    record Cell(String text, UnaryOperator<String> paint) {}
}
