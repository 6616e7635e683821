package io.twinspan.daemon.io;

import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.daemon.dataplane.TunSink;
import io.twinspan.daemon.sys.TunDevice;

/** Writes into a TUN device from either loop. */
final class TunWriter implements TunSink {
    private final TunDevice device;
    private final int skip;

    TunWriter(TunDevice device) {
        this.device = device;
        this.skip = device.hasOffloads() ? 0 : VirtioNetHeader.OCTETS;
    }

    @Override
    public boolean write(byte[] array, int from, int length) {
        return device.write(array, from + skip, length - skip) == length - skip;
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
