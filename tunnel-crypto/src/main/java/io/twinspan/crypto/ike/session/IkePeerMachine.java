package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.time.Deadline;
import java.util.List;
import java.util.Objects;

/**
 * The IKEv2 endpoint of one tunnel as a pure function: all IKE SAs with one peer, their child SAs, rekeying, liveness and
 * reconnecting. One instance per tunnel; used on one thread.
 */
public final class IkePeerMachine {
    private final IkeContext context;
    private final IkePolicy policy;

    public IkePeerMachine(IkeContext context, IkePolicy policy) {
        this.context = Objects.requireNonNull(context);
        this.policy = Objects.requireNonNull(policy);
    }

    /** The state of a peer that nothing has happened to. */
    public IkePeer initial() {
        return new IkePeer();
    }

    /** Applies one event. Never throws on anything a peer sends. */
    public IkeStep step(IkePeer state, IkeEvent event, long nowNanos) {
        Objects.requireNonNull(event);
        return new IkeStep(state, List.of());
    }

    /** The next instant at which {@link IkeEvent.DeadlineReached} is due, or {@code Deadline.NEVER}. */
    public long nextDeadlineNanos(IkePeer state) {
        return Deadline.NEVER;
    }

    @Override
    public String toString() {
        return "IkePeerMachine[" + policy.remote() + ", " + context.getClass().getSimpleName() + "]";
    }
}
