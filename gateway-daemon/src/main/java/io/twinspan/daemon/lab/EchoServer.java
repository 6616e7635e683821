package io.twinspan.daemon.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A lab host's two services on one port: UDP datagrams and TCP streams come back as they were sent. */
public final class EchoServer implements AutoCloseable {
    public static final int PORT = 7007;
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final DatagramChannel datagrams;
    private final ServerSocket streams;

    private EchoServer(DatagramChannel datagrams, ServerSocket streams) {
        this.datagrams = datagrams;
        this.streams = streams;
    }

    /** Opens both services in the namespace. */
    public static EchoServer start(LabNamespace host) {
        EchoServer server = host.call(() -> {
            DatagramChannel channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(PORT));
            return new EchoServer(channel, new ServerSocket(PORT));
        });
        host.start("echo-udp-" + host.name(), server::echoDatagrams);
        host.start("echo-tcp-" + host.name(), server::acceptStreams);
        return server;
    }

    private void echoDatagrams() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        while (datagrams.isOpen()) {
            try {
                buffer.clear();
                var sender = datagrams.receive(buffer);
                buffer.flip();
                datagrams.send(buffer, sender);
            } catch (IOException _) {
                // A closed channel ends the loop; an unreachable sender is the sender's affair.
            }
        }
    }

    private void acceptStreams() {
        while (!streams.isClosed()) {
            try {
                Socket socket = streams.accept();
                Thread.ofPlatform().name("echo-tcp").daemon(true).start(() -> echoStream(socket));
            } catch (IOException _) {
                // A closed socket ends the loop.
            }
        }
    }

    private static void echoStream(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // The client sees the broken connection and reports it.
        }
    }

    @Override
    public void close() {
        try {
            datagrams.close();
            streams.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
