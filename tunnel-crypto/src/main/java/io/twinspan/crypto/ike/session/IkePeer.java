package io.twinspan.crypto.ike.session;

import java.util.List;
import java.util.Set;

/**
 * Everything known about one IKE peer: its IKE SAs, its child SAs and its reconnect back-off. Immutable; only
 * {@link IkePeerMachine} makes new ones.
 */
public final class IkePeer {
    IkePeer() {}

    /** Our SPIs of all IKE SAs, half-open ones included: datagrams that carry one of them belong to this peer. */
    public Set<Long> localSpis() {
        return Set.of();
    }

    /** What a status display shows. */
    public IkePeerSummary summary() {
        return new IkePeerSummary(IkePeerSummary.Phase.IDLE, List.of(), List.of());
    }
}
