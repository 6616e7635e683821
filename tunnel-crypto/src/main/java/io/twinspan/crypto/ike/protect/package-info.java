/**
 * Protection of IKE messages: the SK payload (RFC 7296 section 3.14, RFC 5282) and fragments of it (RFC 7383).
 *
 * <p>{@link io.twinspan.crypto.ike.protect.SkPayload} turns payloads into a protected message and back. Nothing of a
 * message is believed before its integrity check value is verified, and a message that fails leaves no trace: no state
 * here changes, and the message id that it names is not used up. {@link io.twinspan.crypto.ike.protect.FragmentAssembler}
 * sees authentic fragments only, so that forged ones cannot push good ones out.
 *
 * <p>An {@code SkPayload} keeps cipher state and belongs to one thread; an assembler is an immutable value. Randomness
 * for IVs is passed in; no clock, no I/O, no logging.
 */
@NullMarked
package io.twinspan.crypto.ike.protect;

import org.jspecify.annotations.NullMarked;
