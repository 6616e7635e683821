package io.twinspan.crypto.offload;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Sketches with every field drawn, each of them often at its edges. */
public final class SketchArbitraries {
    private static final int[] FIRST_OPTION_BYTES = {0, 0, 4, 12, 12, 12, 20, 40};

    private SketchArbitraries() {}

    /** Headers of any kind that the kernel may leave to a device to segment; no payload yet. */
    public static Arbitrary<PacketSketch> headers() {
        return Arbitraries.randomValue(SketchArbitraries::drawHeaders);
    }

    private static PacketSketch drawHeaders(Random random) {
        PacketSketch sketch = new PacketSketch();
        sketch.v6 = random.nextBoolean();
        sketch.udp = random.nextInt(3) == 0;
        sketch.source = random.nextInt(1, 4);
        sketch.destination = random.nextInt(1, 4);
        sketch.sourcePort = random.nextInt(0x10000);
        sketch.destinationPort = random.nextInt(0x10000);
        sketch.trafficClass = random.nextInt(256);
        sketch.timeToLive = random.nextInt(256);
        sketch.identification = random.nextInt(4) == 0 ? 0xffff - random.nextInt(3) : random.nextInt(0x10000);
        sketch.fragmentWord = random.nextBoolean() ? PacketSketch.DF : 0;
        sketch.flowLabel = random.nextInt(1 << 20);
        sketch.ipOptions = octets(random, random.nextInt(3) == 0 ? 4 * random.nextInt(11) : 0);
        sketch.extensionHeaders = random.nextInt(3) == 0 ? random.nextInt(1, 4) : 0;
        sketch.sequence = random.nextInt(4) == 0 ? -random.nextInt(3000) : random.nextInt();
        sketch.acknowledgment = random.nextInt();
        sketch.flags = random.nextInt(256);
        sketch.reserved = random.nextInt(16);
        sketch.window = random.nextInt(0x10000);
        sketch.urgentPointer = random.nextInt(3) == 0 ? random.nextInt(0x10000) : 0;
        sketch.tcpOptions = octets(random, FIRST_OPTION_BYTES[random.nextInt(FIRST_OPTION_BYTES.length)]);
        return sketch;
    }

    public static byte[] octets(Random random, int size) {
        byte[] octets = new byte[size];
        // Zeros and ones too: sums of nothing and of all ones are where checksums go wrong.
        int kind = random.nextInt(6);
        if (kind == 0) {
            Arrays.fill(octets, (byte) 0xff);
        } else if (kind > 1) {
            random.nextBytes(octets);
        }
        return octets;
    }
}
