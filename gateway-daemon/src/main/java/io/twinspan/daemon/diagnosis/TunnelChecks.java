package io.twinspan.daemon.diagnosis;

import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.daemon.control.ConnectionFacts;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.explain.Explanation;
import io.twinspan.daemon.explain.ExplanationCatalog;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judges a running gateway: every tunnel, what is dropped, rekeys, sizes, and whether the standby was ever proved. Pure. */
public final class TunnelChecks {
    static final Duration STALE_DRILL = Duration.ofDays(30);
    static final Duration RECENT = Duration.ofHours(1);
    private static final Duration OVERDUE = Duration.ofSeconds(60);
    private static final int MIN_PROBES = 20;
    private static final double BAD_LOSS = 0.02;
    private static final int SHOWN_ERRORS = 3;

    /** Counted, but no fault. */
    private static final Set<String> HARMLESS = Set.of("NAT_KEEPALIVE", "AQM_MARKED", "DUMMY", "DRILL_OUT", "DRILL_IN");

    private final ExplanationCatalog catalog;
    private final List<Check> checks = new ArrayList<>();

    private TunnelChecks(ExplanationCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * All checks of what runs.
     *
     * @param before an earlier snapshot, so that what rises is told from what once was; null where there is none
     * @param now the newest snapshot
     * @param facts of the same connections
     * @param events of the journal, oldest first
     */
    public static List<Check> of(
            @Nullable GatewayStatus before,
            GatewayStatus now,
            List<ConnectionFacts> facts,
            List<JournalEntry> events,
            ExplanationCatalog catalog) {
        TunnelChecks run = new TunnelChecks(catalog);
        for (ConnectionStatus connection : now.connections()) {
            run.connection(connection, now.at());
            for (TunnelStatus tunnel : connection.tunnels()) {
                run.tunnel(connection, tunnel, now.at(), events);
                run.drops(connection, tunnel, earlier(before, connection.name(), tunnel.number()));
                run.size(connection, tunnel, facts);
            }
        }
        run.recentErrors(now.at(), events);
        return List.copyOf(run.checks);
    }

    private void connection(ConnectionStatus connection, Instant now) {
        String name = connection.name();
        checks.add(
                switch (connection.state()) {
                    case UP -> Check.ok("connection", name, "up, redundant, on tunnel " + connection.activeTunnel());
                    case DEGRADED ->
                        Check.warn(
                                "connection",
                                name,
                                "works on tunnel " + connection.activeTunnel() + " without a tunnel in reserve",
                                "see the other tunnel below");
                    case DOWN ->
                        Check.fail(
                                "connection",
                                name,
                                "down since " + second(connection.since()) + ": no tunnel carries traffic",
                                "see its tunnels below");
                });
        if (connection.tunnels().size() > 1) {
            checks.add(standby(connection, now));
        }
    }

    private static Check standby(ConnectionStatus connection, Instant now) {
        Instant passed = connection.drillPassed();
        String fix = "twinspan drill run blackhole " + connection.name();
        if (passed == null) {
            return Check.warn("drill", connection.name(), "the standby is untested: no drill has passed yet", fix);
        }
        long days = Duration.between(passed, now).toDays();
        return days > STALE_DRILL.toDays()
                ? Check.warn("drill", connection.name(), "the standby was last proved " + days + " days ago", fix)
                : Check.ok("drill", connection.name(), "the standby was proved by a drill " + days + " days ago");
    }

    private void tunnel(ConnectionStatus connection, TunnelStatus tunnel, Instant now, List<JournalEntry> events) {
        String subject = connection.name() + "/" + tunnel.number();
        TunnelState state = tunnel.state();
        if (state == TunnelState.UP || state == TunnelState.STANDBY) {
            checks.add(
                    Check.ok("tunnel", subject, state.label() + " since " + second(tunnel.stateSince()) + nat(tunnel)));
            checks.add(path(subject, tunnel));
            tunnel.childSas().stream()
                    .filter(IkePeerSummary.ChildSaSummary::sending)
                    .findFirst()
                    .ifPresent(child -> checks.add(rekey(subject, tunnel, child, now)));
        } else if (state == TunnelState.DISABLED) {
            checks.add(Check.warn("tunnel", subject, "kept down: " + tunnel.stateReason(), "twinspan up " + subject));
        } else {
            checks.add(Check.fail(
                    "tunnel",
                    subject,
                    state.label() + ": " + why(subject, tunnel, events),
                    fix(subject, tunnel, events)));
        }
    }

    /** The newest refusal says more than "connecting". */
    private static String why(String subject, TunnelStatus tunnel, List<JournalEntry> events) {
        return LastFailure.find(events, subject)
                .filter(it -> !it.time().isBefore(tunnel.stateSince().minus(RECENT)))
                .map(it -> it.event().message())
                .orElse(tunnel.stateReason());
    }

    private String fix(String subject, TunnelStatus tunnel, List<JournalEntry> events) {
        return catalog.mentionedIn(why(subject, tunnel, events)).stream()
                .findFirst()
                .map(Explanation::action)
                .orElse("twinspan explain last " + subject);
    }

    private static String nat(TunnelStatus tunnel) {
        return tunnel.ikeSas().stream()
                .findFirst()
                .map(ike -> ike.natLocal()
                        ? ", we are behind a NAT"
                        : ike.natRemote() ? ", the peer is behind a NAT" : ", no NAT on the path")
                .orElse("");
    }

    private static Check path(String subject, TunnelStatus tunnel) {
        var path = tunnel.path();
        if (!path.probed()) {
            return Check.skip("path", subject, "no probes are sent on this tunnel");
        }
        if (!path.answered()) {
            return Check.warn(
                    "path",
                    subject,
                    "nobody answers probes, so a dead path is found late",
                    "let probe.targets answer ping, or choose others");
        }
        String figures = String.format(
                Locale.ROOT, "RTT %.1f ms, lost %d of %d probes", path.medianNanos() / 1e6, path.lost(), path.sent());
        return path.sent() >= MIN_PROBES && path.lost() > BAD_LOSS * path.sent()
                ? Check.warn("path", subject, figures, "twinspan ping " + subject + "; ask the provider")
                : Check.ok("path", subject, figures);
    }

    private static Check rekey(String subject, TunnelStatus tunnel, IkePeerSummary.ChildSaSummary child, Instant now) {
        Instant due = tunnel.clock().wallTimeOf(child.rekeyNanos());
        Duration late = Duration.between(due, now);
        return late.compareTo(OVERDUE) > 0
                ? Check.warn(
                        "rekey",
                        subject,
                        "the child SA should have been rekeyed " + late.toSeconds() + " s ago",
                        "twinspan rekey " + subject + ", and look for ike.negotiation-failed in its events")
                : Check.ok("rekey", subject, "next rekey in " + Math.max(0, -late.toMinutes()) + " min");
    }

    private void drops(ConnectionStatus connection, TunnelStatus tunnel, @Nullable TunnelStatus before) {
        String subject = connection.name() + "/" + tunnel.number();
        Map<String, Long> rising = new TreeMap<>();
        tunnel.drops().forEach((name, count) -> {
            long more = before == null ? 0 : count - before.drops().getOrDefault(name, 0L);
            if (more > 0 && !HARMLESS.contains(name)) {
                rising.put(name, more);
            }
        });
        if (before == null) {
            return;
        }
        checks.add(
                rising.isEmpty()
                        ? Check.ok("drops", subject, "no drop counter rises")
                        : Check.warn(
                                "drops",
                                subject,
                                "rising while this looked: " + rising,
                                catalog.find(rising.keySet().iterator().next())
                                        .map(Explanation::action)
                                        .orElse("twinspan explain "
                                                + rising.keySet().iterator().next())));
    }

    private void size(ConnectionStatus connection, TunnelStatus tunnel, List<ConnectionFacts> facts) {
        for (ConnectionFacts it : facts) {
            Integer inUse = it.uplinkMtuBytes().get(tunnel.number());
            boolean enabled = it.config().tunnels().stream()
                    .filter(config -> config.number() == tunnel.number())
                    .anyMatch(TunnelConfig::enabled);
            if (!it.config().name().equals(connection.name()) || inUse == null || !enabled) {
                continue;
            }
            String subject = connection.name() + "/" + tunnel.number();
            int configured = it.config().uplinkMtuBytes();
            checks.add(
                    inUse < configured
                            ? Check.warn(
                                    "mtu",
                                    subject,
                                    "the outside path carries " + inUse + " octets, uplink-mtu says " + configured,
                                    "uplink-mtu: " + inUse + " on connection " + connection.name())
                            : Check.ok(
                                    "mtu",
                                    subject,
                                    "inner MTU " + tunnel.inner().mtuBytes() + ", MSS "
                                            + tunnel.inner().mssBytes()));
        }
    }

    private void recentErrors(Instant now, List<JournalEntry> events) {
        List<JournalEntry> errors = events.stream()
                .filter(it -> it.event().severity().compareTo(Severity.WARN) >= 0)
                .filter(it -> !it.event().type().equals("preflight.warning"))
                .filter(it -> !it.time().isBefore(now.minus(RECENT)))
                .toList();
        if (errors.isEmpty()) {
            checks.add(Check.ok("events", "", "no warning or error in the last hour"));
            return;
        }
        errors.reversed().stream()
                .limit(SHOWN_ERRORS)
                .forEach(it -> checks.add(Check.warn(
                        "events",
                        LastFailure.subject(it.event()),
                        second(it.time()) + " " + it.event().type() + ": "
                                + it.event().message(),
                        "twinspan explain " + it.event().type())));
    }

    private static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static @Nullable TunnelStatus earlier(@Nullable GatewayStatus before, String connection, int tunnel) {
        if (before == null) {
            return null;
        }
        return before.only(connection).connections().stream()
                .flatMap(it -> it.tunnels().stream())
                .filter(it -> it.number() == tunnel)
                .findFirst()
                .orElse(null);
    }
}
