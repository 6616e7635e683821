package io.twinspan.daemon.control;

import io.twinspan.config.model.ProbeConfig;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthEvent;
import io.twinspan.daemon.liveness.LossTimes;
import io.twinspan.daemon.liveness.PathEffect;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.RateLimit;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What the watch over one tunnel's path finds, as health events and as words for the operator. Control loop only. */
final class PathNews {
    /** A lossy path is suspected all the time; one of them in this time is told. */
    static final long SUSPICION_INTERVAL_NANOS = Duration.ofSeconds(30).toNanos();

    private static final double NANOS_PER_MILLI = 1e6;

    private final TunnelName tunnel;
    private final ProbeConfig config;
    private final Consumer<GatewayEvent> journal;
    private final RateLimit suspicions = new RateLimit(SUSPICION_INTERVAL_NANOS);
    private long suspected;

    PathNews(TunnelName tunnel, ProbeConfig config, Consumer<GatewayEvent> journal) {
        this.tunnel = tunnel;
        this.config = config;
        this.journal = journal;
    }

    /** At most one event; to be acted on before anything is told. */
    static List<HealthEvent> healthOf(PathEffect effect) {
        return switch (effect) {
            case PathEffect.PathDown down ->
                List.of(new HealthEvent.PathDown(
                        reason(down),
                        new LossTimes(down.lastGoodNanos(), down.suspectedNanos(), down.verdictNanos()),
                        down.inboundAlive()));
            case PathEffect.Degraded degraded -> List.of(new HealthEvent.PathLossy(reason(degraded)));
            case PathEffect.PathUp _ -> List.of(new HealthEvent.PathUp());
            case PathEffect.SendProbe _,
                    PathEffect.Fence _,
                    PathEffect.Suspected _,
                    PathEffect.Cleared _,
                    PathEffect.NeverAnswered _,
                    PathEffect.TargetSilent _ -> List.of();
        };
    }

    void tell(PathEffect effect) {
        switch (effect) {
            case PathEffect.Suspected(long atNanos, long lastGoodNanos, int needed) -> {
                suspected++;
                if (suspicions.allows(atNanos)) {
                    accept(event(Severity.INFO, "tunnel.suspected", "a probe is late, probing in bursts")
                            .with("last_good_ms", millis(atNanos - lastGoodNanos))
                            .with("needed", needed)
                            .with("count", suspected));
                }
            }
            case PathEffect.PathDown down ->
                accept(event(Severity.WARN, "tunnel.path-down", reason(down))
                        .with("unanswered", down.unanswered())
                        .with("inbound_alive", down.inboundAlive())
                        .with("suspected_ms", millis(down.suspectedNanos() - down.lastGoodNanos()))
                        .with("verdict_ms", millis(down.verdictNanos() - down.lastGoodNanos())));
            case PathEffect.Degraded degraded ->
                accept(event(Severity.WARN, "tunnel.path-degraded", reason(degraded))
                        .with("lost", degraded.lost())
                        .with("sent", degraded.sent()));
            case PathEffect.PathUp(int lost, int sent) ->
                accept(event(Severity.INFO, "tunnel.path-up", "the path is well")
                        .with("lost", lost)
                        .with("sent", sent));
            case PathEffect.NeverAnswered(int probes) ->
                accept(event(
                                Severity.WARN,
                                "tunnel.probes-unanswered",
                                "nobody answers probes, so only IKE's liveness checks can find this tunnel dead; let the"
                                        + " targets answer ping, or choose others")
                        .with("probes", probes)
                        .with("targets", targets()));
            case PathEffect.TargetSilent(int target, boolean silent) ->
                accept(event(
                                silent ? Severity.WARN : Severity.INFO,
                                silent ? "tunnel.target-silent" : "tunnel.target-answers",
                                silent ? "a probe target stopped answering" : "a probe target answers again")
                        .with("target", config.targets().get(target).getHostAddress()));
            case PathEffect.SendProbe _, PathEffect.Fence _, PathEffect.Cleared _ -> {}
        }
    }

    private String targets() {
        return String.join(
                " ",
                config.targets().stream()
                        .map(address -> address.getHostAddress())
                        .toList());
    }

    private static String reason(PathEffect.PathDown down) {
        String since = millis(down.verdictNanos() - down.lastGoodNanos());
        return down.inboundAlive()
                ? "our packets do not arrive: " + down.unanswered() + " probes unanswered in " + since + " ms"
                : "silent for " + since + " ms, " + down.unanswered() + " probes unanswered";
    }

    private static String reason(PathEffect.Degraded degraded) {
        return degraded.recovering()
                ? "the path answers again, not trusted yet"
                : "the path loses " + degraded.lost() + " of " + degraded.sent() + " probes";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / NANOS_PER_MILLI);
    }

    private void accept(GatewayEvent event) {
        journal.accept(event);
    }

    private GatewayEvent event(Severity severity, String type, String message) {
        return GatewayEvent.of(severity, type, tunnel.connection(), tunnel.number(), message);
    }
}
