package io.twinspan.benchmarks.throughput;

import io.netty.channel.unix.Socket;
import io.twinspan.daemon.lab.LabNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the octets of the datagrams that reach a host. Merged datagrams (UDP_GRO, udp(7)) come with one call; datagrams of
 * one length are then counted by their octets.
 */
final class DatagramReceiver implements AutoCloseable {
    private static final int SOL_UDP = 17;
    private static final int UDP_GRO = 104;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int BUFFER_OCTETS = 8 << 20;
    private static final int MAX_DATAGRAM = 65_536;
    /** The socket's buffer holds far more than comes in the meantime, and waking up costs the shared cores. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Socket socket;
    private final AtomicLong octets = new AtomicLong();
    private final Thread thread;

    private DatagramReceiver(LabNamespace host, Socket socket) {
        this.socket = socket;
        this.thread = host.start("datagram-receiver", this::receive);
    }

    /** Opens a socket on the host and starts counting. */
    static DatagramReceiver open(LabNamespace host, InetSocketAddress on) {
        Socket socket = host.call(() -> {
            Socket opened = Socket.newSocketDgram();
            opened.setIntOpt(SOL_SOCKET, SO_RCVBUF, BUFFER_OCTETS);
            opened.setIntOpt(SOL_UDP, UDP_GRO, 1);
            opened.bind(on);
            return opened;
        });
        return new DatagramReceiver(host, socket);
    }

    /** Octets of payload so far. */
    long octets() {
        return octets.get();
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                int length = socket.read(buffer, 0, buffer.capacity());
                if (length > 0) {
                    octets.lazySet(octets.get() + length);
                } else {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
