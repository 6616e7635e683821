package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies of inner packets on their way from one data loop to one reader. The loop never waits: what the reader leaves no room
 * for is dropped and counted. All memory is taken when this is made.
 */
public final class PacketTap {
    private static final int HEADER_SLOTS = 8_192;
    private static final int HEADER_OCTETS = 96;
    private static final int FULL_SLOTS = 1_024;
    private static final int FULL_OCTETS = 9_216;
    private static final int TCP_HEADER = 20;
    private static final int SHORT_HEADER = 8;

    private final boolean full;
    private final int slots;
    private final int room;
    private final byte[] octets;
    private final int[] lengths;
    private final int[] kept;
    private final int[] spis;
    private final long[] times;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /** @param full whole packets; otherwise IP and transport headers only */
    public PacketTap(boolean full) {
        this.full = full;
        slots = full ? FULL_SLOTS : HEADER_SLOTS;
        room = full ? FULL_OCTETS : HEADER_OCTETS;
        octets = new byte[slots * room];
        lengths = new int[slots];
        kept = new int[slots];
        spis = new int[slots];
        times = new long[slots];
    }

    /** Takes a copy of a packet that was checked before; on the data loop. */
    void record(byte[] packet, int offset, int length, int spi) {
        long next = written.getPlain();
        if (next - read.getAcquire() == slots) {
            dropped.setRelease(dropped.getPlain() + 1);
            return;
        }
        int slot = (int) (next % slots);
        int keep = Math.min(room, full ? length : headerOctets(packet, offset, length));
        System.arraycopy(packet, offset, octets, slot * room, keep);
        lengths[slot] = length;
        kept[slot] = keep;
        spis[slot] = spi;
        times[slot] = System.nanoTime();
        written.setRelease(next + 1);
    }

    /** IP and transport header, so that no octet of what people say to each other is kept. */
    private static int headerOctets(byte[] packet, int offset, int length) {
        boolean ipv4 = IpPacket.version(packet, offset, length) == 4;
        int header = ipv4 ? Ipv4View.headerBytes(packet, offset) : Ipv6View.HEADER_BYTES;
        int protocol = ipv4
                ? Ipv4View.fragmentOffsetBytes(packet, offset) == 0 ? Ipv4View.protocol(packet, offset) : -1
                : Ipv6View.nextHeader(packet, offset);
        int transport = switch (protocol) {
            case IpPacket.PROTOCOL_TCP -> TCP_HEADER;
            case IpPacket.PROTOCOL_UDP, IpPacket.PROTOCOL_ICMP, IpPacket.PROTOCOL_ICMPV6 -> SHORT_HEADER;
            default -> 0;
        };
        return Math.min(length, header + transport);
    }

    /**
     * Hands over what is there, oldest first; for one reader on one thread.
     *
     * @return how many packets
     */
    public int drain(Reader reader) {
        long end = written.getAcquire();
        long at = read.getPlain();
        int count = (int) (end - at);
        for (; at < end; at++) {
            int slot = (int) (at % slots);
            int from = slot * room;
            reader.packet(times[slot], spis[slot], lengths[slot], Arrays.copyOfRange(octets, from, from + kept[slot]));
            read.setRelease(at + 1);
        }
        return count;
    }

    /** Packets that found no room; from any thread. */
    public long dropped() {
        return dropped.getAcquire();
    }

    /** Takes one packet. */
    @FunctionalInterface
    public interface Reader {
        /**
         * One packet.
         *
         * @param atNanos on {@link System#nanoTime}
         * @param spi of the ESP packet that carries it
         * @param length of the whole packet
         * @param octets its beginning
         */
        void packet(long atNanos, int spi, int length, byte[] octets);
    }
}
