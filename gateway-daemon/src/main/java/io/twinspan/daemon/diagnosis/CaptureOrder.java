package io.twinspan.daemon.diagnosis;

/**
 * Packets to be copied.
 *
 * @param connection its name
 * @param tunnel its number
 * @param inner what the tunnel carries, in clear
 * @param outer what travels outside: ESP and IKE
 * @param full whole packets; otherwise headers only of inner ones and the first octets of outer ones
 * @param filter for inner packets, in the words of pcap-filter(7); empty for all
 * @param count the capture ends after so many packets
 * @param durationNanos the capture ends after this time
 */
public record CaptureOrder(
        String connection,
        int tunnel,
        boolean inner,
        boolean outer,
        boolean full,
        String filter,
        int count,
        long durationNanos) {
    /** The most that one capture may hold. */
    public static final int MAX_COUNT = 1_000_000;

    /** The longest capture: one that was forgotten ends by itself. */
    public static final long MAX_DURATION_NANOS = 3_600_000_000_000L;

    /** Refuses what is no capture, with a sentence. */
    public CaptureOrder {
        if (!inner && !outer) {
            throw new IllegalArgumentException("neither inner nor outer packets are wanted");
        }
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("a count is from 1 to " + MAX_COUNT);
        }
        if (durationNanos < 1 || durationNanos > MAX_DURATION_NANOS) {
            throw new IllegalArgumentException("a capture lasts up to an hour");
        }
    }
}
