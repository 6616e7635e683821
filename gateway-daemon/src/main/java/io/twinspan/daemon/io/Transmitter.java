package io.twinspan.daemon.io;

import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.OutsideSocket;
import io.twinspan.daemon.sys.SendBatch;
import io.twinspan.daemon.sys.SockAddr;
import java.util.function.IntConsumer;

/**
 * The sending side of one socket on one loop: gathers messages, sends them with one call, and waits for room when the
 * socket is full. Confined to its loop.
 */
final class Transmitter implements DescriptorEvents {
    private final Descriptor descriptor;
    private final SendBatch batch;
    private final GuardedHandle handle;
    private final IntConsumer refused;
    private Runnable whenReady = () -> {};
    private boolean waiting;
    private boolean takesSegments = true;

    /**
     * Takes over one hold on the descriptor. Made on its loop.
     *
     * @param capacity messages that may wait
     * @param octets octets that may wait
     * @param refused told how many datagrams the kernel refused for good
     */
    Transmitter(Descriptor descriptor, String name, int capacity, int octets, IntConsumer refused) {
        this.refused = refused;
        this.descriptor = descriptor;
        this.batch = new SendBatch(capacity, octets);
        this.handle = new GuardedHandle(descriptor.fd(), name, false, this);
    }

    /** Has something run each time the socket, once full, has room again. */
    void whenReady(Runnable task) {
        whenReady = task;
    }

    GuardedHandle handle() {
        return handle;
    }

    /** Queues a datagram; false where there is no room even after sending, or it is too long. */
    boolean enqueue(SockAddr remote, int trafficClass, byte[] packet, int offset, int length) {
        return enqueue(remote, trafficClass, packet, offset, length, length);
    }

    /** Queues a message of datagrams that are {@code segmentOctets} long, the last perhaps shorter. */
    boolean enqueue(SockAddr remote, int trafficClass, byte[] packet, int offset, int length, int segmentOctets) {
        if (batch.add(remote, trafficClass, packet, offset, length, segmentOctets)) {
            return true;
        }
        flush();
        return batch.add(remote, trafficClass, packet, offset, length, segmentOctets);
    }

    /** Whether the kernel may cut what is sent next into fragments. */
    void fragments(boolean ipv4, boolean allowed) {
        OutsideSocket.fragments(descriptor, ipv4, allowed);
    }

    /** Whether what is sent next has DF set, so that no hop cuts it; the kernel does not heed ICMP either way. */
    void unfragmented(boolean ipv4, boolean wanted) {
        OutsideSocket.unfragmented(descriptor, ipv4, wanted);
    }

    /** False while the socket is full. */
    boolean isReady() {
        return !waiting;
    }

    /** False once the kernel or the device has refused a message of several datagrams. */
    boolean takesSegments() {
        return takesSegments;
    }

    /** Sends what is queued, as far as the socket takes it. */
    void flush() {
        if (waiting) {
            return;
        }
        while (!batch.isEmpty()) {
            int sent = batch.send(descriptor);
            if (sent == -Errno.EAGAIN) {
                await(true);
                return;
            }
            if (sent < 0 && sent != -Errno.EINTR) {
                judge(-sent);
            }
        }
    }

    private void judge(int errno) {
        if (batch.firstIsSegmented() && (errno == Errno.EIO || errno == Errno.EINVAL || errno == Errno.EMSGSIZE)) {
            // udp(7): a device that cannot complete checksums takes no message of several datagrams, but single ones.
            takesSegments = errno == Errno.EMSGSIZE;
            batch.takeApart();
        } else {
            // ECONNREFUSED and its like tell of an earlier datagram or of this peer only: never a reason to stop.
            refused.accept(batch.dropFirst());
        }
    }

    @Override
    public void writable() {
        await(false);
        flush();
        if (!waiting) {
            whenReady.run();
        }
    }

    @Override
    public boolean readable() {
        // Nothing is read here; an error that stands on the socket would wake this loop for ever.
        OutsideSocket.takeError(descriptor);
        return false;
    }

    @Override
    public void closed() {
        batch.close();
        descriptor.close();
    }

    private void await(boolean wanted) {
        waiting = wanted;
        handle.awaitWritable(wanted);
    }
}
