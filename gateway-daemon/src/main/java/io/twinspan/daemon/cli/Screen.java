package io.twinspan.daemon.cli;

import java.io.PrintWriter;

/** Where {@code --watch} and {@code top} draw: over the last picture on a terminal, below it elsewhere. */
final class Screen {
    private static final String HOME = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";
    private static final String NO_COLOUR = "\u001b[0m";
    private static final char ESCAPE = '\u001b';

    private final PrintWriter out;
    private final boolean inPlace;
    private boolean used;

    Screen(PrintWriter out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    /** Shows a picture; what stood there is overwritten and not cleared first, so that nothing flickers. */
    void draw(String text) {
        if (inPlace) {
            String fitting = fit(text, TerminalMode.size());
            out.print((used ? HOME : CLEAR + HOME) + fitting.replace("\n", REST_OF_LINE + "\n") + REST_OF_SCREEN);
        } else {
            out.print(text);
        }
        used = true;
        out.flush();
    }

    /**
     * As much of a picture as a screen shows: a line that were folded, or one too many, would push the first ones out. Colours
     * take no room.
     */
    static String fit(String text, TerminalMode.Size size) {
        StringBuilder out = new StringBuilder();
        int row = 0;
        for (String line : text.split("\n")) {
            row++;
            if (row >= size.rows()) {
                break;
            }
            cut(line, size.columns(), out);
            out.append('\n');
        }
        return out.toString();
    }

    private static void cut(String line, int columns, StringBuilder out) {
        int column = 0;
        for (int at = 0; at < line.length(); at++) {
            if (line.charAt(at) == ESCAPE) {
                int end = line.indexOf('m', at);
                out.append(line, at, end + 1);
                at = end;
            } else if (column++ < columns) {
                out.append(line.charAt(at));
            }
        }
        if (column > columns && line.indexOf(ESCAPE) >= 0) {
            out.append(NO_COLOUR);
        }
    }
}
