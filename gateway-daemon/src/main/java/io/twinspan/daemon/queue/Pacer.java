package io.twinspan.daemon.queue;

/**
 * Keeps what a tunnel sends under a limit of bits and a limit of packets, so that the policer behind the line, which
 * drops what is too much, never sees a burst.
 *
 * <p>Ask {@link #readyAtNanos}, send, then {@link #spend} what was sent. In any stretch of time not more leaves than the
 * rate times its length and the burst; or, where one send is larger than the burst, that one send.
 */
public final class Pacer {
    /** As long as a late wake-up of the loop: what was missed is made up for. */
    public static final long DEFAULT_BURST_NANOS = 1_000_000;

    /** One {@code sendmsg} with {@code UDP_SEGMENT}: octets with outer headers. */
    public static final int LARGEST_SEND_OCTETS = 65_536;

    /** One {@code sendmsg} with {@code UDP_SEGMENT}: packets. */
    public static final int LARGEST_SEND_PACKETS = 64;

    private final RateMeter bits;
    private final RateMeter packets;

    /**
     * @param bitsPerSecond IP octets on the wire with all outer headers, times eight; 0 for no limit
     * @param packetsPerSecond outer packets; 0 for no limit
     * @param burstNanos how much of either rate may leave at once
     */
    public Pacer(long bitsPerSecond, int packetsPerSecond, long burstNanos) {
        bits = new RateMeter(bitsPerSecond, burstNanos, (long) LARGEST_SEND_OCTETS * Byte.SIZE);
        packets = new RateMeter(packetsPerSecond, burstNanos, LARGEST_SEND_PACKETS);
    }

    /** The earliest time for the next send: {@code nowNanos}, or later. */
    public long readyAtNanos(long nowNanos) {
        return nowNanos + Math.max(0, Math.max(bits.waitNanos(nowNanos), packets.waitNanos(nowNanos)));
    }

    /**
     * Counts one send. What has to leave at once (IKE, BGP, probes) may be spent without asking; data then waits for it.
     *
     * @param octets of all its packets, outer IP headers included
     */
    public void spend(int octets, int packetCount, long nowNanos) {
        bits.spend((long) octets * Byte.SIZE, nowNanos);
        packets.spend(packetCount, nowNanos);
    }
}
