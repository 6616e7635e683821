package io.twinspan.daemon.sys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The effective capabilities of the calling thread, capabilities(7), as /proc shows them. */
public final class CapabilitySet {
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String EFFECTIVE = "CapEff:";

    private final long effective;

    private CapabilitySet(long effective) {
        this.effective = effective;
    }

    /** Rights that a gateway needs. */
    public enum Capability {
        CAP_NET_BIND_SERVICE(10),
        CAP_NET_ADMIN(12),
        CAP_NET_RAW(13);

        private final int bit;

        Capability(int bit) {
            this.bit = bit;
        }
    }

    /** Reads the set of the calling thread; empty where /proc does not show it. */
    public static CapabilitySet current() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(EFFECTIVE)) {
                    return new CapabilitySet(Long.parseUnsignedLong(
                            line.substring(EFFECTIVE.length()).strip(), 16));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return new CapabilitySet(0);
        }
        return new CapabilitySet(0);
    }

    /** True where the thread has the right, in its own user namespace. */
    public boolean has(Capability capability) {
        return (effective >>> capability.bit & 1) != 0;
    }

    /** The rights a gateway needs and this thread lacks, in the order of their numbers. */
    public List<Capability> missing() {
        List<Capability> result = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if (!has(capability)) {
                result.add(capability);
            }
        }
        return result;
    }
}
