package io.twinspan.crypto.ike.session;

/**
 * The IKEv2 endpoint of one tunnel as a pure function: all IKE SAs with one peer, their child SAs, rekeying, liveness and
 * reconnecting. One instance per tunnel; used on one thread.
 */
public interface IkePeerMachine {
    /** The state of a peer that nothing has happened to. */
    IkePeer initial();

    /** Applies one event. Never throws on anything a peer sends. */
    IkeStep step(IkePeer state, IkeEvent event, long nowNanos);

    /** The next instant at which {@link IkeEvent.DeadlineReached} is due, or {@code Deadline.NEVER}. */
    long nextDeadlineNanos(IkePeer state);
}
