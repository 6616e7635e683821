package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Switches the terminal with stty(1), which every system has; where it fails, keys wait for the Enter key. */
final class TerminalMode {
    private static final File TERMINAL = new File("/dev/tty");

    private static final String NUMBER = "[1-9][0-9]{0,3}";

    private TerminalMode() {}

    /** Single keys without an echo; returns how it was, empty for unknown. */
    static String raw() {
        String before = stty("-g");
        String _ = stty("-icanon", "-echo", "min", "0");
        return before;
    }

    static void restore(String before) {
        String _ = before.isEmpty() ? stty("sane") : stty(before);
    }

    /**
     * A size of the screen.
     *
     * @param rows lines
     * @param columns characters
     */
    record Size(int rows, int columns) {
        /** What every terminal once had. */
        static final Size USUAL = new Size(24, 80);
    }

    /** The size of the screen now. */
    static Size size() {
        String[] size = stty("size").split(" ", -1);
        return size.length == 2 && size[0].matches(NUMBER) && size[1].matches(NUMBER)
                ? new Size(Integer.parseInt(size[0]), Integer.parseInt(size[1]))
                : Size.USUAL;
    }

    private static String stty(String... words) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(TERMINAL)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
            return process.waitFor() == 0 ? answer : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
