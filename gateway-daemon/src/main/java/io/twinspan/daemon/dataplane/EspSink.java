package io.twinspan.daemon.dataplane;

/**
 * Port of the outbound path: memory in which ESP packets for one peer endpoint are built side by side, and sent together.
 * Used on the outbound loop.
 */
public interface EspSink {
    /** Answer of {@link #claim} where nothing more can be taken. */
    int NO_ROOM = -1;

    /** Refuses every packet: the address to send from is not open. */
    EspSink CLOSED = new EspSink() {
        private final byte[] nothing = {};

        @Override
        public byte[] array() {
            return nothing;
        }

        @Override
        public int claim(int octets) {
            return NO_ROOM;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void commit(int octets, int trafficClass) {
            throw new IllegalStateException("there was no place to commit");
        }

        @Override
        public void flush() {}

        @Override
        public boolean unfragmented(boolean wanted) {
            return false;
        }
    };

    /** The memory in which the claimed place lies. */
    byte[] array();

    /**
     * Finds a place for the next ESP packet. A place that is not committed is free again at the next claim.
     *
     * @param octets length of the longest packet it may become
     * @return where the packet is to begin in {@link #array}, or {@link #NO_ROOM} where the socket's queue is full or the
     *     packet too long for it: the packet is dropped
     */
    int claim(int octets);

    /** False while the socket is full: what is claimed now may find no room. */
    boolean isReady();

    /**
     * Queues the ESP packet at the claimed place.
     *
     * @param octets its length
     * @param trafficClass TOS or traffic class octet for the outer header
     */
    void commit(int octets, int trafficClass);

    /** Sends what is queued now, as far as the socket takes it. */
    void flush();

    /**
     * Sends what is queued; what follows has DF set, or not any more.
     *
     * @return false, with nothing changed, where the socket is full and what is queued cannot leave yet
     */
    boolean unfragmented(boolean wanted);
}
