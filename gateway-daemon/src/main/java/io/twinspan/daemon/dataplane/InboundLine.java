package io.twinspan.daemon.dataplane;

import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The outside path of one tunnel from the peer while a drill impairs it. Made on the control loop, then owned by the inbound
 * loop.
 */
final class InboundLine {
    private final Impairment impairment;
    private final LossDice dice;
    private final DropCounters drops;
    private final LoopTimer timer;
    private final @Nullable DelayLine delayed;
    private final @Nullable PacketSlot arrival;
    private final Origin[] origins;
    private boolean armed;

    /** Where a delayed packet came from; one for each place, reused. */
    private static final class Origin {
        private boolean udp;
        private long high;
        private long low;
        private int port;
        private int trafficClass;
        private boolean reassembled;

        void note(PacketSlot packet) {
            udp = packet.udpEncapsulated();
            high = packet.remoteHigh();
            low = packet.remoteLow();
            port = packet.remotePort();
            trafficClass = packet.trafficClass();
            reassembled = packet.reassembled();
        }
    }

    /** @param drops of the tunnel's inbound direction */
    InboundLine(Impairment impairment, DropCounters drops, LoopTimer timer) {
        this.impairment = impairment;
        // Another series than outbound, so that the two directions do not lose in step.
        this.dice = new LossDice(impairment.lossIn(), ~impairment.seed());
        this.drops = drops;
        this.timer = timer;
        boolean delays = impairment.delayNanos() > 0;
        this.delayed = delays ? new DelayLine() : null;
        this.arrival = delays ? new PacketSlab(1).take() : null;
        this.origins = new Origin[delays ? DelayLine.PACKETS : 0];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = new Origin();
        }
    }

    /** True where the packet has arrived; else it is lost, or comes later. */
    boolean passes(PacketSlot packet, long nowNanos, InboundPath path) {
        if (impairment.isTooLong(packet.length() + EspOuterHeader.octets(packet)) || dice.loses()) {
            drops.count(PathVerdict.DRILL_IN);
            return false;
        }
        if (delayed == null) {
            return true;
        }
        int place = delayed.add(packet.array(), packet.offset(), packet.length(), nowNanos + impairment.delayNanos());
        if (place == DelayLine.FULL) {
            drops.count(PathVerdict.DRILL_IN);
            return false;
        }
        origins[place].note(packet);
        if (!armed) {
            arm(impairment.delayNanos(), path);
        }
        return false;
    }

    private void arm(long delayNanos, InboundPath path) {
        armed = true;
        timer.after(delayNanos, () -> {
            armed = false;
            path.arrived(this);
        });
    }

    /** The inbound loop's clock, read anew. */
    long nowNanos() {
        return timer.nowNanos();
    }

    /** The next packet whose time has come, or any where {@code all}; null where there is none. Valid until the next call. */
    @Nullable
    PacketSlot poll(long nowNanos, boolean all, InboundPath path) {
        if (delayed == null || delayed.isEmpty()) {
            return null;
        }
        long wait = delayed.nextDueNanos() - nowNanos;
        if (!all && wait > 0) {
            if (!armed) {
                arm(wait, path);
            }
            return null;
        }
        int place = delayed.oldest();
        Origin origin = origins[place];
        PacketSlot packet = Objects.requireNonNull(arrival);
        System.arraycopy(
                delayed.octets(), delayed.start(place), packet.array(), PacketSlot.HEADROOM, delayed.length(place));
        packet.range(PacketSlot.HEADROOM, delayed.length(place));
        packet.source(origin.udp, origin.high, origin.low, origin.port, origin.trafficClass);
        packet.reassembled(origin.reassembled);
        delayed.removeOldest();
        return packet;
    }
}
