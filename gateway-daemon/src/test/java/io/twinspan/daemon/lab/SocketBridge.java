package io.twinspan.daemon.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Passes TCP connections on to a Unix socket, octet for octet: scrapers know TCP only. */
final class SocketBridge implements AutoCloseable {
    private final ServerSocket server;
    private final Path socket;

    SocketBridge(Path socket) throws IOException {
        this.socket = socket;
        this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                SocketChannel daemon = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            daemon.connect(UnixDomainSocketAddress.of(socket));
            InputStream answer = Channels.newInputStream(daemon);
            OutputStream request = Channels.newOutputStream(daemon);
            Thread.ofVirtual().start(() -> {
                try {
                    client.getInputStream().transferTo(request);
                } catch (IOException e) {
                    // The answer is over.
                }
            });
            answer.transferTo(client.getOutputStream());
        } catch (IOException e) {
            // Whoever asked sees a connection that ends.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
