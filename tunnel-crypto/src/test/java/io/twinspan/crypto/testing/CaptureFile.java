package io.twinspan.crypto.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads pcap and pcapng files, gzipped or not. What is cut off or damaged ends the list and raises nothing. */
public final class CaptureFile {
    private static final int PCAP_MAGIC = 0xa1b2c3d4;
    private static final int PCAP_NANOSECOND_MAGIC = 0xa1b23c4d;
    private static final int PCAPNG_SECTION = 0x0a0d0d0a;
    private static final int PCAPNG_BYTE_ORDER = 0x1a2b3c4d;
    private static final int PCAPNG_INTERFACE = 1;
    private static final int PCAPNG_SIMPLE_PACKET = 3;
    private static final int PCAPNG_ENHANCED_PACKET = 6;
    private static final int GZIP_FIRST_OCTETS = 0x1f8b;

    private CaptureFile() {}

    /**
     * One captured frame.
     *
     * @param linkType LINKTYPE number: 1 Ethernet, 0 BSD loopback, 101 raw IP, 113 Linux cooked
     */
    public record Frame(int linkType, byte[] octets) {}

    /** The frames of a file on the class path. */
    public static List<Frame> read(String resource) {
        try (InputStream in = CaptureFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return parse(unzipped(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] unzipped(byte[] file) throws IOException {
        if (file.length < 2 || ((file[0] & 0xff) << 8 | (file[1] & 0xff)) != GZIP_FIRST_OCTETS) {
            return file;
        }
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(file))) {
            return in.readAllBytes();
        }
    }

    private static List<Frame> parse(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (in.remaining() < 24) {
            return List.of();
        }
        return in.getInt(0) == PCAPNG_SECTION ? pcapng(in) : pcap(in);
    }

    private static List<Frame> pcap(ByteBuffer in) {
        int magic = in.getInt(0);
        if (magic != PCAP_MAGIC && magic != PCAP_NANOSECOND_MAGIC) {
            in.order(ByteOrder.LITTLE_ENDIAN);
        }
        int linkType = in.getInt(20) & 0xffff;
        List<Frame> frames = new ArrayList<>();
        int at = 24;
        while (in.limit() - at >= 16) {
            int length = Math.min(in.getInt(at + 8), in.limit() - at - 16);
            if (length < 0) {
                break;
            }
            frames.add(new Frame(linkType, slice(in, at + 16, length)));
            at += 16 + length;
        }
        return frames;
    }

    private static List<Frame> pcapng(ByteBuffer in) {
        List<Frame> frames = new ArrayList<>();
        List<Integer> linkTypes = new ArrayList<>();
        int at = 0;
        while (in.limit() - at >= 12) {
            if (in.getInt(at) == PCAPNG_SECTION) {
                in.order(in.getInt(at + 8) == PCAPNG_BYTE_ORDER ? in.order() : swapped(in.order()));
                linkTypes.clear();
            }
            int length = in.getInt(at + 4);
            if (length < 12 || length > in.limit() - at) {
                break;
            }
            switch (in.getInt(at)) {
                case PCAPNG_INTERFACE -> linkTypes.add(in.getShort(at + 8) & 0xffff);
                case PCAPNG_ENHANCED_PACKET ->
                    frames.add(new Frame(linkTypes.get(in.getInt(at + 8)), slice(in, at + 28, in.getInt(at + 20))));
                case PCAPNG_SIMPLE_PACKET ->
                    frames.add(new Frame(linkTypes.getFirst(), slice(in, at + 12, length - 16)));
                default -> {}
            }
            at += length;
        }
        return frames;
    }

    private static ByteOrder swapped(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    private static byte[] slice(ByteBuffer in, int from, int length) {
        byte[] octets = new byte[length];
        in.get(from, octets);
        return octets;
    }
}
