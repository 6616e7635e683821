/**
 * The ESP packet path of RFC 4303 in tunnel mode.
 *
 * <p>Out: {@link io.twinspan.crypto.esp.EspEncapsulator} checks the inner packet against the agreed selectors, takes the
 * next sequence number of an {@link io.twinspan.crypto.esp.OutboundSa}, pads, and seals in place. In:
 * {@link io.twinspan.crypto.esp.EspDecapsulator} checks lengths, asks the {@link io.twinspan.crypto.esp.ReplayWindow},
 * verifies and decrypts in place, marks the window, and only then looks at padding, inner packet, selectors and congestion
 * marks. Whatever is not in order ends in an {@link io.twinspan.crypto.esp.EspVerdict}, which names a counter; nothing is
 * thrown and nothing is answered.
 *
 * <p>Packets are ranges of heap arrays. Objects are mutable and reused, so that no packet costs an allocation beyond what
 * the cipher's provider makes itself. No clock, no logging, no streams. Each security association half has one owner thread:
 * the outbound data loop or the inbound one. The keys of a half are erased by its {@code destroy}.
 *
 * <p>RFC 4303 (ESP), 3602, 4106, 4868, 7634 (ciphers, through the primitives), 4301 section 5 (selectors), 6040 (ECN). The
 * UDP header of RFC 3948 and the outer IP header belong to the caller; {@link io.twinspan.crypto.esp.EspOverhead} counts
 * them.
 */
@NullMarked
package io.twinspan.crypto.esp;

import org.jspecify.annotations.NullMarked;
