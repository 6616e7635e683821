package io.twinspan.daemon.failover;

import io.twinspan.daemon.liveness.HealthVerdict;

/** What can move a connection's traffic. */
public sealed interface FailoverEvent {
    /**
     * A tunnel's health changed, or is told again.
     *
     * @param reason a sentence for people
     */
    record Health(int tunnel, HealthVerdict verdict, String reason) implements FailoverEvent {}

    /**
     * The operator wants the traffic on this tunnel, and there it stays until the tunnel is lost or another one is asked
     * for. Ignored where the tunnel is down.
     */
    record SwitchRequested(int tunnel) implements FailoverEvent {}

    /** The instant that {@link FailoverMachine#nextDeadlineNanos} named has come; early ones are harmless. */
    record DeadlineReached() implements FailoverEvent {}
}
