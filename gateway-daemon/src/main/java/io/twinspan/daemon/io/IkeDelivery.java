package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.ike.IkeDatagramSink;
import io.twinspan.daemon.loop.CommandQueue;
import io.twinspan.daemon.sys.ReceiveBatch;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * Copies IKE datagrams out of a loop's memory and hands them to the control loop, over a bounded queue so that a flood
 * cannot fill the heap.
 */
final class IkeDelivery {
    /** Name of the counter of datagrams that found the queue full. */
    static final String QUEUE_FULL = "IKE_QUEUE_FULL";

    private static final int MAX_WAITING_DATAGRAMS = 1024;
    private static final long IPV4_MAPPED = 0xffff_0000_0000L;

    private record Datagram(Endpoint local, Endpoint remote, byte[] message) {}

    private final CommandQueue<Datagram> queue;

    IkeDelivery(Executor control, IkeDatagramSink sink) {
        queue = new CommandQueue<>(
                MAX_WAITING_DATAGRAMS,
                control,
                datagram -> sink.onDatagram(datagram.local(), datagram.remote(), datagram.message()));
    }

    /** Delivers a range of a received message; dropped where the control loop is far behind. */
    void deliver(ReceiveBatch batch, int index, int from, int length, Endpoint local) {
        byte[] message = new byte[length];
        batch.copy(index, from, message, 0, length);
        queue.offer(new Datagram(local, sender(batch, index), message));
    }

    /** Datagrams dropped because the control loop was too far behind; from any thread. */
    long refusedCount() {
        return queue.refusedCount();
    }

    private static Endpoint sender(ReceiveBatch batch, int index) {
        long high = batch.remoteHigh(index);
        long low = batch.remoteLow(index);
        boolean ipv4 = high == 0 && (low & ~0xffff_ffffL) == IPV4_MAPPED;
        byte[] octets = ipv4
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            return new Endpoint(InetAddress.getByAddress(octets), batch.remotePort(index));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
