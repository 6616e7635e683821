package io.twinspan.daemon.pathmtu;

/** What the shell has to do for the path MTU machine. */
public sealed interface PathMtuEffect {
    /** Send a probe so large through the tunnel, its outer packet with DF. */
    record SendProbe(int sequence, int innerOctets) implements PathMtuEffect {}

    /** Keep outer packets to this size from now on. */
    record SetUplink(int from, int to, String reason) implements PathMtuEffect {}

    /**
     * A measurement on demand has ended.
     *
     * @param answered false where not even small probes came back
     * @param outerOctets the largest outer packet that was answered
     * @param wholeAnswer true where its answer, of the same size, came back in one piece
     */
    record Measured(boolean answered, int outerOctets, boolean wholeAnswer) implements PathMtuEffect {}
}
