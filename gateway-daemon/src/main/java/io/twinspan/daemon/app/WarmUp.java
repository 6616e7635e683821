package io.twinspan.daemon.app;

import io.twinspan.daemon.cli.TwinspanCommand;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;

/**
 * Does once what commands and the daemon do, so that Java can keep the classes it loaded for that (JEP 514) and what it
 * learned of them (JEP 515). Run by the package's installation; nothing of it is seen.
 */
public final class WarmUp {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("version"),
            List.of("--help"),
            List.of("status", "--help"),
            List.of("status", "--socket", "/nonexistent/twinspan.sock"));

    private WarmUp() {}

    /**
     * Runs commands, and the lab where this process may have namespaces and devices of its own.
     *
     * @param arguments a path for the lab's socket
     */
    public static void main(String[] arguments) {
        COMMANDS.forEach(command -> run(command.toArray(String[]::new)));
        run("lab", "--once", "--socket", arguments[0]);
        // Threads of the lab may still be about to end.
        System.exit(0);
    }

    private static void run(String... words) {
        var nowhere = new PrintWriter(Writer.nullWriter());
        TwinspanCommand.execute(Main.commands().setOut(nowhere).setErr(nowhere), words);
    }
}
