package io.twinspan.daemon.ike;

import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import java.util.List;
import java.util.Set;

/** One IKE machine together with its present state. */
public interface IkePeerDriver {
    /** Applies an event, keeps the new state and returns what is to be done, in this order. */
    List<IkeEffect> step(IkeEvent event, long nowNanos);

    /** When the machine wants to be woken, or {@code Deadline.NEVER}. */
    long nextDeadlineNanos();

    /** Our SPIs of the peer's IKE SAs. */
    Set<Long> localSpis();

    /** What a status display shows. */
    IkePeerSummary summary();
}
