package io.twinspan.daemon.liveness;

/** What the path machine is told. */
public sealed interface PathEvent {
    /**
     * A child SA stands: the path is to be watched.
     *
     * @param counters now
     */
    record Started(PathCounters counters) implements PathEvent {}

    /** No child SA any more. */
    record Stopped() implements PathEvent {}

    /**
     * The tunnel carries protected traffic from now on, or does not.
     *
     * @param carries true where packets may go out at any time, so that the counters are worth a look
     */
    record Role(boolean carries) implements PathEvent {}

    /**
     * The instant that {@link PathMachine#nextDeadlineNanos} named has come; early ones are harmless.
     *
     * @param counters now
     */
    record DeadlineReached(PathCounters counters) implements PathEvent {}

    /** A probe left; from now on its answer is awaited. */
    record ProbeSent(int sequence, long sentNanos) implements PathEvent {}

    /** A probe could not be sent; it says nothing about the path. */
    record ProbeRefused(int sequence) implements PathEvent {}

    /** An answer came, out of this tunnel. */
    record ProbeAnswered(int sequence, long sentNanos, long atNanos) implements PathEvent {}

    /** Everything that had arrived before the fence was asked for has been told. */
    record FenceDone(int fence) implements PathEvent {}

    /** Something outside the tunnel looks bad: an IKE retransmission, an ICMP error. Reason to look, and no more. */
    record Hint() implements PathEvent {}
}
