package io.twinspan.benchmarks.jmh;

import io.twinspan.crypto.packet.InternetChecksum;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The Internet checksum, alone and together with the copy that segmenting makes anyway. 0 B/op. */
public class ChecksumBenchmark extends PacketBenchmark {
    /** Octets of a header and of usual payloads. */
    @Param({"20", "512", "1400"})
    public int octets = 20;

    private byte[] packet = {};
    private byte[] target = {};

    /** Random octets. */
    @Setup
    public void makePacket() {
        packet = new byte[octets];
        target = new byte[octets];
        new Random(1).nextBytes(packet);
    }

    /** Read only. */
    @Benchmark
    public int compute() {
        return InternetChecksum.compute(packet, 0, octets, 0);
    }

    /** Copied too. */
    @Benchmark
    public long copyAndSum() {
        return InternetChecksum.copyAndSum(packet, 0, octets, target, 0);
    }
}
