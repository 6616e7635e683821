package io.twinspan.daemon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person sits at the other end of a standard stream. */
final class Terminal {
    private Terminal() {}

    /** True where standard output is a terminal, whatever standard input is. */
    static boolean isOutput() {
        return isTerminal("1");
    }

    /** True where somebody can be asked: standard input and output are a terminal. */
    static boolean isInput() {
        return isTerminal("0") && isOutput();
    }

    /** True where the terminal cannot move its cursor. */
    static boolean isDumb() {
        String name = System.getenv("TERM");
        return name == null || name.isEmpty() || name.equals("dumb");
    }

    /** System.console() asks for both streams at once, and {@code status < file} is still read by a person. */
    private static boolean isTerminal(String descriptor) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
