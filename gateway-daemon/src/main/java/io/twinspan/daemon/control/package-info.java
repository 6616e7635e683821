/**
 * Hosts the decisions on the control loop: takes what IKE and the data loops report, steps health and fail-over, and turns
 * their outcome into commands for the data plane and entries of the journal. Also answers the questions and orders of
 * operators, which arrive from other threads as tasks and leave as futures.
 *
 * <p>Owns no descriptor and no protocol. Everything but {@link io.twinspan.daemon.control.GatewayApi} is called on the
 * control loop only.
 */
@NullMarked
package io.twinspan.daemon.control;

import org.jspecify.annotations.NullMarked;
