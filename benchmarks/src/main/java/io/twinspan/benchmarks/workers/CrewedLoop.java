package io.twinspan.benchmarks.workers;

import io.netty.util.concurrent.Ticker;
import io.twinspan.benchmarks.Packets;
import io.twinspan.benchmarks.SaFixture;
import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.buffer.PacketSlot;
import io.twinspan.daemon.dataplane.ConnectionDataPlane;
import io.twinspan.daemon.dataplane.ConnectionEgress;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DataLoops;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.EgressPlan;
import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.dataplane.Forwarding;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.dataplane.TunnelPlan;
import io.twinspan.daemon.io.SealingThreads;
import io.twinspan.daemon.loop.LoopClock;
import io.twinspan.daemon.queue.Pacer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/** The product's outbound path with its sealing threads, on the caller's thread as loop; its socket forgets everything. */
final class CrewedLoop implements AutoCloseable {
    private static final Endpoint LOCAL = new Endpoint(IpPrefix.parseAddress("192.0.2.1"), 4500);
    private static final Endpoint REMOTE = new Endpoint(IpPrefix.parseAddress("198.51.100.1"), 4500);
    private static final int SPI = 0xc0ffee01;
    private static final int SEGMENT_OCTETS = 1340;
    private static final int SEGMENTS = 47;
    private static final int MTU = 1500;

    private final LoopClock clock = new LoopClock(Ticker.systemTicker());
    private final Semaphore told = new Semaphore(0);
    private final byte[] superPacket =
            Packets.tcpSuperPacket(SEGMENTS * SEGMENT_OCTETS, SEGMENT_OCTETS, new Random(SPI));
    private final ConnectionDataPlane dataPlane;
    private final EgressPlan egress;
    private final SealingThreads threads;
    private long sent;

    CrewedLoop(PacketCipherEngine engine, EspSuite suite, int workers) {
        egress = EgressPlan.of(5_000_000, 100_000_000, () -> new Pacer(0, 0, Pacer.DEFAULT_BURST_NANOS), workers);
        threads = SealingThreads.start(egress.crew(), told::release);
        DataLoops loops = new DataLoops(
                Runnable::run,
                clock::nowNanos,
                Runnable::run,
                new InboundPath(new DropCounters(), _ -> {}, Runnable::run),
                Runnable::run,
                Runnable::run,
                _ -> new Forgetful(),
                engine,
                SaFixture.entropy(),
                egress);
        List<IpPrefix> networks = List.of(IpPrefix.parse("10.1.0.0/16"));
        TunnelPlan tunnel =
                new TunnelPlan(1, IpPrefix.parseAddress("169.254.1.2"), IpPrefix.parseAddress("169.254.1.1"));
        ConnectionPlan plan = new ConnectionPlan("workers", networks, networks, MTU, List.of(tunnel));
        dataPlane = new ConnectionDataPlane(plan, loops, (_, _, _) -> false, (_, _, _) -> false, new Silent());
        dataPlane.installOutbound(1, SPI, SaFixture.parameters(suite, SPI), new EspPath(true, LOCAL, REMOTE));
        dataPlane.switchOutbound(1, SPI);
        dataPlane.setForwarding(Forwarding.to(1), _ -> {});
    }

    /** Seals so many super-packets and waits for the last; answers inner bits per nanosecond. */
    double gigabitsPerSecond(int superPackets) throws InterruptedException {
        long goal = sent + (long) superPackets * SEGMENTS;
        long start = System.nanoTime();
        for (int i = 0; i < superPackets; i++) {
            PacketSlot slot = dataPlane.egress().room(clock.nowNanos());
            while (slot == null) {
                await();
                slot = dataPlane.egress().room(clock.nowNanos());
            }
            int from = PacketSlot.HEADROOM - VirtioNetHeader.OCTETS;
            System.arraycopy(superPacket, 0, slot.array(), from, superPacket.length);
            slot.range(PacketSlot.HEADROOM, superPacket.length - VirtioNetHeader.OCTETS);
            dataPlane.egress().offer(slot, clock.refresh());
            long next = dataPlane.egress().run(clock);
            while (next != ConnectionEgress.IDLE) {
                if (next == ConnectionEgress.BLOCKED) {
                    await();
                }
                next = dataPlane.egress().run(clock);
            }
        }
        if (!dataPlane.counters(1).drops().isEmpty()) {
            throw new IllegalStateException("dropped: " + dataPlane.counters(1).drops());
        }
        while (sent < goal) {
            await();
        }
        return superPackets * (double) superPacket.length * Byte.SIZE / (System.nanoTime() - start);
    }

    private void await() throws InterruptedException {
        told.acquire();
        egress.crew().collectTold(clock.refresh());
    }

    @Override
    public void close() {
        threads.close();
    }

    private final class Forgetful implements EspSink {
        @Override
        public void flush() {}

        @Override
        public boolean unfragmented(boolean wanted) {
            return true;
        }

        private final byte[] octets = new byte[4096];

        @Override
        public byte[] array() {
            return octets;
        }

        @Override
        public int claim(int wanted) {
            return 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void commit(int length, int trafficClass) {
            sent++;
        }
    }

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
