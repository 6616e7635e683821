package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Forwarding;
import io.twinspan.daemon.failover.FailoverEvent;
import io.twinspan.daemon.failover.FailoverMachine;
import io.twinspan.daemon.failover.FailoverPolicy;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.failover.FailoverStep;
import io.twinspan.daemon.failover.SwitchPlan;
import io.twinspan.daemon.liveness.HealthEvent;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.liveness.LossTimes;
import io.twinspan.daemon.liveness.PathEffect;
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Health and fail-over of one connection: reports in, switches and journal entries out. Control loop only.
 */
final class ConnectionControl {
    private ConnectionConfig config;
    private final DataPlane dataPlane;
    private final ControlLoop loop;
    private final Consumer<GatewayEvent> journal;
    private FailoverPolicy configured;
    private FailoverMachine machine;
    private final SortedMap<Integer, TunnelControl> tunnels = new TreeMap<>();
    private final SwitchLog log;
    private final Map<Integer, PathWatch> watches = new TreeMap<>();
    private final ReturnPull pull;
    private FailoverState failover;
    private final ShownStates shown;
    private final ReturnWatch returns;
    private Cancellable wakeUp = () -> {};
    private final PinHold hold;
    private final Interlude interlude = new Interlude();
    private @Nullable DrillRun drill;
    private final ConnectionMemory memory;

    ConnectionControl(
            ConnectionConfig config,
            DataPlane dataPlane,
            Collection<TunnelControl> tunnels,
            ControlLoop loop,
            Supplier<Instant> wallClock,
            Consumer<GatewayEvent> journal,
            Consumer<TunnelControl> restart,
            ConnectionMemory memory) {
        this.memory = memory;
        this.hold = new PinHold(loop, this::pinIsOver);
        this.pull = new ReturnPull(loop, restart);
        this.config = config;
        this.dataPlane = dataPlane;
        this.loop = loop;
        this.journal = journal;
        tunnels.forEach(tunnel -> this.tunnels.put(tunnel.name().number(), tunnel));
        List<Integer> numbers = List.copyOf(this.tunnels.keySet());
        this.configured = FailoverPolicies.of(config.failover(), numbers);
        this.machine = new FailoverMachine(configured);
        this.failover = machine.initial();
        this.shown = new ShownStates(config.name(), this.tunnels, loop, wallClock, journal);
        this.returns = new ReturnWatch(
                loop, dataPlane, numbers, tunnel -> apply(new FailoverEvent.PeerSends(tunnel), (_, _) -> {}));
        this.log = new SwitchLog(config.name(), loop, wallClock, journal);
        this.tunnels.values().forEach(tunnel -> watches.put(tunnel.name().number(), watch(tunnel)));
        followWhereWanted();
    }

    private void followWhereWanted() {
        returns.watch(config.failover().policy() == FailoverConfig.Policy.FOLLOW_AWS);
    }

    /**
     * Takes other settings of the connection and of tunnels that are not to be renegotiated: health, SAs and traffic go on.
     *
     * @param newConfig of the same tunnels
     */
    void revise(ConnectionConfig newConfig) {
        boolean otherPolicy = !newConfig.failover().equals(config.failover());
        config = newConfig;
        newConfig
                .tunnels()
                .forEach(settings -> tunnel(settings.number()).ifPresent(tunnel -> revise(tunnel, settings)));
        if (otherPolicy) {
            configured = FailoverPolicies.of(newConfig.failover(), List.copyOf(tunnels.keySet()));
            machine = new FailoverMachine(configured);
            followWhereWanted();
            apply(new FailoverEvent.PolicyChanged(), (_, _) -> {});
        }
    }

    private void revise(TunnelControl tunnel, TunnelConfig settings) {
        int number = settings.number();
        boolean otherProbe = !settings.probe().equals(tunnel.config().probe());
        tunnel.revise(settings, tunnel.outsideLocal());
        if (otherProbe) {
            watch(number).stop();
            PathWatch renewed = watch(tunnel);
            watches.put(number, renewed);
            if (tunnel.health().hasSa()) {
                renewed.start();
            }
            renewed.carries(failover.carrying().contains(number));
        }
    }

    /** The tunnel was taken down to be configured anew, which is no loss. */
    void renewed(TunnelControl tunnel) {
        apply(new FailoverEvent.Renewed(tunnel.name().number()), (_, _) -> {});
    }

