/**
 * Which tunnel of a connection carries the protected prefixes' traffic.
 *
 * <p>A pure function of (state, event, now): no clock, no sockets, no threads, no logging. The control loop turns each {@link
 * io.twinspan.daemon.failover.SwitchPlan} into one command to the data loops; both tunnels accept traffic all the time, so
 * a switch only moves what we send.
 *
 * <p>The rules, strongest first. A tunnel that is down never carries traffic while another is not. Traffic leaves a tunnel
 * the moment it is down, and leaves a suspected one where a healthy one stands by, unless the operator pinned it there. A
 * tunnel that was lost and came back sits out a hold-down, then is standby: traffic does not move back by itself, so that a
 * flapping tunnel costs one switch and no more. Only a preferred tunnel that was never lost takes the traffic over when it
 * comes up second. With no usable tunnel, the answer is {@code NO_TUNNEL}: everything is refused.
 */
@NullMarked
package io.twinspan.daemon.failover;

import org.jspecify.annotations.NullMarked;
