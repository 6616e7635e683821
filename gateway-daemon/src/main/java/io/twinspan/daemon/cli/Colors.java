package io.twinspan.daemon.cli;

import java.io.Console;
import java.util.Optional;

/** Whether standard output may carry colours. */
final class Colors {
    private Colors() {}

    /** Only on a terminal, and never with NO_COLOR (no-color.org). */
    static boolean wanted() {
        String off = System.getenv("NO_COLOR");
        return (off == null || off.isEmpty())
                && !"dumb".equals(System.getenv("TERM"))
                && Optional.ofNullable(System.console())
                        .map(Console::isTerminal)
                        .orElse(false);
    }
}