    /** Ends for good: no timer, probe or journal entry any more. */
    void end() {
        wakeUp.cancel();
        returns.watch(false);
        hold.forget();
        watches.values().forEach(PathWatch::stop);
    }

    ConnectionConfig config() {
        return config;
    }

    DataPlane dataPlane() {
        return dataPlane;
    }

    Collection<TunnelControl> tunnels() {
        return tunnels.values();
    }

    Optional<TunnelControl> tunnel(int number) {
        return Optional.ofNullable(tunnels.get(number));
    }

    FailoverState failover() {
        return failover;
    }

    ConnectionState state() {
        return shown.state();
    }

    Instant stateSince() {
        return shown.since();
    }

    /** The watch over a tunnel's path. */
    PathWatch watch(int tunnel) {
        return Objects.requireNonNull(watches.get(tunnel));
    }

    /** A drill's probes are answered to it. */
    void drill(DrillRun run) {
        drill = run;
    }

    void noDrill() {
        drill = null;
    }

    /** Passes on that a probe of a drill was sent. */
    void drillProbeSent(int sequence, int tunnel, long atNanos) {
        if (drill != null) {
            drill.probeSent(sequence, tunnel, atNanos);
        }
    }

    /** Passes on that a probe of a drill was answered. */
    void drillProbeAnswered(int sequence, int tunnel, long sentNanos, long atNanos) {
        if (drill != null) {
            drill.probeAnswered(sequence, tunnel, sentNanos, atNanos);
        }
    }

    SwitchLog log() {
        return log;
    }

    /** What IKE says about a tunnel: counted, told, and passed on where it touches the tunnel's health. */
    void onReport(TunnelControl tunnel, IkeReport report) {
        tunnel.count(report, loop.nowNanos());
        PathWatch watch = watch(tunnel.name().number());
        if (watch.judges() && ReportTranslator.isAboutThePath(report)) {
            // Probes know better and sooner; a retransmission is worth a look all the same.
            if (report instanceof IkeReport.Retransmitted) {
                watch.hint();
            }
            return;
        }
        long lastGood = dataPlane.counters(tunnel.name().number()).lastAuthenticatedNanos();
        ReportTranslator.healthOf(report, lastGood, loop.nowNanos()).forEach(event -> onHealth(tunnel, event));
    }

    /** Something that changes a tunnel's health: moves the traffic where need be. */
    void onHealth(TunnelControl tunnel, HealthEvent event) {
        TunnelHealth before = tunnel.health();
        tunnel.step(event);
        TunnelHealth after = tunnel.health();
        if (before.equals(after)) {
            return;
        }
        if (before.hasSa() != after.hasSa()) {
            PathWatch watch = watch(tunnel.name().number());
            Runnable change = after.hasSa() ? watch::start : watch::stop;
            change.run();
        }
        if (before.verdict() != HealthVerdict.DOWN && after.verdict() == HealthVerdict.DOWN) {
            noteLoss(tunnel, event);
        }
        HealthVerdict verdict = after.verdict();
        apply(new FailoverEvent.Health(tunnel.name().number(), verdict, after.hasSa(), after.reason()), (_, _) -> {});
    }

    /** What is certain at once has no suspicion before it. */
    private void noteLoss(TunnelControl tunnel, HealthEvent event) {
        long now = loop.nowNanos();
        if (event instanceof HealthEvent.PathDown(String _, LossTimes times, boolean inboundAlive)) {
            tunnel.lost(times, inboundAlive);
        } else {
            long lastGood = dataPlane.counters(tunnel.name().number()).lastAuthenticatedNanos();
            tunnel.lost(new LossTimes(lastGood, now, now), false);
        }
    }

    /** Leaves the choice of the tunnel to the policy again. */
    void release() {
        interlude.endMove();
        apply(new FailoverEvent.Released(), (_, _) -> {});
    }

    /** The operator's choice of this tunnel is over after a while, in this process or the next, unless it was lost or left by then. */
    void holdFor(int tunnel, Duration time) {
        hold.until(tunnel, loop.nowNanos() + time.toNanos());
        keep();
    }

    /** What the operator has chosen holds until the next order. */
    void holdForEver() {
        hold.forget();
        keep();
    }

    private void pinIsOver(int tunnel) {
        if (interlude.isMoved()) {
            interlude.expire(tunnel);
            keep();
        } else if (failover.pinned() == tunnel) {
            release();
        }
    }

