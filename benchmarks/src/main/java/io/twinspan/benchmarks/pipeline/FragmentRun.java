package io.twinspan.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import io.twinspan.benchmarks.Packets;
import io.twinspan.benchmarks.ProcessClock;
import io.twinspan.benchmarks.Samples;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.dataplane.DfPolicy;
import java.lang.management.ManagementFactory;
import java.util.Random;

/** UDP datagrams through one looped gateway, of which every so manieth is too large for the tunnel and is cut. */
final class FragmentRun {
    private static final int UPLINK_MTU = 1500;
    private static final int DATAGRAMS_PER_WAKE_UP = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LoopedGateway gateway;
    private final byte[][] reads = new byte[16 * DATAGRAMS_PER_WAKE_UP][];
    private final int wakeUps;
    private final long innerPackets;

    /**
     * @param whole octets of a datagram that fits
     * @param large octets of one that does not
     * @param largeOfFour how many of four datagrams are large, 0 to 4
     */
    FragmentRun(
            PacketCipherEngine engine, EspSuite suite, int whole, int large, int largeOfFour, int datagramsPerRound) {
        gateway = new LoopedGateway(engine, suite, UPLINK_MTU, DfPolicy.CLEAR, (_, _, _) -> true);
        wakeUps = Math.max(1, datagramsPerRound / DATAGRAMS_PER_WAKE_UP);
        Random random = new Random(1);
        for (int i = 0; i < reads.length; i++) {
            byte[] packet = Packets.udp(i % 4 < largeOfFour ? large : whole, random);
            reads[i] = new byte[VirtioNetHeader.OCTETS + packet.length];
            System.arraycopy(packet, 0, reads[i], VirtioNetHeader.OCTETS, packet.length);
        }
        innerPackets = (long) wakeUps * DATAGRAMS_PER_WAKE_UP * (4 + largeOfFour) / 4;
    }

    /** CPU time for one datagram in each round, and garbage, after a warm-up. */
    Result measure(int warmUpRounds, int rounds) {
        for (int i = 0; i < warmUpRounds; i++) {
            round();
        }
        double[] nanos = new double[rounds];
        long allocated = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            long start = ProcessClock.nanos();
            round();
            nanos[i] = (double) (ProcessClock.nanos() - start) / (wakeUps * DATAGRAMS_PER_WAKE_UP);
        }
        long garbage = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Result(new Samples(nanos).median(), garbage / ((long) rounds * wakeUps * DATAGRAMS_PER_WAKE_UP));
    }

    private void round() {
        long before = gateway.packetsIn();
        for (int wakeUp = 0; wakeUp < wakeUps; wakeUp++) {
            int first = wakeUp * DATAGRAMS_PER_WAKE_UP % reads.length;
            for (int i = 0; i < DATAGRAMS_PER_WAKE_UP; i++) {
                gateway.read(reads[first + i]);
            }
            gateway.forward();
        }
        long cameThrough = gateway.packetsIn() - before;
        if (cameThrough != innerPackets) {
            throw new IllegalStateException(
                    cameThrough + " of " + innerPackets + " packets came through; drops: " + gateway.drops());
        }
    }

    /**
     * What was measured.
     *
     * @param nanosPerDatagram median CPU time
     * @param garbageOctetsPerDatagram memory allocated
     */
    record Result(double nanosPerDatagram, long garbageOctetsPerDatagram) {}
}
