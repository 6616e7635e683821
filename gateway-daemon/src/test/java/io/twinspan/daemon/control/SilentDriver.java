package io.twinspan.daemon.control;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.daemon.ike.IkePeerDriver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A peer that does what it is told without a word.
 *
 * @param summary what it says of itself
 */
record SilentDriver(IkePeerSummary summary) implements IkePeerDriver {
    /** Of a peer without an SA. */
    static final IkePeerSummary NOTHING = new IkePeerSummary(IkePeerSummary.Phase.IDLE, List.of(), List.of());

    @Override
    public List<IkeEffect> step(IkeEvent event, long nowNanos) {
        return List.of();
    }

    @Override
    public long nextDeadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public Set<Long> localSpis() {
        return Set.of();
    }

    @Override
    public List<EspSaKeys> keys() {
        return List.of();
    }

    @Override
    public Set<Integer> inboundSpis() {
        return Set.of();
    }

    @Override
    public byte[] snapshot(long nowNanos) {
        return new byte[0];
    }

    @Override
    public Optional<List<IkeEffect>> resume(byte[] snapshot, long writtenNanos, long nowNanos) {
        return Optional.empty();
    }
}
