package io.twinspan.daemon.io;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.daemon.dataplane.TunSink;
import io.twinspan.daemon.sys.PacketPipe;
import io.twinspan.daemon.sys.TunDevice;

/** Writes into a TUN device from one loop. */
final class TunWriter implements TunSink {
    private final PacketPipe pipe;
    private final TunDevice device;
    private final int skip;

    /** @param pipe the loop's own */
    TunWriter(PacketPipe pipe, TunDevice device) {
        this.pipe = pipe;
        this.device = device;
        this.skip = device.hasOffloads() ? 0 : VirtioNetHeader.OCTETS;
    }

    @Override
    public boolean write(byte[] array, int from, int length) {
        return pipe.write(device.descriptor(), array, from + skip, length - skip) == length - skip;
    }

    @Override
    public boolean takesSuperPackets() {
        return device.hasOffloads();
    }

    @Override
    public boolean takesUdpSuperPackets() {
        return device.hasUdpOffloads();
    }
}
