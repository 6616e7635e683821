package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.offload.Coalescer;
import io.twinspan.crypto.offload.VirtioNetHeader;

/**
 * The last step of the inbound path for one connection: packets of a flow are put together, for one write into the TUN
 * instead of many. Owned by the inbound loop, which ends each batch with {@link #flush}.
 */
final class HostDelivery {
    private final TunSink tun;
    private final DropCounters drops;
    private final boolean together;
    private final Coalescer coalescer;
    private boolean pending;

    /**
     * A delivery that holds nothing.
     *
     * @param drops counts what the TUN refuses
     */
    HostDelivery(TunSink tun, DropCounters drops) {
        this.tun = tun;
        this.drops = drops;
        this.together = tun.takesSuperPackets();
        this.coalescer = new Coalescer(tun.takesUdpSuperPackets(), this::write);
    }

    /**
     * Takes one packet that has room for a virtio header in front; true the first time since the last {@link #flush}.
     */
    boolean add(byte[] packet, int offset, int length) {
        if (!together) {
            VirtioNetHeader.writeNone(packet, offset - VirtioNetHeader.OCTETS);
            write(packet, offset - VirtioNetHeader.OCTETS, VirtioNetHeader.OCTETS + length, 1);
            return false;
        }
        coalescer.add(packet, offset, length);
        boolean first = !pending;
        pending = true;
        return first;
    }

    /** Writes what was held back. */
    void flush() {
        coalescer.flush();
        pending = false;
    }

    private void write(byte[] array, int from, int length, int packets) {
        if (!tun.write(array, from, length)) {
            drops.count(PathVerdict.TUN_WRITE_FAILED, packets);
        }
    }
}
