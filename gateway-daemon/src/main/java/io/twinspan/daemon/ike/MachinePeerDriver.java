package io.twinspan.daemon.ike;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeer;
import io.twinspan.crypto.ike.session.IkePeerMachine;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkeStep;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the state of an {@link IkePeerMachine} between steps. */
public final class MachinePeerDriver implements IkePeerDriver {
    private final IkePeerMachine machine;
    private IkePeer state;

    /** Starts from the machine's initial state. */
    public MachinePeerDriver(IkePeerMachine machine) {
        this.machine = machine;
        this.state = machine.initial();
    }

    private MachinePeerDriver(IkePeerMachine machine, IkePeer state) {
        this.machine = machine;
        this.state = state;
    }

    /** A driver that goes on where another one stands, by the rules of another machine. */
    public static IkePeerDriver over(IkePeerDriver before, IkePeerMachine machine) {
        return before instanceof MachinePeerDriver known
                ? new MachinePeerDriver(machine, known.state)
                : new MachinePeerDriver(machine);
    }

    @Override
    public List<IkeEffect> step(IkeEvent event, long nowNanos) {
        IkeStep step = machine.step(state, event, nowNanos);
        state = step.state();
        return step.effects();
    }

    @Override
    public long nextDeadlineNanos() {
        return machine.nextDeadlineNanos(state);
    }

    @Override
    public Set<Long> localSpis() {
        return state.localSpis();
    }

    @Override
    public IkePeerSummary summary() {
        return state.summary();
    }

    @Override
    public List<EspSaKeys> keys() {
        return state.keys();
    }

    @Override
    public Set<Integer> inboundSpis() {
        return state.inboundSpis();
    }

    @Override
    public byte[] snapshot(long nowNanos) {
        return machine.snapshot(state, nowNanos);
    }

    @Override
    public Optional<List<IkeEffect>> resume(byte[] snapshot, long writtenNanos, long nowNanos) {
        Optional<IkeStep> step = machine.resume(snapshot, writtenNanos, nowNanos);
        step.ifPresent(it -> state = it.state());
        return step.map(IkeStep::effects);
    }
}
