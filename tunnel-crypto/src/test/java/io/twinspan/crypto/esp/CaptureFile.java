package io.twinspan.crypto.esp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads the Ethernet frames of a gzipped pcapng file: just enough of the format for the captures beside the tests. */
final class CaptureFile {
    private static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    private CaptureFile() {}

    static List<byte[]> frames(String path) {
        try (InputStream stream = Objects.requireNonNull(
                CaptureFile.class.getResourceAsStream("/vectors/" + path), path + " is not on the class path")) {
            return frames(ByteBuffer.wrap(new GZIPInputStream(stream).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> frames(ByteBuffer file) {
        List<byte[]> frames = new ArrayList<>();
        while (file.hasRemaining()) {
            int start = file.position();
            int type = file.getInt(start);
            if (type == SECTION_HEADER) {
                boolean big = file.getInt(start + 8) == BYTE_ORDER_MAGIC;
                file.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            }
            if (file.getInt(start) == ENHANCED_PACKET) {
                byte[] frame = new byte[file.getInt(start + 20)];
                file.get(start + 28, frame);
                frames.add(frame);
            }
            file.position(start + file.getInt(start + 4));
        }
        return frames;
    }
}
