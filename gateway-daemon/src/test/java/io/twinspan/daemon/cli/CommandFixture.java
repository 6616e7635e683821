package io.twinspan.daemon.cli;

import io.twinspan.daemon.http.UnixApiFixture;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Commands over a real socket, and a gateway in memory behind it. */
abstract class CommandFixture extends UnixApiFixture {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    final CommandLine commandLine() {
        return TwinspanCommand.create().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    /** Runs a command against the daemon; its exit code. */
    final int run(String... arguments) {
        return execute(Stream.concat(Stream.of(arguments), Stream.of("--socket", socket.toString()))
                .toArray(String[]::new));
    }

    /** Runs a command as it stands. */
    final int execute(String... arguments) {
        return TwinspanCommand.execute(commandLine(), arguments);
    }

    /** What was printed since the last look. */
    final String text() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }
}
