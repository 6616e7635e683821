/**
 * Which tunnel of a connection carries the protected prefixes' traffic.
 *
 * <p>A pure function of (state, event, now): no clock, no sockets, no threads, no logging. The control loop turns each {@link
 * io.twinspan.daemon.failover.SwitchPlan} into one command to the data loops; both tunnels accept traffic all the time, so
 * a switch only moves what we send, and what is under way on a healthy old tunnel still arrives.
 *
 * <p>The rules, strongest first.
 *
 * <ol>
 *   <li>A tunnel that is down never carries traffic while another is not. Fast down: traffic leaves in the step in which the
 *       verdict comes. A tunnel that only loses packets is not left: the loss may be everybody's.
 *   <li>Slow up: a tunnel that was lost and came back is held down before it counts as standby, and each further loss
 *       doubles the time, up to a limit, so that a flapping tunnel costs one switch and no more. Held down or not, it carries
 *       traffic where nothing better is there.
 *   <li>Where the operator wants the traffic, there it stays until that tunnel is lost or the operator lets go.
 *   <li>The policy decides among those that are ready: the preferred tunnel takes the traffic back after a quiet time; or all
 *       share it, flow by flow; or it goes where the peer sends.
 *   <li>A tunnel whose SA stands but whose path is dead is the last resort: what is lost there is lost anyhow, and the path
 *       may come back before IKE knows. With no SA at all, everything is refused.
 * </ol>
 */
@NullMarked
package io.twinspan.daemon.failover;

import org.jspecify.annotations.NullMarked;
