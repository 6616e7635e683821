package io.twinspan.config.model;

import java.time.Duration;

/**
 * How packets are moved: one set of choices for the whole gateway.
 *
 * @param cryptoEngine what seals and opens packets
 * @param offloads super-packets on the TUN device and the UDP sockets
 * @param socketBufferOctets receive and send buffer asked for on each outside socket
 * @param busyPoll how long a data loop keeps looking for packets before it sleeps; zero sleeps at once
 * @param sealingWorkers threads that seal beside the outbound loop; 0 seals on the loop itself
 * @param pacing limits for each tunnel's outer packets
 * @param queueTarget how long a packet may wait to be sealed as a rule
 * @param queueInterval how long packets must have waited longer than that before one is dropped or marked
 */
public record DataPlaneConfig(
        CryptoEngine cryptoEngine,
        boolean offloads,
        int socketBufferOctets,
        Duration busyPoll,
        int sealingWorkers,
        Pacing pacing,
        Duration queueTarget,
        Duration queueInterval) {

    /** What seals and opens packets. */
    public enum CryptoEngine {
        /** The fastest of those that pass their self-test on this machine. */
        AUTO("auto"),
        /** The JDK's own ciphers. */
        JDK("jdk"),
        /** Intel's multi-buffer library. */
        IPSEC_MB("ipsec-mb");

        private final String label;

        CryptoEngine(String label) {
            this.label = label;
        }

        /** The word in the file. */
        public String label() {
            return label;
        }
    }

    /**
     * Limits for the outer packets of one tunnel. A limit of 0 is none.
     *
     * @param bitsPerSecond IP octets on the wire, outer headers included
     * @param packetsPerSecond outer packets
     */
    public record Pacing(long bitsPerSecond, int packetsPerSecond) {
        /** No limits. */
        public static final Pacing OFF = new Pacing(0, 0);

        /** What AWS lets through a standard tunnel: 1.25 Gbit/s and 140,000 packets/s, the rest it drops. */
        public static final Pacing AWS = new Pacing(1_250_000_000, 140_000);

        /** True where there is any limit. */
        public boolean limits() {
            return bitsPerSecond > 0 || packetsPerSecond > 0;
        }
    }
}
