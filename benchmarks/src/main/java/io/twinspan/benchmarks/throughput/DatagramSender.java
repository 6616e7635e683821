package io.twinspan.benchmarks.throughput;

import io.netty.channel.unix.Socket;
import io.twinspan.daemon.lab.LabNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends datagrams of one length at an even rate, in small bursts of one system call each (UDP_SEGMENT, udp(7)).
 *
 * <p>The kernel cuts a burst before it leaves the host, where the device has no {@code tx-udp-segmentation}: gateways get
 * single packets, for less than a call for each would cost the shared cores.
 */
final class DatagramSender implements AutoCloseable {
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    /** Short for the queues on the way, of 500 packets in a TUN device, and long enough to be cheap. */
    private static final int BURST_PACKETS = 16;

    private static final int HEADER_OCTETS = 28;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** What was missed by more than this is not made up for: it would be one long burst. */
    private static final long MAX_LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final LabNamespace host;
    private final Socket socket;
    private final ByteBuffer burst;

    private DatagramSender(LabNamespace host, Socket socket, ByteBuffer burst) {
        this.host = host;
        this.socket = socket;
        this.burst = burst;
    }

    /**
     * Opens a socket on the host.
     *
     * @param packetOctets length of each packet with its IPv4 and UDP headers
     */
    static DatagramSender open(LabNamespace host, InetSocketAddress to, int packetOctets) {
        int payloadOctets = payloadOctets(packetOctets);
        return host.call(() -> {
            Socket socket = Socket.newSocketDgram();
            socket.connect(to);
            socket.setIntOpt(SOL_UDP, UDP_SEGMENT, payloadOctets);
            return new DatagramSender(host, socket, ByteBuffer.allocateDirect(payloadOctets * BURST_PACKETS));
        });
    }

    /** What a packet of this length carries. */
    static int payloadOctets(int packetOctets) {
        return packetOctets - HEADER_OCTETS;
    }

    /**
     * What was sent.
     *
     * @param nanos from the first to behind the last burst
     */
    record Sent(long packets, long nanos) {
        double packetsPerSecond() {
            return packets * (double) NANOS_PER_SECOND / nanos;
        }
    }

    /**
     * Sends for a while and waits for the end of it.
     *
     * @throws BenchException where the host refuses to send
     */
    Sent send(double packetsPerSecond, long nanos) {
        CompletableFuture<Sent> sent = new CompletableFuture<>();
        host.start("datagram-sender", () -> {
            try {
                sent.complete(sendPaced(packetsPerSecond, nanos));
            } catch (IOException e) {
                sent.completeExceptionally(e);
            }
        });
        try {
            return sent.join();
        } catch (CompletionException e) {
            throw new BenchException("datagrams of " + burst.capacity() / BURST_PACKETS + " octets: " + e.getMessage());
        }
    }

    private Sent sendPaced(double packetsPerSecond, long nanos) throws IOException {
        long interval = (long) (BURST_PACKETS / packetsPerSecond * NANOS_PER_SECOND);
        long start = System.nanoTime();
        long next = start;
        long packets = 0;
        long now = start;
        while (now - start < nanos) {
            if (now - next < 0) {
                LockSupport.parkNanos(next - now);
            } else {
                packets += socket.write(burst, 0, burst.capacity()) > 0 ? BURST_PACKETS : 0;
                next = Math.max(next + interval, now - MAX_LAG_NANOS);
            }
            now = System.nanoTime();
        }
        return new Sent(packets, now - start);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
