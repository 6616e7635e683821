package io.twinspan.daemon.control;

import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.failover.Flaps;
import io.twinspan.daemon.failover.SwitchPlan;
import io.twinspan.daemon.failover.TunnelStanding;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The states of a connection and its tunnels as operators see them, each change told once. Control loop only. */
final class ShownStates {
    private static final long HALF_A_SECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String connection;
    private final SortedMap<Integer, TunnelControl> tunnels;
    private final ControlLoop loop;
    private final Supplier<Instant> wallClock;
    private final Consumer<GatewayEvent> journal;
    private ConnectionState state = ConnectionState.DOWN;
    private Instant since;

    ShownStates(
            String connection,
            SortedMap<Integer, TunnelControl> tunnels,
            ControlLoop loop,
            Supplier<Instant> wallClock,
            Consumer<GatewayEvent> journal) {
        this.connection = connection;
        this.tunnels = tunnels;
        this.loop = loop;
        this.wallClock = wallClock;
        this.journal = journal;
        this.since = wallClock.get();
    }

    /** The connection's. */
    ConnectionState state() {
        return state;
    }

    /** Since when it is so. */
    Instant since() {
        return since;
    }

    /** Compares what operators see now with what they saw before, and tells every difference once. */
    void show(FailoverState failover, List<SwitchPlan> plans) {
        Instant now = wallClock.get();
        for (TunnelControl tunnel : tunnels.values()) {
            TunnelState before = tunnel.shown();
            TunnelState after = tunnel.stateIn(failover);
            String reason = reasonFor(tunnel, after, failover, plans);
            if (tunnel.show(after, reason, now)) {
                journal.accept(event(
                                severityOf(after),
                                "tunnel." + after.label(),
                                tunnel.name().number(),
                                reason)
                        .with("was", before.label()));
            }
        }
        showState(failover, now);
    }

    private String reasonFor(TunnelControl tunnel, TunnelState after, FailoverState failover, List<SwitchPlan> plans) {
        if (after == TunnelState.DEGRADED
                && tunnel.health() instanceof TunnelHealth.Up
                && failover.standing(tunnel.name().number())
                        instanceof TunnelStanding.HeldDown(long untilNanos, boolean _, Flaps flaps)) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(untilNanos - loop.nowNanos() + HALF_A_SECOND_NANOS);
            String often = flaps.losses() > 1 ? " number " + flaps.losses() : "";
            return "came back after loss" + often + ", standby in " + seconds + " s";
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

    private void showState(FailoverState failover, Instant now) {
        ConnectionState after = stateIn(failover);
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
        since = now;
    }

    private ConnectionState stateIn(FailoverState failover) {
        if (failover.active() == FailoverState.NO_TUNNEL) {
            return ConnectionState.DOWN;
        }
        boolean suspected =
                Objects.requireNonNull(tunnels.get(failover.active())).health().verdict() != HealthVerdict.UP;
        boolean uncovered = tunnels.size() > 1 && !failover.redundant();
        return suspected || uncovered ? ConnectionState.DEGRADED : ConnectionState.UP;
    }

    private static Severity severityOf(TunnelState state) {
        return switch (state) {
            case UP, STANDBY, CONNECTING, DISABLED -> Severity.INFO;
            case DEGRADED, DOWN -> Severity.WARN;
        };
    }

    private GatewayEvent event(Severity severity, String type, int tunnel, String message) {
        return GatewayEvent.of(severity, type, connection, tunnel, message);
    }
}
