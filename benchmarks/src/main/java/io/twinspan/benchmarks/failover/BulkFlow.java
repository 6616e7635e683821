package io.twinspan.benchmarks.failover;

import io.twinspan.daemon.lab.LabNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Large datagrams at a steady rate to a port where nobody listens for them: they only fill the line. */
final class BulkFlow implements AutoCloseable {
    /** Octets of each datagram. */
    static final int OCTETS = 1_300;

    private static final int PORT = 5_020;

    private final DatagramChannel sender;
    private final DatagramChannel sink;
    private final long intervalNanos;
    private volatile boolean stopped;

    BulkFlow(LabNamespace from, LabNamespace to, String target, int perSecond) {
        SocketAddress remote = new InetSocketAddress(target, PORT);
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        // A bound socket keeps the host from answering with ICMP.
        sink = to.call(() -> DatagramChannel.open().bind(remote));
        sender = from.call(() -> DatagramChannel.open().connect(remote));
        Thread.ofPlatform().daemon().name("bulk").start(this::send);
    }

    private void send() {
        ByteBuffer packet = ByteBuffer.allocateDirect(OCTETS);
        long due = System.nanoTime();
        while (!stopped) {
            try {
                sender.write(packet.clear());
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // Nobody misses it.
            }
            due += intervalNanos;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            sender.close();
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
