package io.twinspan.benchmarks.jmh;

import io.twinspan.benchmarks.Packets;
import io.twinspan.crypto.packet.TcpMssClamp;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;

/** The MSS clamp, which looks at every packet and changes few. 0 B/op. */
public class MssClampBenchmark extends PacketBenchmark {
    private static final int MSS_V4 = 1358;
    private static final int MSS_V6 = 1338;

    private final Random random = new Random(1);
    private final byte[] udp = Packets.udp(1400, random);
    private final byte[] data = Packets.tcp(1348, 1, random);
    private final byte[] modestSyn = Packets.syn(MSS_V4, random);
    private final byte[] syn = Packets.syn(1460, random);
    private final byte[] incoming = syn.clone();

    /** Nothing of TCP. */
    @Benchmark
    public boolean udp() {
        return TcpMssClamp.clamp(udp, 0, udp.length, MSS_V4, MSS_V6);
    }

    /** A segment without SYN: nearly every packet. */
    @Benchmark
    public boolean data() {
        return TcpMssClamp.clamp(data, 0, data.length, MSS_V4, MSS_V6);
    }

    /** A SYN whose announcement fits. */
    @Benchmark
    public boolean modestSyn() {
        return TcpMssClamp.clamp(modestSyn, 0, modestSyn.length, MSS_V4, MSS_V6);
    }

    /** A SYN that is changed; includes a copy of the packet. */
    @Benchmark
    public boolean syn() {
        System.arraycopy(syn, 0, incoming, 0, syn.length);
        return TcpMssClamp.clamp(incoming, 0, incoming.length, MSS_V4, MSS_V6);
    }
}
