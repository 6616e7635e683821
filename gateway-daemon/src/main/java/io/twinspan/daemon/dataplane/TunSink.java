package io.twinspan.daemon.dataplane;

/** Port of both paths: hands an IP packet to the host's network stack. One instance for each loop that writes. */
@FunctionalInterface
public interface TunSink {
    /** Writes one packet; false where the device refused it. */
    boolean write(byte[] packet, int offset, int length);
}
