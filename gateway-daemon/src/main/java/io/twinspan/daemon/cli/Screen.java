package io.twinspan.daemon.cli;

import java.io.PrintWriter;

/** Where {@code --watch} draws: over the last picture on a terminal, below it elsewhere. */
final class Screen {
    private static final String HOME = "\u001b[H";
    private static final String CLEAR = "\u001b[2J";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

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
            out.print((used ? HOME : CLEAR + HOME) + text.replace("\n", REST_OF_LINE + "\n") + REST_OF_SCREEN);
        } else {
            out.print(text);
        }
        used = true;
        out.flush();
    }
}
