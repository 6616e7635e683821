package io.twinspan.benchmarks.jmh;

import io.twinspan.benchmarks.Packets;
import io.twinspan.crypto.offload.Coalescer;
import io.twinspan.crypto.offload.Segmenter;
import io.twinspan.crypto.offload.VirtioNetHeader;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;

/** A super-packet of TCP cut up and put together again, in nanoseconds for each of its segments. 0 B/op. */
@OperationsPerInvocation(OffloadBenchmark.SEGMENTS)
public class OffloadBenchmark extends PacketBenchmark {
    static final int SEGMENTS = 44;
    private static final int SEGMENT_OCTETS = 1348;
    private static final int ROOM = Packets.TCP_HEADERS_OCTETS + SEGMENT_OCTETS;

    private final Random random = new Random(1);
    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer = new Coalescer(false, this::count);
    private final byte[] target = new byte[SEGMENTS * ROOM];
    private final byte[][] segments = new byte[SEGMENTS][];
    private byte[] whole = {};
    private int written;

    /** The super-packet and the same flow in pieces. */
    @Setup
    public void makePackets() {
        whole = Packets.tcpSuperPacket(SEGMENTS * SEGMENT_OCTETS, SEGMENT_OCTETS, random);
        for (int i = 0; i < SEGMENTS; i++) {
            segments[i] = Packets.tcp(SEGMENT_OCTETS, i * SEGMENT_OCTETS, random);
        }
    }

    /** From a read of the TUN device to packets side by side. */
    @Benchmark
    public int segment() {
        if (!segmenter.read(whole, VirtioNetHeader.OCTETS, whole.length - VirtioNetHeader.OCTETS)) {
            throw new IllegalStateException("the super-packet was refused");
        }
        int at = 0;
        for (int i = 0; i < segmenter.count(); i++) {
            at += segmenter.write(i, target, at);
        }
        return at;
    }

    /** From opened packets to one write, checksums verified. */
    @Benchmark
    public int coalesce() {
        for (byte[] segment : segments) {
            coalescer.add(segment, 0, segment.length);
        }
        coalescer.flush();
        return written;
    }

    private void count(byte[] array, int from, int length, int packets) {
        written += packets;
    }
}