    /** Sends where the peer sends, or as configured; a configuration that follows anyway then prefers a tunnel. */
    void followPeer(boolean follow) {
        boolean followsAnyway = configured.mode() == FailoverPolicy.Mode.FOLLOW_PEER;
        FailoverPolicy.Mode otherwise = followsAnyway ? FailoverPolicy.Mode.ACTIVE_STANDBY : configured.mode();
        machine = new FailoverMachine(configured.with(follow ? FailoverPolicy.Mode.FOLLOW_PEER : otherwise));
        journal.accept(event(
                Severity.INFO,
                "connection.policy",
                0,
                follow
                        ? "the operator has the traffic follow the peer"
                        : "the operator has the traffic not follow the peer"));
        returns.watch(follow);
        apply(new FailoverEvent.PolicyChanged(), (_, _) -> {});
    }

    /** Moves the traffic on the operator's order. The observer hears when it is done; never where nothing moves. */
    void switchTo(int tunnel, SwitchDone done) {
        interlude.endMove();
        apply(new FailoverEvent.SwitchRequested(tunnel), done);
    }

    /** Moves the traffic until {@link #switchBack}, or until an operator chooses; the next process knows nothing of it. */
    void switchForNow(int tunnel, SwitchDone done) {
        interlude.move(failover.pinned());
        apply(new FailoverEvent.SwitchRequested(tunnel), done);
    }

    /** What was moved for a while goes where it was ordered to be before, or where the policy wants it. */
    void switchBack() {
        if (!interlude.isMoved()) {
            return;
        }
        int ordered = interlude.endMove();
        boolean carries =
                ordered != FailoverState.NO_TUNNEL && failover.standing(ordered).carries();
        apply(carries ? new FailoverEvent.SwitchRequested(ordered) : new FailoverEvent.Released(), (_, _) -> {});
    }

    /** An operator's order, which the next process follows too: no traffic through this tunnel. */
    void disable(TunnelControl tunnel, String reason) {
        interlude.endDown(tunnel.name().number());
        onHealth(tunnel, new HealthEvent.Disabled(reason));
        keep();
    }

    /** No traffic through this tunnel for a while, of which the next process knows nothing. */
    void disableForNow(TunnelControl tunnel, String reason) {
        if (!(tunnel.health() instanceof TunnelHealth.Disabled)) {
            interlude.takeDown(tunnel.name().number());
        }
        onHealth(tunnel, new HealthEvent.Disabled(reason));
    }

    /** Traffic may go through this tunnel again. */
    void enable(TunnelControl tunnel) {
        interlude.endDown(tunnel.name().number());
        onHealth(tunnel, new HealthEvent.Enabled());
    }

    private void apply(FailoverEvent event, SwitchDone done) {
        FailoverStep step = machine.step(failover, event, loop.nowNanos());
        failover = step.state();
        step.plans().forEach(plan -> move(plan, done));
        watches.forEach((number, watch) -> watch.carries(failover.carrying().contains(number)));
        shown.show(failover, step.plans());
        reschedule();
        keep();
    }

    /**
     * Takes up where the process before had the traffic and what operators had ordered, before its SAs are taken up: so a
     * restart moves nothing.
     */
    void recall() {
        memory.recall()
                .flatMap(kept -> ConnectionNotes.decode(kept.notes(), loop.nowNanos() - kept.agoNanos()))
                .filter(notes -> notes.failover().standings().keySet().equals(tunnels.keySet()))
                .ifPresent(this::takeUp);
    }

    private void takeUp(ConnectionNotes notes) {
        failover = notes.failover();
        if (notes.pinEndsNanos() != Deadline.NEVER) {
            hold.until(failover.pinned(), notes.pinEndsNanos());
        }
        dataPlane.setForwarding(new Forwarding(failover.carrying()), _ -> {});
        watches.forEach((number, watch) -> watch.carries(failover.carrying().contains(number)));
        notes.orders().forEach((number, order) -> {
            TunnelControl tunnel = tunnel(number).orElseThrow();
            // What was configured since is younger than any order.
            if (order.configured() == tunnel.config().enabled()) {
                tunnel.step(order.wanted() ? new HealthEvent.Enabled() : new HealthEvent.Disabled(order.reason()));
            }
        });
    }

    /** All SAs that could be taken up are: the tunnels that have none have been lost since. */
    void recalled() {
        tunnels.forEach((number, tunnel) -> {
            TunnelHealth health = tunnel.health();
            if (!health.hasSa()) {
                apply(new FailoverEvent.Health(number, health.verdict(), false, health.reason()), (_, _) -> {});
            }
        });
    }

