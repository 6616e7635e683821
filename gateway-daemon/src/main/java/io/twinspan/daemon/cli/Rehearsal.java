package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the commands that people type most, with a daemon that always says the same: the training run of the JDK's AOT cache
 * (JEP 514), which remembers the classes that were used.
 */
public final class Rehearsal {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("status"),
            List.of("status", "-o", "yaml"),
            List.of("sas"),
            List.of("events"),
            List.of("check"),
            List.of("up", "prod/1"),
            List.of("switch", "prod", "--to", "2"));

    private Rehearsal() {}

    /**
     * The rehearsal.
     *
     * @throws IOException where no socket can be made in the folder for temporary files
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("twinspan-rehearsal");
        Path socket = folder.resolve("s");
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofPlatform().daemon().start(() -> serve(listener));
            for (List<String> command : COMMANDS) {
                String[] words = new String[command.size() + 2];
                command.toArray(words);
                words[command.size()] = "--socket";
                words[command.size() + 1] = socket.toString();
                run(words);
            }
            run("version");
            run("status", "--help");
        } finally {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }

    private static void run(String... words) {
        var line = TwinspanCommand.createFor(words).orElseGet(TwinspanCommand::create);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int _ = TwinspanCommand.execute(line.setOut(nowhere).setErr(nowhere), words);
    }

    private static void serve(ServerSocketChannel listener) {
        String body = "{\"schema\":\"twinspan.status/1\",\"state\":\"up\"}\n";
        String answer = "HTTP/1.1 200 OK\r\nTwinspan-State: up\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        while (listener.isOpen()) {
            try (SocketChannel client = listener.accept()) {
                int _ = client.read(ByteBuffer.allocate(4_096));
                int _ = client.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
            } catch (IOException e) {
                return;
            }
        }
    }
}
