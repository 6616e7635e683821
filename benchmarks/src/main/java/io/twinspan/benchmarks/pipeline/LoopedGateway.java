package io.twinspan.benchmarks.pipeline;

import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.ConnectionDataPlane;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DataLoops;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.EgressPlan;
import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.dataplane.TunSink;
import io.twinspan.daemon.dataplane.TunnelPlan;
import io.twinspan.daemon.queue.Pacer;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A gateway whose wire ends in itself: what the outbound path seals, the inbound path opens, on one thread. Both paths are
 * the product's, with tunnel selection, selectors, replay window and counters; only the two descriptors are memory. Copies
 * stand for the four system calls: from the TUN, to the socket with the way from there, and to the TUN.
 */
final class LoopedGateway {
    /** Packets sealed before any of them is opened, as a loop does that reads until there is no more. */
    static final int BURST = 64;

    private static final Endpoint LOCAL = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 4500);
    private static final Endpoint REMOTE = new Endpoint(IpPrefix.parseAddress("198.51.100.1"), 4500);
    private static final long REMOTE_AS_IPV6 = 0xffff_c633_6401L;
    private static final int SPI = 0xc0ffee01;
    private static final int TUNNEL = 1;

    /** Large enough that no packet of any mix needs to be cut. */
    private static final int UPLINK_MTU = 9000;

    private final PacketSlot fromTun = new PacketSlab(1).take();
    private final PacketSlot[] wire = new PacketSlot[BURST];
    private final DropCounters strangers = new DropCounters();
    private final InboundPath inboundPath;
    private final ConnectionDataPlane dataPlane;
    private int onWire;

    LoopedGateway(PacketCipherEngine engine, EspSuite suite, TunSink host) {
        PacketSlab slab = new PacketSlab(BURST);
        for (int i = 0; i < BURST; i++) {
            wire[i] = slab.take();
        }
        inboundPath = new InboundPath(strangers, event -> {}, Runnable::run);
        DataLoops loops = new DataLoops(
                Runnable::run,
                System::nanoTime,
                Runnable::run,
                inboundPath,
                Runnable::run,
                path -> new Wire(),
                engine,
                SaFixture.entropy(),
                EgressPlan.of(5_000_000, 100_000_000, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS)));
        dataPlane = new ConnectionDataPlane(plan(), loops, LoopedGateway::refuseIcmp, host, new Silent());
        EspPath path = new EspPath(true, LOCAL, REMOTE);
        dataPlane.installInbound(TUNNEL, SaFixture.parameters(suite, SPI), path, () -> {});
        dataPlane.installOutbound(TUNNEL, SPI, SaFixture.parameters(suite, SPI), path);
        dataPlane.switchOutbound(TUNNEL, SPI);
        dataPlane.setActiveTunnel(TUNNEL, atNanos -> {});
    }

    private static ConnectionPlan plan() {
        // One network on both sides, so that what comes back is let in.
        List<IpPrefix> networks = List.of(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("fd01::/16"));
        return new ConnectionPlan(
                "pipeline",
                networks,
                networks,
                UPLINK_MTU,
                List.of(
                        new TunnelPlan(1, address("169.254.1.2"), address("169.254.1.1")),
                        new TunnelPlan(2, address("169.254.2.2"), address("169.254.2.1"))));
    }

    /** Seals one packet from the host; at most {@link #BURST} before {@link #receiveAll}. */
    void send(byte[] packet, long nowNanos) {
        System.arraycopy(packet, 0, fromTun.array(), PacketSlot.HEADROOM, packet.length);
        fromTun.range(PacketSlot.HEADROOM, packet.length);
        dataPlane.outboundPath().accept(fromTun, nowNanos);
    }

    /** Opens everything that was sealed and hands it to the host. */
    void receiveAll(long nowNanos) {
        for (int i = 0; i < onWire; i++) {
            inboundPath.accept(wire[i], LOCAL, nowNanos);
        }
        onWire = 0;
        inboundPath.endOfBatch();
    }

    /** Drops by name, of which there must be none. */
    Map<String, Long> drops() {
        Map<String, Long> drops = new TreeMap<>(strangers.snapshot());
        drops.putAll(dataPlane.drops());
        drops.putAll(dataPlane.counters(TUNNEL).drops());
        return drops;
    }

    /** The socket and the way back from it: each packet is sealed where it will be opened. */
    private final class Wire implements EspSink {
        @Override
        public byte[] array() {
            return wire[onWire].array();
        }

        @Override
        public int claim(int octets) {
            return PacketSlot.HEADROOM;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void commit(int octets, int trafficClass) {
            PacketSlot slot = wire[onWire++];
            slot.range(PacketSlot.HEADROOM, octets);
            slot.source(true, 0, REMOTE_AS_IPV6, REMOTE.port(), trafficClass);
        }
    }

    /** What the outbound path answers is none of the traffic. */
    private static boolean refuseIcmp(byte[] packet, int offset, int length) {
        return false;
    }

    private static InetAddress address(String text) {
        return IpPrefix.parseAddress(text);
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
