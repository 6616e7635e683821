package io.twinspan.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
import io.twinspan.benchmarks.Packets;
import io.twinspan.benchmarks.ProcessClock;
import io.twinspan.benchmarks.Samples;
import io.twinspan.crypto.offload.VirtioNetHeader;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One mix through one looped gateway: first every packet compared octet by octet, then timed rounds. */
final class PipelineRun {

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LoopedGateway gateway;
    private final byte[][] packets;
    private final int burstsPerRound;
    private final int packetsPerRound;
    private long delivered;
    private long deliveredOctets;
    private boolean comparing;
    private int next;

    PipelineRun(PacketCipherEngine engine, EspSuite suite, FrameMix mix, int burstsPerRound) {
        this.burstsPerRound = burstsPerRound;
        this.packetsPerRound = burstsPerRound * LoopedGateway.BURST;
        gateway = new LoopedGateway(engine, suite, this::deliver);
        packets = packets(mix);
    }

    private static byte[][] packets(FrameMix mix) {
        Random random = new Random(1);
        List<Integer> lengths = mix.packetOctets();
        byte[][] packets = new byte[lengths.size() * LoopedGateway.BURST][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = Packets.udp(lengths.get(i % lengths.size()), random);
        }
        return packets;
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
        long before = delivered;
        for (int burst = 0; burst < burstsPerRound; burst++) {
            // A loop reads its clock once for each wake-up.
            long now = System.nanoTime();
            int first = burst * LoopedGateway.BURST % packets.length;
            next = first;
            for (int i = 0; i < LoopedGateway.BURST; i++) {
                gateway.send(packets[first + i], now);
            }
            gateway.receiveAll(now);
        }
        if (delivered - before != packetsPerRound) {
            throw new IllegalStateException((delivered - before) + " of " + packetsPerRound
                    + " packets came through; drops: " + gateway.drops());
        }
    }

    private boolean deliver(byte[] packet, int from, int written) {
        int offset = from + VirtioNetHeader.OCTETS;
        int length = written - VirtioNetHeader.OCTETS;
        delivered++;
        deliveredOctets += length;
        if (comparing) {
            byte[] sent = packets[next++];
            if (!Arrays.equals(sent, 0, sent.length, packet, offset, offset + length)) {
                throw new IllegalStateException("packet " + deliveredOctets + " was changed on its way");
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
