/**
 * Inner packets as they lie in an array: reading and changing IPv4, IPv6 and TCP headers, checksums, the MSS clamp,
 * IPv4 fragmentation and ICMP errors.
 *
 * <p>Everything is a static function over {@code (byte[] packet, int offset, ...)}; nothing is allocated, so that the data
 * loops may call it for every packet. Accessors trust a header that {@code check} has accepted; {@code check} itself and
 * every function that takes a length accept any octets and never throw. No state, no clock, any thread.
 *
 * <p>RFC 791, 8200, 768, 9293 (headers), 1071 and 1624 (checksums), 6691 (MSS), 792, 1122, 1812 and 4443 (ICMP).
 */
@NullMarked
package io.twinspan.crypto.packet;

import org.jspecify.annotations.NullMarked;
