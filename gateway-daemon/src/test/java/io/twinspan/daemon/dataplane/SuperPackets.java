package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.offload.PacketSketch;
import io.twinspan.crypto.offload.SketchArbitraries;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Super-packets as a TUN delivers them, beside the packets that a host without offloads would have sent. */
record SuperPackets(PacketSketch sketch, int segmentBytes) {
    private static final int MAX_OCTETS = 65_535;

    /** Of any kind, with segments that fit packets of so many octets. */
    static Arbitrary<SuperPackets> fitting(int mtu) {
        return SketchArbitraries.headers()
                .flatMap(headers -> Arbitraries.randomValue(random -> fill(headers, mtu, random)));
    }

    private static SuperPackets fill(PacketSketch headers, int mtu, Random random) {
        PacketSketch sketch = headers.copy();
        // A SYN is never cut, and the path changes its options.
        sketch.flags &= ~PacketSketch.SYN;
        int most = mtu - sketch.headerBytes();
        int segment = random.nextInt(3) == 0 ? most : random.nextInt(1, most + 1);
        int room = Math.min(MAX_OCTETS - sketch.headerBytes(), (random.nextInt(4) == 0 ? 64 : 6) * segment);
        sketch.payload = SketchArbitraries.octets(random, random.nextInt(1, room + 1));
        return new SuperPackets(sketch, segment);
    }

    /** Virtio header and super-packet. */
    byte[] octets() {
        return sketch.superPacket(segmentBytes);
    }

    List<byte[]> packets() {
        return sketch.segments(segmentBytes);
    }

    @Override
    public String toString() {
        return sketch.gsoType() + " " + sketch.payload.length + "/" + segmentBytes;
    }
}
