package io.twinspan.daemon.control;

import io.twinspan.config.model.ProbeConfig;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Probe;
import io.twinspan.daemon.dataplane.ProbeKind;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.liveness.DetectionTime;
import io.twinspan.daemon.liveness.PathCounters;
import io.twinspan.daemon.liveness.PathEffect;
import io.twinspan.daemon.liveness.PathEvent;
import io.twinspan.daemon.liveness.PathMachine;
import io.twinspan.daemon.liveness.PathState;
import io.twinspan.daemon.liveness.PathStatistics;
import io.twinspan.daemon.liveness.PathStep;
import io.twinspan.daemon.liveness.ProbePolicy;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.function.Consumer;

/** Runs the path machine of one tunnel: its timer, its probes, its fences. Control loop only. */
final class PathWatch {
    /** Probes of all tunnels share one space of numbers, since a refusal does not name the tunnel. */
    private static final int TUNNEL_BITS = 2;

    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;

    private final int tunnel;
    private final ProbeConfig config;
    private final boolean peerOnly;
    private final DataPlane dataPlane;
    private final ControlLoop loop;
    private final Consumer<PathEffect> news;
    private final PathMachine machine;
    private PathState state;
    private boolean running;
    private boolean carries;
    private long wakeUpNanos = Deadline.NEVER;
    private Cancellable wakeUp = () -> {};

    /**
     * A watch that rests until {@link #start}.
     *
     * @param peerOnly true where the peer's inside address is the one target
     * @param news hears all effects that are not the watch's own to run
     */
    PathWatch(
            int tunnel,
            ProbeConfig config,
            boolean peerOnly,
            DataPlane dataPlane,
            ControlLoop loop,
            Consumer<PathEffect> news) {
        this.tunnel = tunnel;
        this.config = config;
        this.peerOnly = peerOnly;
        this.dataPlane = dataPlane;
        this.loop = loop;
        this.news = news;
        this.machine = new PathMachine(policy(config));
        this.state = machine.initial(loop.nowNanos());
    }

    /** The tunnel that a number on the wire belongs to. */
    static int tunnelOf(int wireSequence) {
        return wireSequence & ((1 << TUNNEL_BITS) - 1);
    }

    /** True where the path's verdict is the probes', because they are sent and something answers them. */
    boolean judges() {
        return running && state.proven();
    }

    void start() {
        if (config.enabled()) {
            running = true;
            apply(new PathEvent.Started(counters()));
        }
    }

    void stop() {
        if (running) {
            running = false;
            apply(new PathEvent.Stopped());
        }
    }

    void carries(boolean now) {
        if (carries != now && config.enabled()) {
            carries = now;
            apply(new PathEvent.Role(now));
        }
    }

    /** Something outside the tunnel looks bad. */
    void hint() {
        if (running) {
            apply(new PathEvent.Hint());
        }
    }

    void sent(int wireSequence, boolean refused, long atNanos) {
        int sequence = wireSequence >>> TUNNEL_BITS;
        apply(refused ? new PathEvent.ProbeRefused(sequence) : new PathEvent.ProbeSent(sequence, atNanos));
    }

    void answered(int wireSequence, long sentNanos, long atNanos) {
        apply(new PathEvent.ProbeAnswered(wireSequence >>> TUNNEL_BITS, sentNanos, atNanos));
    }

    PathStatus status() {
        if (!config.enabled()) {
            return PathStatus.UNPROBED;
        }
        PathStatistics statistics = state.statistics();
        long now = loop.nowNanos();
        DetectionTime time = DetectionTime.of(machine.policy(), state);
        return new PathStatus(
                true,
                judges(),
                statistics.sent(now),
                statistics.lost(now),
                statistics.sentEver(),
                statistics.lostEver(),
                statistics.roundTripNanos(MEDIAN),
                statistics.roundTripNanos(P95),
                statistics.jitterNanos(),
                judges()
                        ? new PathStatus.Detection(
                                time.silentNanos(), time.oneWayNanos(), time.idleNanos(), time.roundTripNanos())
                        : PathStatus.UNPROBED.detection());
    }

    private void apply(PathEvent event) {
        PathStep step = machine.step(state, event, loop.nowNanos());
        state = step.state();
        reschedule();
        step.effects().forEach(this::run);
    }

    private void run(PathEffect effect) {
        switch (effect) {
            case PathEffect.SendProbe(int sequence, int target) -> send(sequence << TUNNEL_BITS | tunnel, target);
            case PathEffect.Fence(int fence) -> dataPlane.fence(() -> apply(new PathEvent.FenceDone(fence)));
            case PathEffect.Suspected _,
                    PathEffect.Cleared _,
                    PathEffect.PathDown _,
                    PathEffect.Degraded _,
                    PathEffect.PathUp _,
                    PathEffect.NeverAnswered _,
                    PathEffect.TargetSilent _ -> news.accept(effect);
        }
    }

    private void send(int wireSequence, int target) {
        dataPlane.probe(
                peerOnly
                        ? Probe.toPeer(ProbeKind.HEALTH, tunnel, wireSequence)
                        : Probe.toTarget(
                                ProbeKind.HEALTH, tunnel, config.targets().get(target), wireSequence));
    }

    private void reschedule() {
        long next = machine.nextDeadlineNanos(state);
        if (next == wakeUpNanos) {
            return;
        }
        wakeUp.cancel();
        wakeUpNanos = next;
        wakeUp = next == Deadline.NEVER ? () -> {} : loop.schedule(next - loop.nowNanos(), this::wakeUp);
    }

    private void wakeUp() {
        wakeUpNanos = Deadline.NEVER;
        apply(new PathEvent.DeadlineReached(counters()));
    }

    private PathCounters counters() {
        TunnelCounters counters = dataPlane.counters(tunnel);
        return new PathCounters(
                counters.packetsOut(),
                counters.packetsAuthenticated(),
                counters.packetsMissingIn(),
                counters.lastAuthenticatedNanos());
    }

    private static ProbePolicy policy(ProbeConfig config) {
        return new ProbePolicy(
                config.targets().size(),
                config.quorum(),
                config.interval().toNanos(),
                config.activeInterval().toNanos(),
                config.burstInterval().toNanos(),
                config.timeout().toNanos(),
                config.falseAlarm(),
                config.degradedLoss());
    }
}
