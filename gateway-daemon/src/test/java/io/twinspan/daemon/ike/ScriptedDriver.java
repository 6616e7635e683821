package io.twinspan.daemon.ike;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A machine whose answers the test writes. */
final class ScriptedDriver implements IkePeerDriver {
    final List<IkeEvent> events = new ArrayList<>();
    final Set<Long> spis = new HashSet<>();
    long deadline = Deadline.NEVER;
    Function<IkeEvent, List<IkeEffect>> script = _ -> List.of();
    final Set<Integer> inboundSpis = new HashSet<>();
    final List<Long> resumedFrom = new ArrayList<>();
    Function<byte[], Optional<List<IkeEffect>>> resumption = _ -> Optional.empty();

    @Override
    public List<IkeEffect> step(IkeEvent event, long nowNanos) {
        events.add(event);
        return script.apply(event);
    }

    @Override
    public long nextDeadlineNanos() {
        return deadline;
    }

    @Override
    public Set<Long> localSpis() {
        return spis;
    }

    @Override
    public IkePeerSummary summary() {
        return new IkePeerSummary(IkePeerSummary.Phase.IDLE, List.of(), List.of());
    }

    @Override
    public List<EspSaKeys> keys() {
        return List.of();
    }

    @Override
    public Set<Integer> inboundSpis() {
        return inboundSpis;
    }

    @Override
    public byte[] snapshot(long nowNanos) {
        return new byte[] {(byte) events.size()};
    }

    @Override
    public Optional<List<IkeEffect>> resume(byte[] snapshot, long writtenNanos, long nowNanos) {
        resumedFrom.add(writtenNanos);
        return resumption.apply(snapshot);
    }
}
