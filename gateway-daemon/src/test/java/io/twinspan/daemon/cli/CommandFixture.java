package io.twinspan.daemon.cli;

import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.FakeGateway;
import io.twinspan.daemon.http.GatewayRoutes;
import io.twinspan.daemon.http.RouteGroup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands over a real socket, and a gateway in memory behind it. */
abstract class CommandFixture {
    @TempDir
    Path folder = Path.of("");

    final FakeGateway gateway = new FakeGateway();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    Path socket = Path.of("");
    ApiServer server;

    @BeforeEach
    final void startServer() throws IOException {
        socket = folder.resolve("api.sock");
        server = ApiServer.start(socket, routes());
    }

    @AfterEach
    final void stopServer() throws IOException {
        server.close();
    }

    /** What the daemon serves. */
    List<RouteGroup> routes() {
        return GatewayRoutes.of(gateway);
    }

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
