package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A daemon of another version: it gives the same answer to whatever it is asked. */
final class AnsweringDaemon implements AutoCloseable {
    private final ServerSocketChannel listener;

    AnsweringDaemon(Path socket, String body) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(() -> serve(body));
    }

    private void serve(String body) {
        while (listener.isOpen()) {
            try (SocketChannel client = listener.accept()) {
                int _ = client.read(ByteBuffer.allocate(4_096));
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                int _ = client.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
