/**
 * The IKEv2 state machine of RFC 7296 as a pure function of (state, event, now). No sockets, no clock, no threads, no
 * logging: what happened leaves as {@link io.twinspan.crypto.ike.session.IkeEffect}s, in the order in which it must be
 * done. One machine per tunnel, used on the control loop only.
 *
 * <p>{@link io.twinspan.crypto.ike.session.IkePeerMachine} dispatches events. A {@code Turn} is the scratch pad of one
 * step: it starts from an immutable {@link io.twinspan.crypto.ike.session.IkePeer} and is frozen into the next one.
 * Within a step, {@code Inbox} finds the IKE SA of a datagram, {@code EstablishedInbox} guards the message windows
 * (sections 2.1 to 2.3), and one small class per exchange and role does the rest: {@code SaInitExchange},
 * {@code SaInitResponder}, {@code AuthExchange}, {@code AuthResponder}, {@code CreateChildExchange},
 * {@code CreateChildResponder}, {@code RekeyIkeExchange}, {@code RekeyIkeResponder}, {@code InformationalExchange}.
 * Requests of ours are {@code Task}s that wait for the window, whose size is one; {@code TaskStarter} starts them at the
 * end of a step. {@code DeadlineTable} knows every instant that matters and what is due then.
 *
 * <p>{@code Continuity} owns the aim: one IKE SA with one child SA, for as long as it is wanted. It runs at the end of
 * each step and compares what is with what should be, so that no path through the exchanges can forget to reconnect.
 * {@code ChildInstaller} owns the order of effects around child SAs: install before the answer leaves, switch outbound
 * when the peer is known to be ready (section 2.8), keep the old inbound half a little longer than the DELETE.
 *
 * <p>Choices where the RFC leaves room. A second child SA beside the one in use is refused (NO_ADDITIONAL_SAS). Two IKE
 * SAs from connects that crossed are settled by the nonce rule of section 2.8.2. An unprotected error in an IKE_SA_INIT
 * response counts only if no good response follows within half a second (section 2.21.1). As responder our preference
 * among proposals decides. A rekey that is refused for three minutes leads to a new IKE SA (section 2.25).
 */
@NullMarked
package io.twinspan.crypto.ike.session;

import org.jspecify.annotations.NullMarked;
