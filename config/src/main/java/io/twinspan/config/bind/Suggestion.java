package io.twinspan.config.bind;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known word nearest to a mistyped one. */
final class Suggestion {
    private static final int MAX_LISTED = 8;
    private static final int MAX_COMPARED_LENGTH = 64;

    private Suggestion() {}

    /** {@code did you mean 'x'?}, or the list of choices where none is near and the list is short, or nothing. */
    static String hint(String word, List<String> choices) {
        return nearest(word, choices)
                .map(choice -> "did you mean '" + choice + "'?")
                .orElse(choices.size() > MAX_LISTED ? "" : "possible are " + listed(choices));
    }

    /** The choice within a third of the word's length in edits, at least one and at most three. */
    static Optional<String> nearest(String word, List<String> choices) {
        String plain = plain(word);
        if (plain.isEmpty() || plain.length() > MAX_COMPARED_LENGTH) {
            return Optional.empty();
        }
        int limit = Math.clamp(plain.length() / 3, 1, 3);
        return choices.stream()
                .filter(choice -> distance(plain, plain(choice)) <= limit)
                .min(Comparator.comparingInt(choice -> distance(plain, plain(choice))));
    }

    static String listed(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Edit distance where a swap of neighbours counts once (optimal string alignment). */
    static int distance(String left, String right) {
        int[][] edits = new int[left.length() + 1][right.length() + 1];
        for (int row = 0; row <= left.length(); row++) {
            for (int column = 0; column <= right.length(); column++) {
                edits[row][column] = row == 0 || column == 0 ? row + column : cell(edits, left, right, row, column);
            }
        }
        return edits[left.length()][right.length()];
    }

    private static int cell(int[][] edits, String left, String right, int row, int column) {
        boolean same = left.charAt(row - 1) == right.charAt(column - 1);
        int best = Math.min(edits[row - 1][column], edits[row][column - 1]) + 1;
        best = Math.min(best, edits[row - 1][column - 1] + (same ? 0 : 1));
        boolean swapped = row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        return swapped ? Math.min(best, edits[row - 2][column - 2] + 1) : best;
    }
}
