package io.twinspan.daemon.control;

import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.failover.TunnelStanding;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthEvent;
import io.twinspan.daemon.liveness.LossTimes;
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.liveness.TunnelHealthMachine;
import io.twinspan.daemon.observe.RateLimit;
import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the control plane remembers of one tunnel. Control loop only. */
final class TunnelControl {
    private final TunnelName name;
    private TunnelConfig config;
    private InetAddress outsideLocal;
    private final ReportJournal journal;
    private TunnelHealth health;
    private TunnelState shown;
    private Instant shownSince;
    private String shownReason;
    private final RateLimit hints = new RateLimit(TimeUnit.SECONDS.toNanos(1));
    private long roundTripNanos;
    private @Nullable LossTimes loss;
    private boolean inboundAlive;

    TunnelControl(
            TunnelName name, TunnelConfig config, InetAddress outsideLocal, ReportJournal journal, Instant createdAt) {
        this.name = name;
        this.config = config;
        this.outsideLocal = outsideLocal;
        this.journal = journal;
        this.health = TunnelHealthMachine.initial(config.enabled());
        this.shown = config.enabled() ? TunnelState.CONNECTING : TunnelState.DISABLED;
        this.shownSince = createdAt;
        this.shownReason = health.reason();
    }

    TunnelName name() {
        return name;
    }

    TunnelConfig config() {
        return config;
    }

    /** Takes other settings. */
    void revise(TunnelConfig newConfig, InetAddress newOutsideLocal) {
        config = newConfig;
        outsideLocal = newOutsideLocal;
    }

    InetAddress outsideLocal() {
        return outsideLocal;
    }

    ReportJournal journal() {
        return journal;
    }

    TunnelHealth health() {
        return health;
    }

    TunnelState shown() {
        return shown;
    }

    Instant shownSince() {
        return shownSince;
    }

    String shownReason() {
        return shownReason;
    }

    /** True at most once a second: what anybody can forge must not cost much. */
    boolean mayHint(long nowNanos) {
        return hints.allows(nowNanos);
    }

    /** How it was lost last; null where it never was. */
    @Nullable
    LossTimes loss() {
        return loss;
    }

    void lost(LossTimes times, boolean stillHeard) {
        loss = times;
        inboundAlive = stillHeard;
    }

    /** True where the peer's packets still came in when the tunnel was lost. */
    boolean inboundAlive() {
        return inboundAlive;
    }

    /** True while an SA stands over a dead path. */
    boolean isSilent() {
        return health instanceof TunnelHealth.Silent;
    }

    long roundTripNanos() {
        return roundTripNanos;
    }

    void count(IkeReport report, long nowNanos) {
        if (report instanceof IkeReport.PeerAlive(long nanos)) {
            roundTripNanos = nanos;
        }
        journal.accept(report, nowNanos);
    }

    void step(HealthEvent event) {
        health = TunnelHealthMachine.step(health, event);
    }

    /** Takes over what operators see; true where that is another state than before. */
    boolean show(TunnelState state, String reason, Instant now) {
        if (state == shown) {
            return false;
        }
        shown = state;
        shownSince = now;
        shownReason = reason;
        return true;
    }

    /** The operators' view of health and of what fail-over makes of it. */
    TunnelState stateIn(FailoverState failover) {
        return switch (health) {
            case TunnelHealth.Disabled _ -> TunnelState.DISABLED;
            case TunnelHealth.Connecting _ -> TunnelState.CONNECTING;
            case TunnelHealth.Down _, TunnelHealth.Silent _ -> TunnelState.DOWN;
            case TunnelHealth.Degraded _ -> TunnelState.DEGRADED;
            case TunnelHealth.Up _ -> upStateIn(failover);
        };
    }

    private TunnelState upStateIn(FailoverState failover) {
        if (failover.carrying().contains(name.number())) {
            return TunnelState.UP;
        }
        return failover.standing(name.number()) instanceof TunnelStanding.HeldDown
                ? TunnelState.DEGRADED
                : TunnelState.STANDBY;
    }
}
