package io.twinspan.crypto.ike.session;

import java.util.Set;

/**
 * Everything known about one IKE peer: its IKE SAs, its child SAs and its reconnect back-off. Immutable; only
 * {@link IkePeerMachine} makes new ones.
 */
public interface IkePeer {
    /** Our SPIs of all IKE SAs, half-open ones included: datagrams that carry one of them belong to this peer. */
    Set<Long> localSpis();

    /** What a status display shows. */
    IkePeerSummary summary();
}
