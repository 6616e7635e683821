/**
 * Rehearsals of failures, as pure functions: what a scenario does ({@link io.twinspan.daemon.drill.DrillScenario}), when one may
 * not begin ({@link io.twinspan.daemon.drill.DrillRefusals}), how it goes on and when it ends
 * ({@link io.twinspan.daemon.drill.DrillMachine}), and what its probes and the users' counters say afterwards
 * ({@link io.twinspan.daemon.drill.ProbeLedger}, {@link io.twinspan.daemon.drill.TrafficLedger}).
 *
 * <p>No clock, no thread, no socket: the control loop hands in what it sees and carries out the effects. The ledgers are
 * mutable, owned by whoever feeds them, and take all their memory when they are made.
 */
@NullMarked
package io.twinspan.daemon.drill;

import org.jspecify.annotations.NullMarked;
