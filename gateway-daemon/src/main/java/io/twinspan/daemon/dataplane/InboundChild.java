package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.buffer.PacketSlot;

/** The receiving half of a child SA with what surrounds it. Made on the control loop, then owned by the inbound loop. */
final class InboundChild {
    private final InboundTunnel tunnel;
    private final InboundSa sa;
    private final EspKeys keys;
    private final EspSuite suite;
    private final Runnable whenEnded;
    private EspPath path;
    private int uplinkMtuBytes;
    private long highestSequence;
    private boolean resumed;
    private boolean heardFrom;
    private boolean udpEncapsulated;
    private IpAddressKey remote;
    private int remotePort;
    private int innerMtuBytes;
    private long movedHigh;
    private long movedLow;
    private int movedPort;
    private long movedAtNanos;
    private boolean moved;

    /**
     * A child SA to receive on.
     *
     * @param whenEnded run on the inbound loop when no packet of the SA will be opened any more
     */
    InboundChild(
            InboundTunnel tunnel,
            InboundSa sa,
            EspKeys keys,
            EspSuite suite,
            EspPath path,
            int uplinkMtuBytes,
            Runnable whenEnded) {
        this.whenEnded = whenEnded;
        this.resumed = sa.highestSequence() != 0;
        this.tunnel = tunnel;
        this.sa = sa;
        this.keys = keys;
        this.suite = suite;
        this.path = path;
        this.uplinkMtuBytes = uplinkMtuBytes;
        this.remote = IpAddressKey.of(path.remote().address());
        follow(path);
    }

    /** Takes a new outside path. */
    void follow(EspPath newPath) {
        path = newPath;
        udpEncapsulated = path.udpEncapsulated();
        remote = IpAddressKey.of(path.remote().address());
        remotePort = path.remote().port();
        moved = false;
        uplinkMtu(uplinkMtuBytes);
    }

    /** Takes another limit for outer packets. */
    void uplinkMtu(int octets) {
        uplinkMtuBytes = octets;
        boolean outerIpv6 = path.local().address().getAddress().length == 16;
        innerMtuBytes = EspOverhead.of(suite, udpEncapsulated, outerIpv6).innerMtuBytes(octets);
    }

    /** Sequence numbers passed over by the packet that was opened last; -1 where it filled a gap. */
    long missingBefore() {
        long before = highestSequence;
        highestSequence = sa.highestSequence();
        if (resumed) {
            // What came while no process was there to take it says nothing about the path.
            resumed = false;
            return 0;
        }
        return highestSequence - before - 1;
    }

    int spi() {
        return sa.spi();
    }

    InboundTunnel tunnel() {
        return tunnel;
    }

    InboundSa sa() {
        return sa;
    }

    /** The largest inner packet that fits the uplink unfragmented. */
    int innerMtuBytes() {
        return innerMtuBytes;
    }

    /** True the first time it is asked. */
    boolean isFirstPacket() {
        boolean first = !heardFrom;
        heardFrom = true;
        return first;
    }

    /**
     * True where an authentic packet came from another endpoint than the known one, told once for each new endpoint and
     * again after {@code repeatNanos} while nobody has followed. RFC 7296 section 2.23: only with UDP encapsulation.
     */
    boolean hasMoved(PacketSlot packet, long nowNanos, long repeatNanos) {
        if (!udpEncapsulated
                || !packet.udpEncapsulated()
                || (packet.remotePort() == remotePort && remote.matches(packet.remoteHigh(), packet.remoteLow()))) {
            return false;
        }
        boolean told = moved
                && movedPort == packet.remotePort()
                && movedLow == packet.remoteLow()
                && movedHigh == packet.remoteHigh()
                && nowNanos - movedAtNanos < repeatNanos;
        moved = true;
        movedHigh = packet.remoteHigh();
        movedLow = packet.remoteLow();
        movedPort = packet.remotePort();
        movedAtNanos = told ? movedAtNanos : nowNanos;
        return !told;
    }

    /** Wipes the key material; the child must be out of the table. */
    void destroyKeys() {
        keys.destroy();
        whenEnded.run();
    }
}
