package io.twinspan.benchmarks.pipeline;

import io.netty.util.concurrent.Ticker;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.ConnectionDataPlane;
import io.twinspan.daemon.dataplane.ConnectionEgress;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DataLoops;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.dataplane.DfPolicy;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.EgressPlan;
import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.dataplane.Forwarding;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.dataplane.TunSink;
import io.twinspan.daemon.dataplane.TunnelPlan;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.queue.Pacer;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gateway whose wire ends in itself: what the outbound path seals, the inbound path opens, on one thread. Both paths are
 * the product's, with the queue in front, segmenting, tunnel selection, selectors, replay window, counters and coalescing; only the descriptors
 * are memory. One copy stands for reading the TUN, one for the wire with both its sockets.
 */
final class LoopedGateway {
    /** As much as the product's memory for one socket holds before it is sent. */
    private static final int WIRE_OCTETS = 96 * 1024;

    private static final int WIRE_PACKETS = 64;

    private static final Endpoint LOCAL = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 4500);
    private static final Endpoint REMOTE = new Endpoint(IpPrefix.parseAddress("198.51.100.1"), 4500);
    private static final long REMOTE_AS_IPV6 = 0xffff_c633_6401L;
    private static final int SPI = 0xc0ffee01;
    private static final int TUNNEL = 1;
    /** So long that a machine which is held up does not look like a full line, where packets are dropped. */
    private static final long TARGET_NANOS = 1_000_000_000;

    private static final long INTERVAL_NANOS = 2_000_000_000;

    /** Large enough that no packet of any mix needs to be cut. */
    private static final int UPLINK_MTU = 9000;

    private final LoopClock clock = new LoopClock(Ticker.systemTicker());
    private final PacketSlot fromWire = new PacketSlab(1).take();
    private final Wire wire = new Wire();
    private final DropCounters strangers = new DropCounters();
    private final InboundPath inboundPath;
    private final ConnectionDataPlane dataPlane;

    /** One in which a frame that does not fit is refused, so that it is noticed. */
    LoopedGateway(PacketCipherEngine engine, EspSuite suite, TunSink host) {
        this(engine, suite, UPLINK_MTU, DfPolicy.HONOR, host);
    }

    /** The same where outer packets are kept to another size. */
    LoopedGateway(PacketCipherEngine engine, EspSuite suite, int uplinkMtuBytes, DfPolicy df, TunSink host) {
        inboundPath = new InboundPath(strangers, event -> {}, Runnable::run);
        DataLoops loops = new DataLoops(
                Runnable::run,
                clock::nowNanos,
                Runnable::run,
                inboundPath,
                Runnable::run,
                Runnable::run,
                path -> wire,
                engine,
                SaFixture.entropy(),
                EgressPlan.of(TARGET_NANOS, INTERVAL_NANOS, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS)));
        dataPlane =
                new ConnectionDataPlane(plan(uplinkMtuBytes, df), loops, LoopedGateway::refuseIcmp, host, new Silent());
        EspPath path = new EspPath(true, LOCAL, REMOTE);
        dataPlane.installInbound(TUNNEL, SaFixture.parameters(suite, SPI), path, () -> {});
        dataPlane.installOutbound(TUNNEL, SPI, SaFixture.parameters(suite, SPI), path);
        dataPlane.switchOutbound(TUNNEL, SPI);
        dataPlane.setForwarding(Forwarding.to(TUNNEL), atNanos -> {});
    }

    private static ConnectionPlan plan(int uplinkMtuBytes, DfPolicy df) {
        // One network on both sides, so that what comes back is let in.
        List<IpPrefix> networks = List.of(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("fd01::/16"));
        return new ConnectionPlan(
                "pipeline",
                networks,
                networks,
                uplinkMtuBytes,
                df,
                List.of(
                        new TunnelPlan(1, address("169.254.1.2"), address("169.254.1.1")),
                        new TunnelPlan(2, address("169.254.2.2"), address("169.254.2.1"))));
    }

    /** Takes in what one read of the TUN brought: a virtio header and a packet or super-packet. */
    void read(byte[] octets) {
        PacketSlot slot = dataPlane.egress().room(clock.nowNanos());
        if (slot == null) {
            throw new IllegalStateException("more packets in one wake-up than may wait");
        }
        System.arraycopy(octets, 0, slot.array(), PacketSlot.HEADROOM - VirtioNetHeader.OCTETS, octets.length);
        slot.range(PacketSlot.HEADROOM, octets.length - VirtioNetHeader.OCTETS);
        dataPlane.egress().offer(slot, clock.nowNanos());
    }

    /** The rest of a wake-up: seals everything that was read, opens it, and hands it to the host. */
    void forward() {
        while (dataPlane.egress().run(clock) != ConnectionEgress.IDLE) {
            wire.deliver();
        }
        wire.deliver();
        inboundPath.endOfBatch();
    }

    /** Inner packets that came through. */
    long packetsIn() {
        return dataPlane.counters(TUNNEL).packetsIn();
    }

    /** Drops by name, of which there must be none. */
    Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>(strangers.snapshot());
        drops.putAll(dataPlane.drops());
        drops.putAll(dataPlane.counters(TUNNEL).drops());
        return drops;
    }

    /** What the outbound path answers is none of the traffic. */
    private static boolean refuseIcmp(byte[] array, int from, int length) {
        return false;
    }

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
    }

    /** ESP packets side by side, as in the product's memory for one socket; sending them is receiving them. */
    private final class Wire implements EspSink {
        @Override
        public void flush() {}

        @Override
        public boolean unfragmented(boolean wanted) {
            return true;
        }

        private final byte[] octets = new byte[WIRE_OCTETS];
        private final int[] starts = new int[WIRE_PACKETS];
        private final int[] lengths = new int[WIRE_PACKETS];
        private final int[] trafficClasses = new int[WIRE_PACKETS];
        private int packets;
        private int used;

        @Override
        public byte[] array() {
            return octets;
        }

        @Override
        public int claim(int wanted) {
            if (packets == WIRE_PACKETS || wanted > WIRE_OCTETS - used) {
                deliver();
            }
            return used;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void commit(int length, int trafficClass) {
            starts[packets] = used;
            lengths[packets] = length;
            trafficClasses[packets] = trafficClass;
            packets++;
            used += length;
        }

        void deliver() {
            for (int i = 0; i < packets; i++) {
                System.arraycopy(octets, starts[i], fromWire.array(), PacketSlot.HEADROOM, lengths[i]);
                fromWire.range(PacketSlot.HEADROOM, lengths[i]);
                fromWire.source(true, 0, REMOTE_AS_IPV6, REMOTE.port(), trafficClasses[i]);
                inboundPath.accept(fromWire, LOCAL, clock.nowNanos());
            }
            packets = 0;
            used = 0;
        }
    }

    /** Nobody to tell. */
    private static final class Silent implements DataPlaneListener {
        @Override
        public void firstAuthenticated(int tunnel, int inboundSpi, long atNanos) {}

        @Override
        public void nearlyExhausted(int tunnel, int inboundSpi) {}

        @Override
        public void peerMoved(int tunnel, int inboundSpi, Endpoint remote) {}

        @Override
        public void unknownSpi(Endpoint local, Endpoint remote, int spi) {}
    }
}
