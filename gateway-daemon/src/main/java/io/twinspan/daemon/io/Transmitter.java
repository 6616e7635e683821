package io.twinspan.daemon.io;

import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.OutsideSocket;
import io.twinspan.daemon.sys.SendBatch;
import io.twinspan.daemon.sys.SockAddr;

/**
 * The sending side of one socket on one loop: gathers datagrams, sends them with one call, and waits for room when the
 * socket is full. Confined to its loop.
 */
final class Transmitter implements DescriptorEvents {
    private final Descriptor descriptor;
    private final SendBatch batch;
    private final GuardedHandle handle;
    private boolean waiting;
    private final Runnable refused;

    /**
     * Takes over one hold on the descriptor. Made on its loop.
     *
     * @param refused run for each datagram that the kernel refuses for good
     */
    Transmitter(Descriptor descriptor, String name, int capacity, int slotOctets, Runnable refused) {
        this.refused = refused;
        this.descriptor = descriptor;
        this.batch = new SendBatch(capacity, slotOctets);
        this.handle = new GuardedHandle(descriptor.fd(), name, false, this);
    }

    GuardedHandle handle() {
        return handle;
    }

    /** Queues a datagram; false where there is no room even after sending, or it is too long. */
    boolean enqueue(SockAddr remote, int trafficClass, byte[] packet, int offset, int length) {
        if (batch.isFull()) {
            flush();
        }
        return batch.add(remote, trafficClass, packet, offset, length);
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
                // ECONNREFUSED and its like tell of an earlier datagram or of this peer only: never a reason to stop.
                refused.run();
                batch.dropFirst();
            }
        }
    }

    @Override
    public void writable() {
        await(false);
        flush();
    }

    @Override
    public void readable() {
        // Nothing is read here; an error that stands on the socket would wake this loop for ever.
        OutsideSocket.takeError(descriptor);
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
