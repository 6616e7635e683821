package io.twinspan.benchmarks.failover;

import java.time.Instant;

/** Who plays the customer gateway. */
interface CustomerGateway extends AutoCloseable {
    /** For tables. */
    String description();

    /** True while one tunnel carries traffic and the other is a proven standby. */
    boolean ready();

    /** True where an operator can order a switch. */
    boolean canSwitch();

    /** Moves traffic to a tunnel, as an operator does. */
    void switchTo(int tunnel);

    /** Makes a tunnel anew whose peer has forgotten it; only between runs. */
    void renew(int tunnel);

    /** What it says of what happened since an instant. */
    Story storySince(Instant start);

    @Override
    void close();
}
