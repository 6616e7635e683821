package io.twinspan.daemon.dataplane;

/**
 * How much of a child SA's sequence numbers is used up (RFC 4303 section 3.3.3): 0 for a fresh SA, 1 for one that is at its
 * end.
 *
 * @param in share of the peer's numbers, up to the highest that proved authentic
 * @param out share of ours, those that are set aside for a process that takes over included
 */
public record SequenceUse(double in, double out) {
    /** Nothing used. */
    public static final SequenceUse NONE = new SequenceUse(0, 0);
}
