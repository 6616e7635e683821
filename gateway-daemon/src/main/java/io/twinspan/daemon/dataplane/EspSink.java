package io.twinspan.daemon.dataplane;

/** Port of the outbound path: takes sealed ESP packets for one peer endpoint. Used on the outbound loop. */
@FunctionalInterface
public interface EspSink {
    /**
     * Queues one ESP packet; the octets are copied before this returns.
     *
     * @param trafficClass TOS or traffic class octet for the outer header
     * @return false where the socket's queue is full or the packet too long for it: the packet is dropped
     */
    boolean enqueue(byte[] packet, int offset, int length, int trafficClass);
}
