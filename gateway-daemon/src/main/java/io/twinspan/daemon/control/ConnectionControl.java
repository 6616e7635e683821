package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
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
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Health and fail-over of one connection: reports in, switches and journal entries out. Control loop only.
 */
final class ConnectionControl {
    /** Switches remembered for displays. */
    static final int MAX_SWITCHES = 16;

    private final ConnectionConfig config;
    private final DataPlane dataPlane;
    private final ControlLoop loop;
    private final Supplier<Instant> wallClock;
    private final Consumer<GatewayEvent> journal;
    private final FailoverMachine machine;
    private final SortedMap<Integer, TunnelControl> tunnels = new TreeMap<>();
    private final Deque<SwitchRecord> switches = new ArrayDeque<>();
    private FailoverState failover;
    private ConnectionState state = ConnectionState.DOWN;
    private Instant stateSince;
    private Cancellable wakeUp = () -> {};

    ConnectionControl(
            ConnectionConfig config,
            DataPlane dataPlane,
            Collection<TunnelControl> tunnels,
            ControlLoop loop,
            Supplier<Instant> wallClock,
            Consumer<GatewayEvent> journal) {
        this.config = config;
        this.dataPlane = dataPlane;
        this.loop = loop;
        this.wallClock = wallClock;
        this.journal = journal;
        tunnels.forEach(tunnel -> this.tunnels.put(tunnel.name().number(), tunnel));
        List<Integer> numbers = List.copyOf(this.tunnels.keySet());
        this.machine = new FailoverMachine(new FailoverPolicy(
                numbers, config.preferredTunnel(), config.holdDown().toNanos()));
        this.failover = machine.initial();
        this.stateSince = wallClock.get();
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
        return state;
    }

    Instant stateSince() {
        return stateSince;
    }

    List<SwitchRecord> switches() {
        return List.copyOf(switches);
    }

    /** What IKE says about a tunnel: counted, told, and passed on where it touches the tunnel's health. */
    void onReport(TunnelControl tunnel, IkeReport report) {
        tunnel.count(report, loop.nowNanos());
        ReportTranslator.healthOf(report).forEach(event -> onHealth(tunnel, event));
    }

    /** Something that changes a tunnel's health: moves the traffic where need be. */
    void onHealth(TunnelControl tunnel, HealthEvent event) {
        TunnelHealth before = tunnel.health();
        tunnel.step(event);
        TunnelHealth after = tunnel.health();
        if (before.equals(after)) {
            return;
        }
        HealthVerdict verdict = after.verdict();
        apply(new FailoverEvent.Health(tunnel.name().number(), verdict, after.reason()), (_, _) -> {});
    }

    /** Moves the traffic on the operator's order. The observer hears when it is done; never where nothing moves. */
    void switchTo(int tunnel, SwitchDone done) {
        apply(new FailoverEvent.SwitchRequested(tunnel), done);
    }

    private void apply(FailoverEvent event, SwitchDone done) {
        FailoverStep step = machine.step(failover, event, loop.nowNanos());
        failover = step.state();
        step.plans().forEach(plan -> move(plan, done));
        showStates(step.plans());
        reschedule();
    }

    private void move(SwitchPlan plan, SwitchDone done) {
        long decidedNanos = loop.nowNanos();
        Instant decidedAt = wallClock.get();
        dataPlane.setForwarding(Forwarding.to(plan.to()), atNanos -> {
            long tookNanos = Math.max(0, atNanos - decidedNanos);
            remember(new SwitchRecord(
                    decidedAt, plan.from(), plan.to(), plan.cause().label(), plan.reason(), tookNanos));
            done.switched(plan, tookNanos);
        });
    }

    private void remember(SwitchRecord record) {
        if (switches.size() == MAX_SWITCHES) {
            switches.removeLast();
        }
        switches.addFirst(record);
        Severity severity = record.to() == FailoverState.NO_TUNNEL ? Severity.ERROR : Severity.INFO;
        String text = record.to() == FailoverState.NO_TUNNEL
                ? "no tunnel is usable, traffic is refused"
                : "traffic moved to tunnel " + record.to();
        journal.accept(event(severity, "connection.switched", 0, text)
                .with("from", record.from())
                .with("to", record.to())
                .with("cause", record.cause())
                .with("reason", record.reason())
                .with("took_us", record.tookNanos() / 1_000));
    }

    /** Compares what operators see now with what they saw before, and tells every difference once. */
    private void showStates(List<SwitchPlan> plans) {
        Instant now = wallClock.get();
        for (TunnelControl tunnel : tunnels.values()) {
            TunnelState before = tunnel.shown();
            TunnelState after = tunnel.stateIn(failover);
            String reason = reasonFor(tunnel, after, plans);
            if (tunnel.show(after, reason, now)) {
                journal.accept(event(
                                severityOf(after),
                                "tunnel." + after.label(),
                                tunnel.name().number(),
                                reason)
                        .with("was", before.label()));
            }
        }
        showState(now);
    }

    private String reasonFor(TunnelControl tunnel, TunnelState after, List<SwitchPlan> plans) {
        if (after == TunnelState.DEGRADED && tunnel.health() instanceof TunnelHealth.Up) {
            return "came back after a loss, standby after " + config.holdDown().toSeconds() + " s";
        }
        boolean wasHealthy = tunnel.shown() == TunnelState.UP || tunnel.shown() == TunnelState.STANDBY;
        boolean isHealthy = after == TunnelState.UP || after == TunnelState.STANDBY;
        if (wasHealthy && isHealthy && !plans.isEmpty()) {
            return plans.getFirst().reason();
        }
        return after == TunnelState.STANDBY && tunnel.shown() == TunnelState.DEGRADED
                ? "healthy again"
                : tunnel.health().reason();
    }

    private void showState(Instant now) {
        ConnectionState after = stateNow();
        if (after == state) {
            return;
        }
        journal.accept(event(
                        after == ConnectionState.UP ? Severity.INFO : Severity.WARN,
                        "connection." + after.label(),
                        0,
                        "connection is " + after.label())
                .with("was", state.label())
                .with("active", failover.active())
                .with("redundant", failover.redundant()));
        state = after;
        stateSince = now;
    }

    private ConnectionState stateNow() {
        if (failover.active() == FailoverState.NO_TUNNEL) {
            return ConnectionState.DOWN;
        }
        boolean suspected = tunnel(failover.active()).orElseThrow().health().verdict() != HealthVerdict.UP;
        boolean uncovered = tunnels.size() > 1 && !failover.redundant();
        return suspected || uncovered ? ConnectionState.DEGRADED : ConnectionState.UP;
    }

    private void reschedule() {
        wakeUp.cancel();
        long next = machine.nextDeadlineNanos(failover);
        wakeUp = next == Deadline.NEVER
                ? () -> {}
                : loop.schedule(next - loop.nowNanos(), () -> apply(new FailoverEvent.DeadlineReached(), (_, _) -> {}));
    }

    private static Severity severityOf(TunnelState state) {
        return switch (state) {
            case UP, STANDBY, CONNECTING, DISABLED -> Severity.INFO;
            case DEGRADED, DOWN -> Severity.WARN;
        };
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
