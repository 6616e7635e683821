package io.twinspan.daemon.failover;

import io.twinspan.daemon.liveness.HealthVerdict;

/** What can move a connection's traffic. */
public sealed interface FailoverEvent {
    /**
     * A tunnel's health changed, or is told again.
     *
     * @param hasSa true where a child SA stands, so that a tunnel that is down may still serve as the last resort
     * @param reason a sentence for people
     */
    record Health(int tunnel, HealthVerdict verdict, boolean hasSa, String reason) implements FailoverEvent {}

    /**
     * The operator wants the traffic on this tunnel, and there it stays until the tunnel is lost, another one is asked for, or
     * {@link Released}. Ignored where the tunnel is down.
     */
    record SwitchRequested(int tunnel) implements FailoverEvent {}

    /** The operator leaves the choice to the policy again. */
    record Released() implements FailoverEvent {}

    /** The machine is a new one with another policy; the state is the old one's. */
    record PolicyChanged() implements FailoverEvent {}

    /** The peer sends its traffic through this tunnel. */
    record PeerSends(int tunnel) implements FailoverEvent {}

    /**
     * A tunnel was taken down on purpose, to be configured anew, and has no SA now: that it was away is no loss to be held
     * against it.
     */
    record Renewed(int tunnel) implements FailoverEvent {}

    /** The instant that {@link FailoverMachine#nextDeadlineNanos} named has come; early ones are harmless. */
    record DeadlineReached() implements FailoverEvent {}
}
