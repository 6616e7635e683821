/**
 * The cryptographic primitives themselves, each behind one small class over the platform provider or Bouncy Castle's
 * lightweight engines, and the known-answer test that decides at start what may be offered.
 *
 * <p>Implements HMAC as a PRF (RFC 2104, RFC 4868), AES-CBC (RFC 3602), AES-GCM (RFC 4106, RFC 5282) and
 * ChaCha20-Poly1305 (RFC 7634). Nothing here knows a packet format, draws randomness or reads a clock. An object
 * belongs to the thread that made it: the engines keep state between calls.
 */
@NullMarked
package io.twinspan.crypto.primitive;

import org.jspecify.annotations.NullMarked;
