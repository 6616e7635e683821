package io.twinspan.benchmarks.failover;

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
 * Numbered datagrams one way from one host to another at a steady rate. Each is due at an instant of its own: a sender that was
 * held up sends what is overdue at once. Both ends share this process's clock.
 */
final class NumberedFlow implements AutoCloseable {
    /** Packets a second in each direction. */
    static final int PER_SECOND = 1_000;

    private static final int OCTETS = 200;
    private static final int BUFFER_OCTETS = 1 << 20;
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final FlowRecord record;
    private final DatagramChannel sender;
    private final DatagramChannel receiver;
    private final Thread sending;
    private volatile boolean stopped;

    private NumberedFlow(FlowRecord record, DatagramChannel sender, DatagramChannel receiver, String name) {
        this.record = record;
        this.sender = sender;
        this.receiver = receiver;
        Thread.ofPlatform().daemon().name("flow-in-" + name).start(this::receive);
        sending = Thread.ofPlatform().daemon().name("flow-out-" + name).start(this::send);
    }

    /** A host of the flow. */
    record End(LabNamespace namespace, String address) {}

    /**
     * Starts a flow.
     *
     * @param port at both ends
     * @param room how many packets are remembered, a power of two
     */
    static NumberedFlow start(End from, End to, int port, int room) {
        DatagramChannel receiver = open(to, port);
        DatagramChannel sender = open(from, port);
        // Connected channels know their peer, so that no address is made for each packet.
        connect(sender, to, port);
        connect(receiver, from, port);
        return new NumberedFlow(
                new FlowRecord(room), sender, receiver, from.namespace().name());
    }

    private static DatagramChannel open(End end, int port) {
        return end.namespace()
                .call(() -> DatagramChannel.open()
                        .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_OCTETS)
                        .bind(new InetSocketAddress(end.address(), port)));
    }

    private static void connect(DatagramChannel channel, End to, int port) {
        try {
            channel.connect(new InetSocketAddress(to.address(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FlowRecord record() {
        return record;
    }

    private void send() {
        ByteBuffer packet = ByteBuffer.allocateDirect(OCTETS);
        long due = System.nanoTime();
        while (!stopped) {
            int number = record.send(System.nanoTime());
            packet.clear().putInt(0, number);
            try {
                sender.write(packet);
            } catch (PortUnreachableException e) {
                // An ICMP answer to a packet before: this one counts as lost.
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                // No route for now: lost as well.
            }
            due += INTERVAL_NANOS;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private void receive() {
        ByteBuffer packet = ByteBuffer.allocateDirect(OCTETS);
        while (!stopped) {
            try {
                receiver.read(packet.clear());
                if (packet.position() == OCTETS) {
                    record.receive(packet.getInt(0), System.nanoTime());
                }
            } catch (PortUnreachableException e) {
                // The other side's receiver is not there yet.
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            sending.join(TimeUnit.SECONDS.toMillis(1));
            sender.close();
            receiver.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
