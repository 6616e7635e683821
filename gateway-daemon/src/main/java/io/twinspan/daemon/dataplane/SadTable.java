package io.twinspan.daemon.dataplane;

import org.jspecify.annotations.Nullable;

/**
 * Inbound child SAs by SPI: an open-addressing table (RFC 4301 section 4.4.2). Owned by the inbound loop.
 *
 * <p>SPIs are unique within a gateway because the gateway chooses them; lookups look at nothing else.
 */
final class SadTable {
    private static final int FIRST_CAPACITY = 64;

    private @Nullable InboundChild[] places = new @Nullable InboundChild[FIRST_CAPACITY];
    private int count;

    /** The child SA with an SPI. */
    @Nullable
    InboundChild find(int spi) {
        int place = start(spi);
        for (InboundChild child = places[place]; child != null; child = places[place]) {
            if (child.spi() == spi) {
                return child;
            }
            place = (place + 1) & (places.length - 1);
        }
        return null;
    }

    /** Adds a child SA, in place of one with the same SPI. */
    void put(InboundChild child) {
        if (count * 2 >= places.length) {
            grow();
        }
        int place = start(child.spi());
        InboundChild there = places[place];
        while (there != null && there.spi() != child.spi()) {
            place = (place + 1) & (places.length - 1);
            there = places[place];
        }
        if (there == null) {
            count++;
        }
        places[place] = child;
    }

    /** Takes a child SA out; null where there is none. What follows it moves up, so no marker is left behind. */
    @Nullable
    InboundChild remove(int spi) {
        int place = start(spi);
        InboundChild found = places[place];
        while (found != null && found.spi() != spi) {
            place = (place + 1) & (places.length - 1);
            found = places[place];
        }
        if (found == null) {
            return null;
        }
        places[place] = null;
        count--;
        int next = (place + 1) & (places.length - 1);
        for (InboundChild child = places[next]; child != null; child = places[next]) {
            places[next] = null;
            count--;
            put(child);
            next = (next + 1) & (places.length - 1);
        }
        return found;
    }

    /** Limits the outer packets of all child SAs of a tunnel. */
    void uplinkMtu(InboundTunnel tunnel, int octets) {
        for (InboundChild child : places) {
            if (child != null && child.tunnel() == tunnel) {
                child.uplinkMtu(octets);
            }
        }
    }

    /** How many child SAs there are. */
    int size() {
        return count;
    }

    private void grow() {
        @Nullable InboundChild[] old = places;
        places = new @Nullable InboundChild[old.length * 2];
        count = 0;
        for (InboundChild child : old) {
            if (child != null) {
                put(child);
            }
        }
    }

    private int start(int spi) {
        // Fibonacci hashing: SPIs are random, but a test's need not be.
        return (spi * 0x9E3779B9) >>> (Integer.numberOfLeadingZeros(places.length) + 1);
    }
}
