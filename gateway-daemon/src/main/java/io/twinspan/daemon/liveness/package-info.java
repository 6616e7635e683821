/**
 * Whether a tunnel carries packets: what IKE reports and what probes find, boiled down to one {@link
 * io.twinspan.daemon.liveness.HealthVerdict} with a reason.
 *
 * <p>Pure functions of (state, event): no clock, no sockets, no threads, no logging. The control loop feeds them and acts
 * on the outcome. Two kinds of news come in. IKE says what is certain: a child SA exists, it is gone, the peer refused (RFC
 * 7296 sections 1.4 and 2.4). Suspicion is softer: somebody noticed that the path does not answer, or that it answers
 * again. IKE retransmissions raise it today; anything that measures the path may raise it too, through the same two
 * events.
 */
@NullMarked
package io.twinspan.daemon.liveness;

import org.jspecify.annotations.NullMarked;
