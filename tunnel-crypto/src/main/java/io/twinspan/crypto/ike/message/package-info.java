/**
 * IKEv2 messages as values, and the way between them and octets (RFC 7296 section 3, RFC 7383 section 2.5).
 *
 * <p>{@link io.twinspan.crypto.ike.message.IkeMessageDecoder} reads anything a stranger may send. It answers with a
 * {@link io.twinspan.crypto.ike.message.DecodeResult} and never throws, and its work is bounded: every length is checked
 * against what is really there before it is used, and payloads, proposals, transforms and attributes have limits with
 * names. Numbers that nobody here knows (transform ids, notify types, flag bits, payloads) stay numbers, so that a newer
 * peer can be understood as far as the RFC asks and printed without guessing.
 *
 * <p>Three layers, told apart on purpose. Form is the decoder's: lengths, counts, ranges. Presence is
 * {@link io.twinspan.crypto.ike.message.MessageRules}': which payload must be in which message, and how often. Choice is
 * {@link io.twinspan.crypto.ike.message.ProposalSelection}'s: which offered algorithms suit our policy. What a message
 * means for an SA is decided in {@code ike.session}.
 *
 * <p>Pure values and functions: no I/O, no clock, no randomness, no logging, safe on any thread. Octets of the peer become
 * text for people in {@link io.twinspan.crypto.ike.message.PeerText} and nowhere else.
 */
@NullMarked
package io.twinspan.crypto.ike.message;

import org.jspecify.annotations.NullMarked;
