/**
 * Diffie-Hellman as IKEv2 uses it: one ephemeral key pair for one exchange, drawn from the entropy that is passed in, and
 * a peer value that is checked before anything is computed from it.
 *
 * <p>MODP groups of RFC 7296 appendix B, RFC 3526 and RFC 5114, elliptic curves of RFC 5903, Curve25519 of RFC 8031,
 * with the receiver's tests of RFC 6989. Runs on the control loop, where an exchange costs a few milliseconds; never on
 * a data loop. Peer values never make anything here throw.
 *
 * <p>The arithmetic of the MODP and ECP groups is not constant-time. Each private key serves one agreement and is then
 * forgotten, so that an observer gets one measurement of it, not many.
 */
@NullMarked
package io.twinspan.crypto.kex;

import org.jspecify.annotations.NullMarked;
