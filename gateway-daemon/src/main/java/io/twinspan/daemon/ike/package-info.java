/**
 * The shell around the IKE machines: datagrams in, effects out. Runs on the control loop.
 *
 * <p>{@link io.twinspan.daemon.ike.IkeSaManager} finds the peer that a datagram belongs to, first by our SPI in it, then by
 * its two addresses (RFC 7296 sections 2.1 and 2.6), and steps that peer's machine. {@link
 * io.twinspan.daemon.ike.IkeEffectInterpreter} carries out what the machine wants, strictly in order: a datagram that
 * follows an inbound SA leaves only after the data loop has said that it opens packets on that SA. Nothing here decides
 * anything about the protocol. A datagram that belongs to nobody is dropped and counted by name, without an answer.
 */
@NullMarked
package io.twinspan.daemon.ike;

import org.jspecify.annotations.NullMarked;
