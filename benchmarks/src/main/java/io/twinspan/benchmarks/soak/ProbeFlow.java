package io.twinspan.benchmarks.soak;

import io.twinspan.daemon.lab.LabNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Small numbered datagrams at a steady rate from one host to another, beside the load. Both ends are in this process and
 * share its clock, so each delay is one way.
 */
final class ProbeFlow implements AutoCloseable {
    static final int PER_SECOND = 200;

    private static final int PORT = 5002;
    private static final int OCTETS = 64;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    private static final long LAST_ARRIVALS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int ROOM_OCTETS = 1 << 20;

    private final String name;
    private final ProbeRecord record;
    private final DatagramChannel sender;
    private final DatagramChannel receiver;
    private final Thread sending;
    private final Thread receiving;
    private volatile boolean stopped;

    /**
     * Starts a flow.
     *
     * @param seconds for which there is room, at least
     */
    ProbeFlow(String name, LabNamespace from, String source, LabNamespace to, String destination, int seconds) {
        this.name = name;
        record = new ProbeRecord(seconds * PER_SECOND);
        receiver = open(to, destination, PORT);
        sender = open(from, source, 0);
        InetSocketAddress remote = new InetSocketAddress(destination, PORT);
        receiving = Thread.ofPlatform().daemon().name("probe-receiver").start(this::receive);
        sending = Thread.ofPlatform().daemon().name("probe-sender").start(() -> send(remote));
    }

    private static DatagramChannel open(LabNamespace namespace, String address, int port) {
        return namespace.call(() -> DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, ROOM_OCTETS)
                .bind(new InetSocketAddress(address, port)));
    }

    private void send(InetSocketAddress remote) {
        ByteBuffer probe = ByteBuffer.allocate(OCTETS);
        long next = System.nanoTime();
        while (!stopped) {
            int number = record.send(System.nanoTime());
            if (number < 0) {
                return;
            }
            try {
                sender.send(probe.clear().putInt(0, number), remote);
            } catch (PortUnreachableException e) {
                // An ICMP answer to a probe before; this one is counted as lost.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            next += INTERVAL_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    private void receive() {
        ByteBuffer probe = ByteBuffer.allocate(OCTETS);
        try {
            while (true) {
                receiver.receive(probe.clear());
                if (probe.position() == OCTETS) {
                    record.receive(probe.getInt(0), System.nanoTime());
                }
            }
        } catch (AsynchronousCloseException e) {
            // The end.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    /** Ends the flow, waits for what is under way, and gives the record. */
    ProbeRecord end() {
        stopped = true;
        join(sending);
        LockSupport.parkNanos(LAST_ARRIVALS_NANOS);
        close();
        join(receiving);
        return record;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            receiver.close();
            sender.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
