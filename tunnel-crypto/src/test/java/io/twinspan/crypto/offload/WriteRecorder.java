package io.twinspan.crypto.offload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A TUN device that remembers what was written to it. */
final class WriteRecorder implements Coalescer.Sink {
    record Write(byte[] octets, int packets) {
        byte[] packet() {
            return Arrays.copyOfRange(octets, VirtioNetHeader.OCTETS, octets.length);
        }
    }

    final List<Write> writes = new ArrayList<>();

    @Override
    public void write(byte[] array, int from, int length, int packets) {
        writes.add(new Write(Arrays.copyOfRange(array, from, from + length), packets));
    }

    List<Integer> packets() {
        return writes.stream().map(Write::packets).toList();
    }

    /** What the kernel would make of all this: every super-packet cut again. */
    List<byte[]> segments() {
        Segmenter segmenter = new Segmenter();
        List<byte[]> segments = new ArrayList<>();
        for (Write write : writes) {
            byte[] octets = write.octets.clone();
            boolean read = segmenter.read(octets, VirtioNetHeader.OCTETS, octets.length - VirtioNetHeader.OCTETS);
            if (!read || segmenter.count() != write.packets) {
                throw new AssertionError("read " + read + ", " + segmenter.count() + " of " + write.packets);
            }
            for (int index = 0; index < segmenter.count(); index++) {
                byte[] segment = new byte[segmenter.segmentLength(index)];
                segmenter.write(index, segment, 0);
                segments.add(segment);
            }
        }
        return segments;
    }
}
