package io.twinspan.daemon.dataplane;

import io.twinspan.daemon.queue.Pacer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sending child SAs of one tunnel and which of them is in use. Owned by the outbound loop. */
final class OutboundTunnel {
    private final int number;
    private final DataCounters counters;
    private Pacer pacer;
    private final List<OutboundChild> children = new ArrayList<>();
    private @Nullable OutboundChild current;
    private @Nullable OutboundLine line;
    private @Nullable PacketTap tap;

    OutboundTunnel(int number, DataCounters counters, Pacer pacer) {
        this.number = number;
        this.counters = counters;
        this.pacer = pacer;
    }

    int number() {
        return number;
    }

    DataCounters counters() {
        return counters;
    }

    Pacer pacer() {
        return pacer;
    }

    /** Where copies of its packets go; null nearly always. */
    @Nullable
    PacketTap tap() {
        return tap;
    }

    void tap(@Nullable PacketTap newTap) {
        tap = newTap;
    }

    /** Takes other limits from the next packet on. */
    void pacer(Pacer newPacer) {
        pacer = newPacer;
    }

    /** The child SA to send on; null where there is none. */
    @Nullable
    OutboundChild current() {
        return current;
    }

    void install(OutboundChild child) {
        remove(child.inboundSpi());
        child.impair(line);
        children.add(child);
    }

    /** Sends everything over a drill's path from now on, or over the real one again. */
    void impair(@Nullable OutboundLine newLine) {
        OutboundLine before = line;
        line = newLine;
        if (before != null) {
            before.end();
        }
        for (OutboundChild child : children) {
            child.impair(line);
        }
    }

    /** Sends on this child SA from now on; an unknown one changes nothing. */
    void use(int inboundSpi) {
        OutboundChild child = find(inboundSpi);
        if (child != null) {
            current = child;
        }
    }

    /** Limits the outer packets of all child SAs. */
    void uplinkMtu(int octets) {
        for (OutboundChild child : children) {
            child.uplinkMtu(octets);
        }
    }

    @Nullable
    OutboundChild find(int inboundSpi) {
        for (OutboundChild child : children) {
            if (child.inboundSpi() == inboundSpi) {
                return child;
            }
        }
        return null;
    }

    /** Forgets a child SA; where it was in use, the one installed last takes over rather than losing packets. */
    void remove(int inboundSpi) {
        OutboundChild child = find(inboundSpi);
        if (child == null) {
            return;
        }
        children.remove(child);
        if (current == child) {
            current = children.isEmpty() ? null : children.getLast();
        }
        child.end();
    }
}
