package io.twinspan.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import io.twinspan.benchmarks.ProcessClock;
import io.twinspan.benchmarks.Samples;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/** One mix through one looped gateway: first every packet compared octet by octet, then timed rounds. */
final class PipelineRun {
    /** Packets in one wake-up, or as many super-packets as hold about that many. */
    private static final int PACKETS_PER_WAKE_UP = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LoopedGateway gateway;
    private final byte[][] reads;
    private final int readsPerWakeUp;
    private final int wakeUpsPerRound;
    private final int packetsPerRound;
    private boolean comparing;
    private int written;

    /** @param packetsPerRound rounded down to whole wake-ups, but at least one */
    PipelineRun(PacketCipherEngine engine, EspSuite suite, FrameMix mix, int packetsPerRound) {
        this.readsPerWakeUp = Math.ceilDiv(PACKETS_PER_WAKE_UP, mix.packetsInSuperPacket());
        int packetsPerWakeUp = readsPerWakeUp * mix.packetsInSuperPacket();
        this.wakeUpsPerRound = Math.max(1, packetsPerRound / packetsPerWakeUp);
        this.packetsPerRound = wakeUpsPerRound * packetsPerWakeUp;
        this.gateway = new LoopedGateway(engine, suite, this::write);
        List<byte[]> cycle = mix.reads();
        this.reads = new byte[cycle.size() * readsPerWakeUp][];
        for (int i = 0; i < reads.length; i++) {
            // Each its own array: a packet of a stream is new to the cache.
            reads[i] = cycle.get(i % cycle.size()).clone();
        }
    }

    /**
     * CPU time of the whole process for each round, after {@code warmUpRounds}. One thread does all the work, so on an idle
     * machine this is elapsed time; on a busy one it leaves out what others use, and it includes the collector.
     *
     * @throws IllegalStateException where a packet was dropped or changed
     */
    Result measure(int warmUpRounds, int rounds) {
        comparing = true;
        round();
        comparing = false;
        for (int i = 0; i < warmUpRounds; i++) {
            round();
        }
        double[] nanosPerPacket = new double[rounds];
        long allocated = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < rounds; i++) {
            long start = ProcessClock.nanos();
            round();
            nanosPerPacket[i] = (double) (ProcessClock.nanos() - start) / packetsPerRound;
        }
        long garbage = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Result(new Samples(nanosPerPacket), garbage / ((long) rounds * packetsPerRound));
    }

    private void round() {
        long before = gateway.packetsIn();
        for (int wakeUp = 0; wakeUp < wakeUpsPerRound; wakeUp++) {
            int first = wakeUp * readsPerWakeUp % reads.length;
            written = first;
            for (int i = 0; i < readsPerWakeUp; i++) {
                gateway.read(reads[first + i]);
            }
            gateway.forward();
        }
        long cameThrough = gateway.packetsIn() - before;
        if (cameThrough != packetsPerRound) {
            throw new IllegalStateException(
                    cameThrough + " of " + packetsPerRound + " packets came through; drops: " + gateway.drops());
        }
    }

    /** In place of the TUN: what comes out is what went in, super-packets included. */
    private boolean write(byte[] array, int from, int length) {
        if (comparing) {
            byte[] sent = reads[written++];
            int packet = from + VirtioNetHeader.OCTETS;
            if (!Arrays.equals(sent, VirtioNetHeader.OCTETS, sent.length, array, packet, from + length)) {
                throw new IllegalStateException("packet " + written + " was changed on its way");
            }
        }
        return true;
    }

    /**
     * What was measured.
     *
     * @param nanosPerPacket CPU time, one sample for each round
     * @param garbageOctetsPerPacket memory allocated
     */
    record Result(Samples nanosPerPacket, long garbageOctetsPerPacket) {}
}
