package io.twinspan.daemon.drill;

/**
 * A drill that may begin.
 *
 * @param order what was asked for
 * @param tunnel number of the tunnel under test
 * @param other number of the tunnel that stands by for it
 * @param wasActive true where the tunnel under test carried the traffic at the beginning
 */
public record DrillPlan(DrillOrder order, int tunnel, int other, boolean wasActive) {}
