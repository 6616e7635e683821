package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Probe;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import io.twinspan.daemon.pathmtu.PathMtuEffect;
import io.twinspan.daemon.pathmtu.PathMtuEvent;
import io.twinspan.daemon.pathmtu.PathMtuMachine;
import io.twinspan.daemon.pathmtu.PathMtuPolicy;
import io.twinspan.daemon.pathmtu.PathMtuState;
import io.twinspan.daemon.pathmtu.PathMtuStep;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs the path MTU machine of one tunnel: its probes, its deadlines, its word. Control loop only. */
final class PathMtuWatch {
    private final TunnelName name;
    private PathMtuMachine machine;
    private final DataPlane dataPlane;
    private final ConnectionSizes sizes;
    private final ControlLoop loop;
    private final Consumer<GatewayEvent> journal;
    private final List<CompletableFuture<PathMtuEffect.Measured>> waiting = new ArrayList<>();
    private PathMtuState state;
    private Cancellable wakeUp = () -> {};

    PathMtuWatch(
            ConnectionConfig config,
            int tunnel,
            DataPlane dataPlane,
            ConnectionSizes sizes,
            ControlLoop loop,
            Consumer<GatewayEvent> journal) {
        this.name = new TunnelName(config.name(), tunnel);
        this.machine = machine(config);
        this.state = machine.initial();
        this.dataPlane = dataPlane;
        this.sizes = sizes;
        this.loop = loop;
        this.journal = journal;
    }

    private static PathMtuMachine machine(ConnectionConfig config) {
        MtuConfig mtu = config.mtu();
        return new PathMtuMachine(new PathMtuPolicy(
                mtu.watch(),
                config.uplinkMtuBytes(),
                mtu.interval().toNanos(),
                mtu.raise().toNanos()));
    }

    /**
     * Takes other settings; what the path proved to carry stands.
     *
     * @param otherUplink true where the configured size is another one, with which the search begins anew
     */
    void revise(ConnectionConfig config, boolean otherUplink) {
        machine = machine(config);
        if (otherUplink) {
            unusable();
            state = machine.initial();
            dataPlane.setUplinkMtu(name.number(), config.uplinkMtuBytes());
        } else {
            step(new PathMtuEvent.DeadlineReached());
        }
    }

    /** Ends for good. */
    void end() {
        unusable();
        wakeUp.cancel();
    }

    /** The tunnel can be probed; its packets carry so much more. */
    void usable(EspOverhead overhead) {
        step(new PathMtuEvent.Usable(overhead));
    }

    /** The tunnel is down or suspected. */
    void unusable() {
        step(new PathMtuEvent.Unusable());
    }

    /** Packets were refused on their way out. */
    void suspected() {
        step(new PathMtuEvent.Suspected());
    }

    /** What made the path narrower is gone. */
    void widened() {
        step(new PathMtuEvent.Widened());
    }

    void answered(int sequence, int innerOctets, long roundTripNanos) {
        step(new PathMtuEvent.Answered(sequence, innerOctets, roundTripNanos));
    }

    /** Measures the path now. */
    CompletableFuture<PathMtuEffect.Measured> measure() {
        CompletableFuture<PathMtuEffect.Measured> result = new CompletableFuture<>();
        waiting.add(result);
        // Who comes while one measurement runs gets its result.
        if (waiting.size() == 1) {
            step(new PathMtuEvent.MeasureRequested());
        }
        return result;
    }

    private void step(PathMtuEvent event) {
        PathMtuStep step = machine.step(state, event, loop.nowNanos());
        state = step.state();
        step.effects().forEach(this::apply);
        wakeUp.cancel();
        long next = machine.nextDeadlineNanos(state);
        wakeUp = next == Deadline.NEVER
                ? () -> {}
                : loop.schedule(next - loop.nowNanos(), () -> step(new PathMtuEvent.DeadlineReached()));
    }

    private void apply(PathMtuEffect effect) {
        switch (effect) {
            case PathMtuEffect.SendProbe(int sequence, int innerOctets) ->
                dataPlane.probe(Probe.ofSize(name.number(), sequence, innerOctets));
            case PathMtuEffect.SetUplink(int from, int to, String reason) -> {
                dataPlane.setUplinkMtu(name.number(), to);
                tell(from, to, reason);
                sizes.uplinkMtu(name.number(), to);
            }
            case PathMtuEffect.Measured measured -> {
                List<CompletableFuture<PathMtuEffect.Measured>> told = List.copyOf(waiting);
                waiting.clear();
                told.forEach(one -> one.complete(measured));
            }
        }
    }

    private void tell(int from, int to, String reason) {
        Severity severity = to < from ? Severity.WARN : Severity.INFO;
        String text = "the outside path carries " + to + " octets, was " + from + ": " + reason;
        journal.accept(GatewayEvent.of(severity, "tunnel.path-mtu", name.connection(), name.number(), text)
                .with("from", from)
                .with("to", to)
                .with("reason", reason));
    }
}
