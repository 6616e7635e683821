package io.twinspan.daemon.io;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.ConnectionEgress;
import io.twinspan.daemon.loop.DataLoop;
import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.TunDevice;
import java.util.function.IntConsumer;

/** Reads a TUN device on the outbound loop, and runs the connection's queue behind it. */
final class TunHandle implements DescriptorEvents {
    /** Packets in one wake-up, so that the other descriptors get their turn. */
    private static final int READ_BUDGET = 256;

    private final TunDevice device;
    private final int headerOctets;
    private final DataLoop loop;
    private final LoopClock clock;
    private final ConnectionEgress egress;
    private final Runnable endOfBatch;
    private final IntConsumer lost;
    private final GuardedHandle handle;
    private final Runnable again = this::runAgain;
    private boolean scheduled;
    private boolean closed;

    /**
     * Takes over one hold on the descriptor.
     *
     * @param endOfBatch sends what the path has built
     * @param lost told the errno when the device is gone
     */
    TunHandle(TunDevice device, DataLoop loop, ConnectionEgress egress, Runnable endOfBatch, IntConsumer lost) {
        this.device = device;
        this.headerOctets = device.hasOffloads() ? VirtioNetHeader.OCTETS : 0;
        this.loop = loop;
        this.clock = loop.clock();
        this.egress = egress;
        this.endOfBatch = endOfBatch;
        this.lost = lost;
        this.handle = new GuardedHandle(device.descriptor().fd(), "TUN " + device.name(), true, this);
    }

    GuardedHandle handle() {
        return handle;
    }

    @Override
    public boolean readable() {
        clock.refresh();
        boolean some = readAll();
        run();
        return some;
    }

    /** Takes in what waits in the device before anything is sent: what waits has to be seen to be bounded. */
    private boolean readAll() {
        for (int i = 0; i < READ_BUDGET; i++) {
            PacketSlot packet = egress.room(clock.nowNanos());
            if (packet == null) {
                return true;
            }
            // A device without headers leaves the zeros that stand there, which say: a whole packet.
            int start = PacketSlot.HEADROOM - headerOctets;
            int length = device.read(packet.array(), start, PacketSlot.MAX_PACKET_OCTETS + headerOctets);
            if (length <= headerOctets) {
                egress.unused(packet);
                judge(-length);
                return i > 0;
            }
            packet.range(PacketSlot.HEADROOM, length - headerOctets);
            egress.offer(packet, clock.nowNanos());
        }
        return true;
    }

    /** Sends what waits as far as may be, now and when the time or the socket allows it. */
    void run() {
        long next = egress.run(clock);
        endOfBatch.run();
        if (closed) {
            return;
        }
        handle.reading(egress.hasRoom());
        if (next < ConnectionEgress.BLOCKED && !scheduled) {
            scheduled = true;
            long wait = next - clock.nowNanos();
            if (wait <= 0) {
                loop.execute(again);
            } else {
                loop.schedule(again, wait);
            }
        }
    }

    private void runAgain() {
        scheduled = false;
        clock.refresh();
        run();
    }

    /** A device that was deleted keeps its descriptor readable for ever: it must leave the loop. */
    private void judge(int errno) {
        if (errno == Errno.EBADFD || errno == Errno.EBADF || errno == Errno.EIO || errno == Errno.ENODEV) {
            closed = true;
            handle.cancel();
            lost.accept(errno);
        }
    }

    @Override
    public void closed() {
        closed = true;
        device.descriptor().close();
    }
}
