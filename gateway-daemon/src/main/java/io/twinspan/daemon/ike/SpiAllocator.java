package io.twinspan.daemon.ike;

import java.util.HashSet;
import java.util.Set;

/**
 * Knows the inbound ESP SPIs of the whole gateway, because a packet names nothing but its SPI. The machines draw the
 * numbers; this says which are taken. Control loop only.
 */
public final class SpiAllocator {
    private final Set<Integer> inUse = new HashSet<>();

    /** True where no peer receives on this SPI. */
    public boolean isFree(int spi) {
        return !inUse.contains(spi);
    }

    void take(int spi) {
        inUse.add(spi);
    }

    void release(int spi) {
        inUse.remove(spi);
    }
}
