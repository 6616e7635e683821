package io.twinspan.benchmarks.scale;

import io.twinspan.benchmarks.gateway.PairPlan;
import io.twinspan.benchmarks.gateway.PairTopology;
import io.twinspan.daemon.lab.LabNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Datagrams from A's hosts to B's, one connection after the other, at a steady rate. B holds the port open and reads
 * nothing: what arrives is counted by the gateways, and a full socket costs nobody anything.
 */
final class UdpLoad implements AutoCloseable {
    private static final int PORT = 5001;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TICKS_PER_SECOND = 1000;

    private final List<DatagramChannel> senders = new ArrayList<>();
    private final DatagramChannel receiver;
    private final ByteBuffer payload;

    /** Opens a sender for each connection. */
    UdpLoad(PairTopology topology, PairPlan plan, int payloadOctets) {
        payload = ByteBuffer.allocate(payloadOctets);
        receiver = open(topology.gatewayB(), "0.0.0.0", PORT);
        for (int i = 0; i < plan.connections(); i++) {
            DatagramChannel sender = open(topology.gatewayA(), plan.hostA(i), 0);
            connect(sender, new InetSocketAddress(plan.hostB(i), PORT));
            senders.add(sender);
        }
    }

    private static DatagramChannel open(LabNamespace namespace, String address, int port) {
        return namespace.call(() -> DatagramChannel.open()
                .setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20)
                .bind(new InetSocketAddress(address, port)));
    }

    private static void connect(DatagramChannel channel, InetSocketAddress remote) {
        try {
            channel.connect(remote);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends on the first so many connections in turn. Returns when all is sent; a rate that the machine does not reach is
     * not made up for.
     *
     * @return datagrams sent
     */
    long run(int connections, int packetsPerSecond, int seconds) {
        long sent = 0;
        long start = System.nanoTime();
        for (long tick = 1; tick <= seconds * TICKS_PER_SECOND; tick++) {
            long due = packetsPerSecond * tick / TICKS_PER_SECOND;
            while (sent < due) {
                send(senders.get((int) (sent % connections)));
                sent++;
            }
            LockSupport.parkNanos(start + tick * TICK_NANOS - System.nanoTime());
        }
        return sent;
    }

    private void send(DatagramChannel sender) {
        try {
            sender.write(payload.clear());
        } catch (PortUnreachableException e) {
            throw new IllegalStateException("the receiver's port is closed", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        for (DatagramChannel sender : senders) {
            sender.close();
        }
    }
}
