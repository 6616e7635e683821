package io.twinspan.daemon.ike;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import java.util.List;
import java.util.Optional;
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

    /** Copies of the keys of the peer's ESP SAs. */
    List<EspSaKeys> keys();

    /** Our inbound SPIs of the peer's child SAs, those that only open late packets included. */
    Set<Integer> inboundSpis();

    /** The present state as octets, with all its keys. */
    byte[] snapshot(long nowNanos);

    /**
     * Takes up a state of another process.
     *
     * @param writtenNanos when it was written, on this process's clock
     * @return what makes its child SAs known; empty, and nothing changed, where it cannot be taken up
     */
    Optional<List<IkeEffect>> resume(byte[] snapshot, long writtenNanos, long nowNanos);
}
