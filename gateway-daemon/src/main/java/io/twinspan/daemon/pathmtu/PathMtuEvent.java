package io.twinspan.daemon.pathmtu;

import io.twinspan.crypto.esp.EspOverhead;

/** What the path MTU machine reacts to. */
public sealed interface PathMtuEvent {
    /** The tunnel can carry probes, or carries them with another overhead than before. */
    record Usable(EspOverhead overhead) implements PathMtuEvent {}

    /** The tunnel is down or its path suspected: that large packets die says nothing about their size now. */
    record Unusable() implements PathMtuEvent {}

    /** Something hints that large packets do not pass. */
    record Suspected() implements PathMtuEvent {}

    /** An operator wants the path measured now. */
    record MeasureRequested() implements PathMtuEvent {}

    /** What made the path narrower is known to be gone: the configured size is tried again as soon as can be. */
    record Widened() implements PathMtuEvent {}

    /**
     * The answer to a probe came.
     *
     * @param innerOctets length of the answer, which is shorter than the question where it came as fragments
     * @param roundTripNanos how long it took
     */
    record Answered(int sequence, int innerOctets, long roundTripNanos) implements PathMtuEvent {}

    /** The time of {@link PathMtuMachine#nextDeadlineNanos} has come. */
    record DeadlineReached() implements PathMtuEvent {}
}
