package io.twinspan.daemon.dataplane;

/** Port of both paths: hands an IP packet to the host's network stack. One instance for each loop that writes. */
@FunctionalInterface
public interface TunSink {
    /**
     * Writes one packet or super-packet; false where the device refused it.
     *
     * @param from where its virtio header begins ({@link io.twinspan.crypto.offload.VirtioNetHeader}), the packet follows it
     * @param length octets of both
     */
    boolean write(byte[] array, int from, int length);

    /** True where TCP super-packets may be written; else every packet is written as it came. */
    default boolean takesSuperPackets() {
        return true;
    }

    /** True where UDP super-packets may be written as well. */
    default boolean takesUdpSuperPackets() {
        return true;
    }
}
