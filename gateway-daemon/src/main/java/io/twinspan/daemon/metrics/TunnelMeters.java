package io.twinspan.daemon.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.control.MeterReading;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a tunnel's last reading says. Readings come on the metrics thread; any thread may look. */
final class TunnelMeters implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final Tags tags;
    private final MeterSet meters;
    private @Nullable MeterSet negotiated;
    private Tags suite = Tags.empty();
    private volatile Reading now;

    /**
     * A tunnel in a reading.
     *
     * @param active true where it carries traffic
     */
    record Reading(TunnelStatus status, boolean active, MeterReading.Tunnel tunnel) {}

    TunnelMeters(MeterRegistry registry, Tags tags, Reading first) {
        this.registry = registry;
        this.tags = tags;
        this.meters = new MeterSet(registry, tags);
        this.now = first;
        standing();
        PacketMeters.over(meters, () -> now);
        securityAssociations();
        path();
        update(first);
    }

    /** Takes over a reading. */
    void update(Reading reading) {
        now = reading;
        Tags wanted = suiteOf(reading.status().ikeSas());
        if (negotiated == null || !wanted.equals(suite)) {
            if (negotiated != null) {
                negotiated.close();
            }
            negotiated = new MeterSet(registry, tags.and(wanted));
            negotiated.gauge(
                    "twinspan.ike.sa.info",
                    "What was negotiated for the IKE SA in use; 0 where there is none",
                    () -> now.status().ikeSas().isEmpty() ? 0 : 1);
            suite = wanted;
        }
    }

    private void standing() {
        TunnelStatus fixed = now.status();
        meters.gauge(
                "twinspan.tunnel.info",
                "Addresses of the tunnel as configured",
                () -> 1,
                "outside_address",
                fixed.outsideRemote().getHostAddress(),
                "inside_cidr",
                fixed.insideLocal().getHostAddress() + "/" + fixed.insidePrefixLength());
        meters.gauge(
                "twinspan.tunnel.up",
                "1 where the tunnel has keys and its path is not dead",
                () -> isUp(now.status().state()) ? 1 : 0);
        meters.gauge("twinspan.tunnel.active", "1 where the tunnel carries traffic", () -> now.active() ? 1 : 0);
        for (TunnelState state : TunnelState.values()) {
            meters.gauge(
                    "twinspan.tunnel.state",
                    "1 for the state that the tunnel is in",
                    () -> now.status().state() == state ? 1 : 0,
                    "state",
                    state.label());
        }
        meters.gauge(
                "twinspan.tunnel.health.ratio",
                "Share of the probes of the last five minutes that were answered; 0 where the tunnel is not up",
                () -> health(now.status()));
        meters.gauge(
                "twinspan.tunnel.last.state.change.timestamp.seconds",
                "When the tunnel entered its state, seconds since 1970",
                () -> seconds(now.status().stateSince()));
        meters.gauge(
                "twinspan.tunnel.last.receive.timestamp.seconds",
                "When ESP of the tunnel last proved authentic, seconds since 1970; NaN for never",
                () -> seconds(now.tunnel().lastReceived()));
    }

    private void securityAssociations() {
        sa("twinspan.ike.sa.established", "When the IKE SA in use was made", this::ike, IkeSaSummary::establishedNanos);
        sa("twinspan.ike.sa.rekey", "When the IKE SA in use is to be rekeyed", this::ike, IkeSaSummary::rekeyNanos);
        sa(
                "twinspan.esp.sa.established",
                "When the child SA that sends was made",
                this::child,
                ChildSaSummary::establishedNanos);
        sa(
                "twinspan.esp.sa.rekey",
                "When the child SA that sends is to be rekeyed",
                this::child,
                ChildSaSummary::rekeyNanos);
        sa("twinspan.esp.sa.expire", "When the child SA that sends ends", this::child, ChildSaSummary::expireNanos);
    }

    private void path() {
        meters.counter(
                "twinspan.probes",
                "Health probes whose fate is known, bursts on suspicion left out",
                () -> now.status().path().sentEver());
        meters.counter(
                "twinspan.probes.lost",
                "Health probes that had no answer in time, bursts on suspicion left out",
                () -> now.status().path().lostEver());
        meters.gauge(
                "twinspan.tunnel.mtu.bytes",
                "Longest inner packet that the tunnel carries",
                () -> now.status().inner().mtuBytes());
        meters.gauge(
                "twinspan.path.mtu.bytes",
                "Longest outer packet that the tunnel's path carries, as configured or as found",
                () -> now.tunnel().pathMtuBytes());
    }

    private <S> void sa(String name, String help, Supplier<@Nullable S> sa, ToLongFunction<S> instant) {
        meters.gauge(name + ".timestamp.seconds", help + ", seconds since 1970; NaN where there is none", () -> {
            S found = sa.get();
            if (found == null || instant.applyAsLong(found) == Deadline.NEVER) {
                return Double.NaN;
            }
            return seconds(now.status().clock().wallTimeOf(instant.applyAsLong(found)));
        });
    }

    private @Nullable IkeSaSummary ike() {
        List<IkeSaSummary> sas = now.status().ikeSas();
        return sas.isEmpty() ? null : sas.getFirst();
    }

    private @Nullable ChildSaSummary child() {
        List<ChildSaSummary> sas = now.status().childSas();
        return sas.isEmpty() ? null : sas.getFirst();
    }

    private static Tags suiteOf(List<IkeSaSummary> sas) {
        if (sas.isEmpty()) {
            return Tags.of("encryption", "none", "prf", "none", "group", "none", "nat_t", "none");
        }
        IkeSaSummary sa = sas.getFirst();
        return Tags.of(
                "encryption",
                sa.suite().encryption().label(),
                "prf",
                sa.suite().pseudorandomFunction().label(),
                "group",
                sa.suite().keyExchange().label(),
                "nat_t",
                sa.natLocal() || sa.natRemote() ? "yes" : "no");
    }

    private static boolean isUp(TunnelState state) {
        return switch (state) {
            case UP, STANDBY, DEGRADED -> true;
            case CONNECTING, DOWN, DISABLED -> false;
        };
    }

    private static double health(TunnelStatus status) {
        if (!isUp(status.state())) {
            return 0;
        }
        int sent = status.path().sent();
        return sent == 0 ? 1 : 1 - (double) status.path().lost() / sent;
    }

    static double seconds(@Nullable Instant instant) {
        return instant == null ? Double.NaN : instant.getEpochSecond() + instant.getNano() / NANOS_PER_SECOND;
    }

    @Override
    public void close() {
        meters.close();
        if (negotiated != null) {
            negotiated.close();
        }
    }
}