    private void keep() {
        Map<Integer, ConnectionNotes.Order> orders = new HashMap<>();
        tunnels.forEach((number, tunnel) -> {
            boolean enabled = tunnel.config().enabled();
            boolean wanted =
                    !(tunnel.health() instanceof TunnelHealth.Disabled) || (enabled && interlude.isDown(number));
            orders.put(
                    number,
                    new ConnectionNotes.Order(
                            enabled, wanted, wanted ? "" : tunnel.health().reason()));
        });
        int ordered = interlude.ordered(failover.pinned());
        boolean carries =
                ordered != FailoverState.NO_TUNNEL && failover.standing(ordered).carries();
        int pinned = carries ? ordered : FailoverState.NO_TUNNEL;
        memory.keep(
                new ConnectionNotes(failover.pinned(pinned), hold.endsNanos(pinned), orders).encode(loop.nowNanos()));
    }

    private void move(SwitchPlan plan, SwitchDone done) {
        long decidedNanos = loop.nowNanos();
        LossTimes loss = plan.cause().isFailure() ? lossOf(plan.from()) : null;
        dataPlane.setForwarding(new Forwarding(plan.carrying()), atNanos -> {
            log.switched(plan, loss, decidedNanos, atNanos);
            if (loss != null) {
                pullReturn(plan, loss);
            }
            done.switched(plan, Math.max(0, atNanos - decidedNanos));
        });
    }

    private void pullReturn(SwitchPlan plan, LossTimes loss) {
        TunnelControl left = tunnel(plan.from()).orElseThrow();
        // Where IKE is what fell silent, a DELETE would wait behind the request that is not answered. A peer that we
        // wait
        // for, and may not call, is not told to go.
        boolean wanted = config.failover().pullReturn()
                && plan.cause() == SwitchPlan.Cause.SILENT
                && watch(plan.from()).judges()
                && left.config().startup() == TunnelConfig.Startup.INITIATE;
        // While the peer's packets still come through the old tunnel, there is nothing to pull.
        if (wanted && plan.to() != FailoverState.NO_TUNNEL && !left.inboundAlive()) {
            pull.begin(left, loss, () -> dataPlane.counters(plan.to()).lastAuthenticatedNanos());
        }
    }

    private @Nullable LossTimes lossOf(int tunnel) {
        return tunnel(tunnel).map(TunnelControl::loss).orElse(null);
    }

    /** The first packet of a new SA proves that the path works, where nobody knows better. */
    void onPathConfirmed(TunnelControl tunnel) {
        if (!watch(tunnel.name().number()).judges()) {
            onHealth(tunnel, new HealthEvent.PathUp());
        }
    }

    private PathWatch watch(TunnelControl tunnel) {
        TunnelConfig settings = tunnel.config();
        boolean peerOnly = settings.probe().targets().equals(List.of(settings.insideRemote()));
        PathNews news = new PathNews(tunnel.name(), settings.probe(), journal);
        return new PathWatch(settings.number(), settings.probe(), peerOnly, dataPlane, loop, effect -> {
            PathNews.healthOf(effect).forEach(event -> onHealth(tunnel, event));
            news.tell(effect);
            if (effect instanceof PathEffect.Suspected) {
                // Whether the other one answers now tells a dead tunnel from a dead uplink.
                watches.forEach((number, other) -> {
                    if (number != settings.number()) {
                        other.hint();
                    }
                });
            }
        });
    }

    /** The first packet of protected traffic since the last move went out. */
    void onFirstForwarded(long atNanos) {
        log.firstForwarded(atNanos);
    }

    private void reschedule() {
        wakeUp.cancel();
        long next = machine.nextDeadlineNanos(failover);
        wakeUp = next == Deadline.NEVER
                ? () -> {}
                : loop.schedule(next - loop.nowNanos(), () -> apply(new FailoverEvent.DeadlineReached(), (_, _) -> {}));
    }

    private GatewayEvent event(Severity severity, String type, int tunnel, String message) {
        return GatewayEvent.of(severity, type, config.name(), tunnel, message);
    }

    /** How long the last switch took, for people. */
    static String millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + "." + (nanos / 100_000) % 10 + " ms";
    }

    /** Hears that the outbound loop has switched. */
    @FunctionalInterface
    interface SwitchDone {
        void switched(SwitchPlan plan, long tookNanos);
    }
}
