package io.twinspan.benchmarks.failover;

import java.util.OptionalDouble;

/**
 * One failure.
 *
 * @param scenario what happened
 * @param number of the run, from 1
 * @param tunnel the one it happened to, which carried the traffic of both directions
 * @param outbound from the on-prem host to the VPC
 * @param inbound from the VPC to the on-prem host
 * @param inboundAwaited true where the run waited for AWS to move its traffic by its own detection
 * @param story the gateway's account
 */
record RunResult(
        Scenario scenario,
        int number,
        int tunnel,
        FlowWindow outbound,
        FlowWindow inbound,
        boolean inboundAwaited,
        Story story) {
    /** The sender of a flow stood still for longer than this: the machine's doing, not a gateway's. */
    static final double DISTURBED_MILLIS = 20;

    double outboundMillis() {
        return outbound.outageMillis();
    }

    /** How long return traffic stood still; empty where it did not come back before the run ended. */
    OptionalDouble inboundMillis() {
        return inbound.open() ? OptionalDouble.empty() : OptionalDouble.of(inbound.outageMillis());
    }

    /** True where the machine was held up during the run. */
    boolean disturbed() {
        return Math.max(outbound.pacingMillis(), inbound.pacingMillis()) > DISTURBED_MILLIS;
    }
}
