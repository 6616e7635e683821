package io.twinspan.benchmarks.pipeline;

import com.sun.management.ThreadMXBean;
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
    private static final int BURSTS_PER_ROUND = 1024;
    private static final int PACKETS_PER_ROUND = BURSTS_PER_ROUND * LoopedGateway.BURST;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final LoopedGateway gateway;
    private final byte[][] packets;
    private long delivered;
    private long deliveredOctets;
    private boolean comparing;
    private int next;

    PipelineRun(PacketCipherEngine engine, EspSuite suite, FrameMix mix) {
        gateway = new LoopedGateway(engine, suite, this::deliver);
        packets = packets(mix);
    }

    private static byte[][] packets(FrameMix mix) {
        Random random = new Random(1);
        List<Integer> lengths = mix.packetOctets();
        byte[][] packets = new byte[lengths.size() * LoopedGateway.BURST][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] =
                    Packets.udp(lengths.get(i % lengths.size()), LoopedGateway.HOST, LoopedGateway.HOST + 1, random);
        }
        return packets;
    }

    /**
     * Nanoseconds per packet of each round, after {@code warmUpRounds}.
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
            long start = System.nanoTime();
            round();
            nanosPerPacket[i] = (double) (System.nanoTime() - start) / PACKETS_PER_ROUND;
        }
        long garbage = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Result(new Samples(nanosPerPacket), garbage / ((long) rounds * PACKETS_PER_ROUND));
    }

    private void round() {
        long before = delivered;
        for (int burst = 0; burst < BURSTS_PER_ROUND; burst++) {
            // A loop reads its clock once for each wake-up.
            long now = System.nanoTime();
            int first = burst * LoopedGateway.BURST % packets.length;
            next = first;
            for (int i = 0; i < LoopedGateway.BURST; i++) {
                gateway.send(packets[first + i], now);
            }
            gateway.receiveAll(now);
        }
        if (delivered - before != PACKETS_PER_ROUND) {
            throw new IllegalStateException((delivered - before) + " of " + PACKETS_PER_ROUND
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
     * @param nanosPerPacket one sample for each round
     * @param garbageOctetsPerPacket memory allocated
     */
    record Result(Samples nanosPerPacket, long garbageOctetsPerPacket) {}
}
