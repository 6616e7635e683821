package io.twinspan.daemon.diagnosis;

import java.time.Instant;

/**
 * A copy of a packet; the array is the receiver's.
 *
 * @param at when it passed
 * @param inner true for a packet in the tunnel, false for one outside
 * @param outbound true for one to the peer
 * @param spi of its ESP; 0 for IKE
 * @param length of the whole packet
 * @param octets its beginning, from the IP header on
 */
@SuppressWarnings("ArrayRecordComponent")
public record CapturedPacket(Instant at, boolean inner, boolean outbound, int spi, int length, byte[] octets) {}
