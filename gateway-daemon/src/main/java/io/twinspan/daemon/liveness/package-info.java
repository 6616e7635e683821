/**
 * Whether a tunnel carries packets: what IKE reports and what probes find, boiled down to one {@link
 * io.twinspan.daemon.liveness.HealthVerdict} with a reason.
 *
 * <p>Pure functions of (state, event, now): no clock, no sockets, no threads, no logging. The control loop feeds them and acts
 * on the outcome.
 *
 * <p>{@link io.twinspan.daemon.liveness.TunnelHealthMachine} folds all news of one tunnel. IKE says what is certain: a child
 * SA exists, it is gone, the peer refused (RFC 7296 sections 1.4 and 2.4). Whether the child SA carries anything is for
 * {@link io.twinspan.daemon.liveness.PathMachine} to say, which asks by echo requests inside the tunnel:
 *
 * <ul>
 *   <li>At rest once in an interval. While packets go out, whenever nothing authentic came in for a twentieth of a second, and
 *       twice that often at least: what comes in does not prove that what we send arrives.
 *   <li>An answer that is late by the measured round trip and its variation (RFC 6298) makes the path suspect, and then
 *       probes leave in a burst. Missing ESP sequence numbers and hints from outside only make it look at once.
 *   <li>Down is a path on which so many probes in a row had no answer that loss at random explains it no more. How many
 *       follows from the loss that was measured, never taken as less than a fifth, and is fixed when the suspicion begins.
 *   <li>Before the verdict everything that has arrived is heard (a fence), and a late wake-up extends every wait: a gateway
 *       that stood still is no dead path.
 *   <li>A path that answers again is degraded first, and well when the last 30 probes were all answered.
 *   <li>Targets that never answered cannot tell anything: IKE's own liveness is all there is then.
 * </ul>
 */
@NullMarked
package io.twinspan.daemon.liveness;

import org.jspecify.annotations.NullMarked;
