package io.twinspan.daemon.cli;

import java.io.Console;

/** Whether standard output may carry colours. */
final class Colors {
    private Colors() {}

    /** Only on a terminal, and never with NO_COLOR (no-color.org). */
    static boolean wanted() {
        String off = System.getenv("NO_COLOR");
        Console console = System.console();
        return (off == null || off.isEmpty())
                && !"dumb".equals(System.getenv("TERM"))
                && console != null
                && console.isTerminal();
    }
}
