package io.twinspan.daemon.liveness;

/** What can change a tunnel's health. */
public sealed interface HealthEvent {
    /** The tunnel is meant to be up from now on. */
    record Enabled() implements HealthEvent {}

    /**
     * The tunnel is meant to stay down.
     *
     * @param reason who said so
     */
    record Disabled(String reason) implements HealthEvent {}

    /**
     * IKE has sent a first message to the peer.
     *
     * @param attempt counts from 1 since the tunnel was last up
     */
    record Connecting(int attempt) implements HealthEvent {}

    /** A child SA exists and outbound traffic may use it. */
    record Established() implements HealthEvent {}

    /** A child SA of the process before goes on; whether its path still works, the probes will tell. */
    record Resumed() implements HealthEvent {}

    /**
     * IKE says that the tunnel carries nothing any more: a DELETE, a refusal, a silent peer, an expired lifetime.
     *
     * @param reason a sentence for people
     */
    record Lost(String reason) implements HealthEvent {}

    /**
     * The path is dead, while the child SA still stands.
     *
     * @param reason a sentence for people
     * @param times how it came about
     * @param inboundAlive true where packets still come in, so that only ours do not arrive
     */
    record PathDown(String reason, LossTimes times, boolean inboundAlive) implements HealthEvent {}

    /**
     * The path carries packets and loses too many of them, or is not yet to be trusted again.
     *
     * @param reason a sentence for people
     */
    record PathLossy(String reason) implements HealthEvent {}

    /** The path carries packets. */
    record PathUp() implements HealthEvent {}
}
