package io.twinspan.daemon.pathmtu;

import io.twinspan.crypto.esp.EspOverhead;

/**
 * State of the path MTU machine.
 *
 * @param uplinkBytes outer size in use
 * @param overhead what encapsulation adds, by which sizes are rounded to those that a packet can have
 * @param phase where it stands
 * @param sequence number of the next pair of probes: large ones have even numbers, small ones the odd number behind
 * @param roundTripNanos recent longest, 0 for not known
 * @param raiseAtNanos when a larger size is tried again, {@code Deadline.NEVER} for never
 * @param answerBytes length of the last large probe's answer
 */
public record PathMtuState(
        int uplinkBytes,
        EspOverhead overhead,
        PathMtuPhase phase,
        int sequence,
        long roundTripNanos,
        long raiseAtNanos,
        int answerBytes) {
    /** True while probes are under way. */
    public boolean isProbing() {
        return phase instanceof PathMtuPhase.Probing;
    }

    PathMtuState in(PathMtuPhase next) {
        return new PathMtuState(uplinkBytes, overhead, next, sequence, roundTripNanos, raiseAtNanos, answerBytes);
    }

    PathMtuState with(EspOverhead newOverhead) {
        return new PathMtuState(uplinkBytes, newOverhead, phase, sequence, roundTripNanos, raiseAtNanos, answerBytes);
    }

    PathMtuState uplink(int octets) {
        return new PathMtuState(octets, overhead, phase, sequence, roundTripNanos, raiseAtNanos, answerBytes);
    }

    PathMtuState raiseAt(long nanos) {
        return new PathMtuState(uplinkBytes, overhead, phase, sequence, roundTripNanos, nanos, answerBytes);
    }

    PathMtuState answered(long roundTrip, int octets) {
        // The longest of late counts, and fades: a probe that is late is not lost.
        long longest = Math.max(roundTrip, roundTripNanos - roundTripNanos / 8);
        return new PathMtuState(uplinkBytes, overhead, phase, sequence, longest, raiseAtNanos, octets);
    }

    PathMtuState nextPair() {
        return new PathMtuState(uplinkBytes, overhead, phase, sequence + 2, roundTripNanos, raiseAtNanos, answerBytes);
    }

    /** The largest outer packet of at most so many octets that the overhead can make. */
    int fit(int outerBytes) {
        return overhead.outerLengthBytes(overhead.innerMtuBytes(outerBytes));
    }
}
