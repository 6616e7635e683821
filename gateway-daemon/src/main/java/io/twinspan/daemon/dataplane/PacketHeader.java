package io.twinspan.daemon.dataplane;

/**
 * The headers of an inner packet that passed, for the flight recorder. No payload.
 *
 * @param atNanos when, on the monotonic clock
 * @param tunnel it went through or came out of; {@link DataPlane#NO_TUNNEL} where it was refused
 * @param outbound towards the peer
 * @param packetOctets length of the whole inner packet, or super-packet
 * @param octets its IP header and, where it has one, the transport header
 */
public record PacketHeader(long atNanos, int tunnel, boolean outbound, int packetOctets, byte[] octets) {}
