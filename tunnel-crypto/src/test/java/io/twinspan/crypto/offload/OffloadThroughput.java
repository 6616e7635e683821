package io.twinspan.crypto.offload;

import com.sun.management.ThreadMXBean;
import io.twinspan.crypto.packet.TcpMssClamp;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints what cutting and putting together cost for one packet, in nanoseconds (least and median of the rounds) and in
 * octets of garbage. Run by hand, on an otherwise quiet machine; argument: octets of a packet (1400).
 */
final class OffloadThroughput {
    private static final int WARM_UP_ROUNDS = 100;
    private static final int ROUNDS = 41;
    private static final int SUPER_PACKETS_PER_ROUND = 200;
    private static final int SUPER_PACKET_BYTES = 60_000;
    private static final int FLOWS = 8;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer = new Coalescer(true, (array, from, length, packets) -> count(length));
    private final byte[] target = new byte[1 << 16];
    private final int packetBytes;
    private long octets;

    private OffloadThroughput(int packetBytes) {
        this.packetBytes = packetBytes;
    }

    public static void main(String[] arguments) {
        OffloadThroughput throughput =
                new OffloadThroughput(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1400);
        for (PacketSketch sketch : List.of(
                withTimestamps(PacketSketch.tcpV4()),
                withTimestamps(PacketSketch.tcpV6()),
                PacketSketch.udpV4(),
                PacketSketch.udpV6())) {
            throughput.measure(sketch);
        }
        System.out.println(throughput.octets + " octets in all");
    }

    private static PacketSketch withTimestamps(PacketSketch sketch) {
        sketch.tcpOptions = new byte[] {1, 1, 8, 10, 1, 2, 3, 4, 5, 6, 7, 8};
        return sketch;
    }

    private void measure(PacketSketch sketch) {
        String name = (sketch.udp ? "UDP" : "TCP") + (sketch.v6 ? "v6" : "v4");
        int segmentBytes = packetBytes - sketch.headerBytes();
        PacketSketch whole = sketch.payload(SUPER_PACKET_BYTES / segmentBytes * segmentBytes);
        byte[] superPacket = whole.superPacket(segmentBytes);
        byte[][] packets = whole.segments(segmentBytes).toArray(byte[][]::new);
        print(name + " cut", packets.length, () -> cut(superPacket));
        print(name + " copied only", packets.length, () -> copy(packets));
        print(name + " put together", packets.length, () -> putTogether(packets));
        byte[][] interleaved = interleaved(whole, segmentBytes);
        print(name + " put together, " + FLOWS + " flows", interleaved.length, () -> putTogether(interleaved));
        if (!sketch.udp) {
            measureAlone(name, whole, packets.length, segmentBytes);
        }
        print(name + " MSS clamp, no SYN", packets.length, () -> clamp(packets));
    }

    private void measureAlone(String name, PacketSketch whole, int count, int segmentBytes) {
        byte[][] alone = new byte[count][];
        Arrays.setAll(
                alone,
                i -> whole.copy()
                        .flags(PacketSketch.ACK | PacketSketch.PSH)
                        .payload(segmentBytes)
                        .octets());
        print(name + " with PSH, written through", alone.length, () -> putTogether(alone));
        byte[][] acknowledgments = new byte[count][];
        Arrays.setAll(acknowledgments, i -> whole.copy().payload(0).octets());
        print(name + " without payload", alone.length, () -> putTogether(acknowledgments));
    }

    private byte[][] interleaved(PacketSketch whole, int segmentBytes) {
        byte[][] all = new byte[whole.segments(segmentBytes).size() * FLOWS][];
        for (int flow = 0; flow < FLOWS; flow++) {
            PacketSketch other = whole.copy();
            other.sourcePort += flow;
            List<byte[]> segments = other.segments(segmentBytes);
            for (int i = 0; i < segments.size(); i++) {
                all[i * FLOWS + flow] = segments.get(i);
            }
        }
        return all;
    }

    private void cut(byte[] superPacket) {
        if (!segmenter.read(superPacket, VirtioNetHeader.OCTETS, superPacket.length - VirtioNetHeader.OCTETS)) {
            throw new AssertionError("a super-packet was refused");
        }
        int place = 0;
        for (int index = 0; index < segmenter.count(); index++) {
            place += segmenter.write(index, target, place);
        }
        octets += place;
    }

    private void copy(byte[][] packets) {
        int place = 0;
        for (byte[] packet : packets) {
            System.arraycopy(packet, 0, target, place, packet.length);
            place += packet.length;
        }
        octets += place;
    }

    private void putTogether(byte[][] packets) {
        for (byte[] packet : packets) {
            coalescer.add(packet, 0, packet.length);
        }
        coalescer.flush();
    }

    private void clamp(byte[][] packets) {
        for (byte[] packet : packets) {
            octets += TcpMssClamp.clamp(packet, 0, packet.length, 1300, 1300) ? 1 : 0;
        }
    }

    private void count(int length) {
        octets += length;
    }

    private void print(String name, int packets, Runnable once) {
        for (int i = 0; i < WARM_UP_ROUNDS * SUPER_PACKETS_PER_ROUND; i++) {
            once.run();
        }
        double[] nanos = new double[ROUNDS];
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            for (int i = 0; i < SUPER_PACKETS_PER_ROUND; i++) {
                once.run();
            }
            nanos[round] = (double) (System.nanoTime() - start) / SUPER_PACKETS_PER_ROUND / packets;
            allocated = thread.getCurrentThreadAllocatedBytes() - before;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-36s least %7.1f ns, median %7.1f ns, %d octets of garbage a round%n",
                name,
                nanos[0],
                nanos[ROUNDS / 2],
                allocated);
    }
}
