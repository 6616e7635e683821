package io.twinspan.daemon.io;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.OutboundPath;
import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.TunDevice;
import java.util.function.IntConsumer;

/** Reads a TUN device on the outbound loop. */
final class TunHandle implements DescriptorEvents {
    /** Packets in one wake-up: one send batch, and the other descriptors get their turn. */
    private static final int READ_BUDGET = 64;

    private final TunDevice device;
    private final int headerOctets;
    private final PacketSlot packet;
    private final LoopClock clock;
    private final OutboundPath path;
    private final Runnable endOfBatch;
    private final IntConsumer lost;
    private final GuardedHandle handle;

    /**
     * Takes over one hold on the descriptor.
     *
     * @param endOfBatch sends what the path has queued
     * @param lost told the errno when the device is gone
     */
    TunHandle(
            TunDevice device,
            PacketSlot packet,
            LoopClock clock,
            OutboundPath path,
            Runnable endOfBatch,
            IntConsumer lost) {
        this.device = device;
        this.headerOctets = device.hasOffloads() ? VirtioNetHeader.OCTETS : 0;
        this.packet = packet;
        this.clock = clock;
        this.path = path;
        this.endOfBatch = endOfBatch;
        this.lost = lost;
        this.handle = new GuardedHandle(device.descriptor().fd(), "TUN " + device.name(), true, this);
    }

    GuardedHandle handle() {
        return handle;
    }

    @Override
    public void readable() {
        long now = clock.refresh();
        int start = PacketSlot.HEADROOM - headerOctets;
        int limit = PacketSlot.MAX_PACKET_OCTETS + headerOctets;
        // A device without headers leaves the one of zeros as it is, which says: a whole packet.
        try {
            for (int i = 0; i < READ_BUDGET; i++) {
                int length = device.read(packet.array(), start, limit);
                if (length <= headerOctets) {
                    judge(-length);
                    return;
                }
                packet.range(PacketSlot.HEADROOM, length - headerOctets);
                path.accept(packet, now);
            }
        } finally {
            endOfBatch.run();
        }
    }

    /** A device that was deleted keeps its descriptor readable for ever: it must leave the loop. */
    private void judge(int errno) {
        if (errno == Errno.EBADFD || errno == Errno.EBADF || errno == Errno.EIO || errno == Errno.ENODEV) {
            handle.cancel();
            lost.accept(errno);
        }
    }

    @Override
    public void closed() {
        device.descriptor().close();
    }
}
