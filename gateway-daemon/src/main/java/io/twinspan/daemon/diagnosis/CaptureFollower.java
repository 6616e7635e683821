package io.twinspan.daemon.diagnosis;

/** Gets the packets of a capture, on the capture's thread. */
public interface CaptureFollower {
    /** One packet; both layers in the order in which they were read. */
    void packet(CapturedPacket packet);

    /**
     * It is over.
     *
     * @param packets how many were handed over
     * @param dropped how many found no room
     */
    void finished(long packets, long dropped);
}
