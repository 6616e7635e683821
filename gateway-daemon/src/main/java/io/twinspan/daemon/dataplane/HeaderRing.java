package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.packet.IpPacket;
import io.twinspan.crypto.packet.Ipv4View;
import io.twinspan.crypto.packet.Ipv6View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The headers of the last packets of one data loop, all its connections together: every packet of the last moment, up to
 * 50,000 a second, and a sample of the last minutes, in memory that is carved once. Owned by its loop.
 */
public final class HeaderRing {
    /** Packets of the last moment that are kept. */
    static final int LATEST = 4_096;

    /** Packets of the last minutes that are kept: one in {@link #SAMPLE_NANOS}. */
    static final int SAMPLES = 12_288;

    static final long SAMPLE_NANOS = 10_000_000;

    /** No more than one packet in this time, so that a flood costs a comparison each and no more. */
    static final long PACKET_NANOS = 20_000;

    /** Packets of one look at a socket have one time. */
    static final int BURST = 64;

    private static final int OCTETS = 64;
    private static final int PORTS_AND_MORE = 8;
    private static final int TCP_HEADER = 20;

    private final boolean outbound;
    private final Track latest = new Track(LATEST);
    private final Track samples = new Track(SAMPLES);
    private int credit = BURST;
    private long creditedNanos;
    private long nextSampleNanos;
    private boolean sampled;

    /** @param outbound what the packets' direction is */
    public HeaderRing(boolean outbound) {
        this.outbound = outbound;
    }

    /** Keeps a packet's headers; it was checked before. */
    void record(String connection, int tunnel, byte[] packet, int offset, int length, long nowNanos) {
        if (credit == 0 && !earned(nowNanos)) {
            return;
        }
        credit--;
        int kept = Math.min(OCTETS, headerOctets(packet, offset, length));
        latest.put(connection, tunnel, packet, offset, length, kept, nowNanos);
        if (!sampled || nowNanos - nextSampleNanos >= 0) {
            sampled = true;
            nextSampleNanos = nowNanos + SAMPLE_NANOS;
            samples.put(connection, tunnel, packet, offset, length, kept, nowNanos);
        }
    }

    private boolean earned(long nowNanos) {
        long packets = (nowNanos - creditedNanos) / PACKET_NANOS;
        if (packets <= 0) {
            return false;
        }
        credit = (int) Math.min(BURST, packets);
        creditedNanos = nowNanos;
        return true;
    }

    /** What is kept of one connection, in no order; on the ring's loop. */
    List<PacketHeader> of(String connection) {
        List<PacketHeader> result = new ArrayList<>();
        if (latest.isFull()) {
            samples.addTo(result, connection, outbound, latest.oldestNanos());
        }
        latest.addTo(result, connection, outbound, Long.MAX_VALUE);
        return result;
    }

    /** IP and transport header, so that no octet of what people say to each other is kept. */
    private static int headerOctets(byte[] packet, int offset, int length) {
        boolean ipv4 = IpPacket.version(packet, offset, length) == 4;
        int protocol;
        int header;
        if (ipv4) {
            header = Ipv4View.headerBytes(packet, offset);
            protocol = Ipv4View.fragmentOffsetBytes(packet, offset) == 0 ? Ipv4View.protocol(packet, offset) : -1;
        } else {
            header = Ipv6View.HEADER_BYTES;
            protocol = Ipv6View.nextHeader(packet, offset);
        }
        int transport = switch (protocol) {
            case IpPacket.PROTOCOL_TCP -> TCP_HEADER;
            case IpPacket.PROTOCOL_UDP, IpPacket.PROTOCOL_ICMP, IpPacket.PROTOCOL_ICMPV6 -> PORTS_AND_MORE;
            default -> 0;
        };
        return Math.min(length, header + transport);
    }

    private static final class Track {
        private final byte[] octets;
        private final long[] times;
        private final int[] lengths;
        private final byte[] kept;
        private final byte[] tunnels;
        private final String[] connections;
        private int next;
        private boolean full;

        Track(int capacity) {
            octets = new byte[capacity * OCTETS];
            times = new long[capacity];
            lengths = new int[capacity];
            kept = new byte[capacity];
            tunnels = new byte[capacity];
            connections = new String[capacity];
            Arrays.fill(connections, "");
        }

        void put(String connection, int tunnel, byte[] packet, int offset, int length, int keep, long nowNanos) {
            int place = next;
            System.arraycopy(packet, offset, octets, place * OCTETS, keep);
            times[place] = nowNanos;
            lengths[place] = length;
            kept[place] = (byte) keep;
            tunnels[place] = (byte) tunnel;
            connections[place] = connection;
            next = place + 1 == times.length ? 0 : place + 1;
            full |= next == 0;
        }

        boolean isFull() {
            return full;
        }

        /** Of the oldest record; meaningful where the track is full. */
        long oldestNanos() {
            return times[next];
        }

        void addTo(List<PacketHeader> target, String connection, boolean outbound, long beforeNanos) {
            int count = full ? times.length : next;
            for (int i = 0; i < count; i++) {
                boolean wanted = connections[i].equals(connection)
                        && (beforeNanos == Long.MAX_VALUE || times[i] - beforeNanos < 0);
                if (wanted) {
                    int from = i * OCTETS;
                    target.add(new PacketHeader(
                            times[i],
                            tunnels[i],
                            outbound,
                            lengths[i],
                            Arrays.copyOfRange(octets, from, from + kept[i])));
                }
            }
        }
    }
}
