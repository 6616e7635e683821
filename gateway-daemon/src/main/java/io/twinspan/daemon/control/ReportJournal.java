package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.NamedCounters;
import io.twinspan.daemon.observe.RateLimit;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns one tunnel's IKE reports into journal entries and counters. What repeats for as long as a peer is away, or as often
 * as somebody sends rubbish, is counted every time and told now and then. Control loop only.
 */
final class ReportJournal {
    static final long MISBEHAVIOUR_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

    /** One entry per exchange in this time, where negotiations fail. */
    static final long FAILURE_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final TunnelName tunnel;
    private final Consumer<GatewayEvent> journal;
    private final NamedCounters counts = new NamedCounters();
    private final NamedCounters misbehaviour = new NamedCounters();
    private final Map<String, RateLimit> failureLimits = new HashMap<>();
    private final Map<IkeMisbehaviour, RateLimit> limits = new EnumMap<>(IkeMisbehaviour.class);

    ReportJournal(TunnelName tunnel, Consumer<GatewayEvent> journal) {
        this.tunnel = tunnel;
        this.journal = journal;
    }

    Map<String, Long> counts() {
        return counts.snapshot();
    }

    Map<String, Long> misbehaviour() {
        return misbehaviour.snapshot();
    }

    /** Counts what no report tells. */
    void count(String name) {
        counts.increment(name);
    }

    void accept(IkeReport report, long nowNanos) {
        switch (report) {
            case IkeReport.Connecting(int attempt) -> connecting(attempt);
            case IkeReport.IkeSaEstablished established -> ikeEstablished(established);
            case IkeReport.IkeSaRekeyed(long oldSpi, long newSpi, boolean byUs) -> {
                counts.increment("ike_rekeys");
                tell(event(Severity.INFO, "ike.rekeyed", "IKE SA rekeyed by " + side(byUs))
                        .with("old_spi", hex(oldSpi))
                        .with("spi", hex(newSpi)));
            }
            case IkeReport.ChildSaEstablished(int inbound, int outbound, var suite, boolean udp) ->
                tell(event(Severity.INFO, "child.established", "child SA established")
                        .with("spi_in", hex(inbound))
                        .with("spi_out", hex(outbound))
                        .with("esp", suite.label())
                        .with("encapsulation", udp ? "udp" : "esp"));
            case IkeReport.Resumed resumed -> {
                counts.increment("resumptions");
                tell(event(Severity.INFO, "tunnel.resumed", "the SAs of the process before go on")
                        .with("ike_sas", resumed.ikeSas())
                        .with("child_sas", resumed.childSas())
                        .with("spi_in", hex(resumed.inboundSpi()))
                        .with("spi_out", hex(resumed.outboundSpi())));
            }
            case IkeReport.ChildSaRekeyed(int oldSpi, int newSpi, boolean byUs) -> {
                counts.increment("child_rekeys");
                tell(event(Severity.INFO, "child.rekeyed", "child SA rekeyed by " + side(byUs))
                        .with("old_spi_in", hex(oldSpi))
                        .with("spi_in", hex(newSpi)));
            }
            case IkeReport.ChildSaDeleted(int inbound, boolean byPeer) ->
                tell(event(Severity.INFO, "child.deleted", "child SA deleted by " + side(!byPeer))
                        .with("spi_in", hex(inbound)));
            case IkeReport.Down(IkeReport.DownCause cause, String _) ->
                counts.increment("down_" + cause.name().toLowerCase(Locale.ROOT));
            case IkeReport.BackingOff(long delayNanos, int attempt) -> backingOff(delayNanos, attempt);
            case IkeReport.Retransmitted _ -> counts.increment("retransmissions");
            case IkeReport.PeerAlive _ -> counts.increment("liveness_answers");
            case IkeReport.Misbehaved(IkeMisbehaviour kind, String detail) -> misbehaved(kind, detail, nowNanos);
            case IkeReport.NegotiationFailed(String exchange, String detail) ->
                negotiationFailed(exchange, detail, nowNanos);
            case IkeReport.ExchangeEnded _ -> {}
            case IkeReport.PeerEndpointChanged(var from, var to) ->
                tell(event(Severity.INFO, "peer.moved", "the peer's outside endpoint changed")
                        .with("from", from)
                        .with("to", to));
        }
    }

    private void connecting(int attempt) {
        counts.increment("connection_attempts");
        if (isWorthTelling(attempt)) {
            tell(event(Severity.INFO, "tunnel.connecting", "connecting, attempt " + attempt));
        }
    }

    private void backingOff(long delayNanos, int attempt) {
        if (isWorthTelling(attempt)) {
            long millis = Duration.ofNanos(delayNanos).toMillis();
            tell(event(Severity.INFO, "tunnel.backing-off", "next attempt in " + millis + " ms")
                    .with("attempt", attempt));
        }
    }

    private void ikeEstablished(IkeReport.IkeSaEstablished established) {
        tell(event(Severity.INFO, "ike.established", "IKE SA established with " + established.remote())
                .with("spi", hex(established.localSpi()))
                .with("ike", established.suite().label())
                .with("role", established.initiator() ? "initiator" : "responder")
                .with("nat", established.natDetected()));
    }

    private void misbehaved(IkeMisbehaviour kind, String detail, long nowNanos) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        long count = misbehaviour.increment(name);
        if (limits.computeIfAbsent(kind, _ -> new RateLimit(MISBEHAVIOUR_INTERVAL_NANOS))
                .allows(nowNanos)) {
            tell(event(Severity.WARN, "peer.misbehaved", detail)
                    .with("kind", name)
                    .with("count", count));
        }
    }

    /** Anybody who forges the peer's address can make negotiations fail, so only some of them are told. */
    private void negotiationFailed(String exchange, String detail, long nowNanos) {
        long count = counts.increment("negotiations_failed");
        if (failureLimits
                .computeIfAbsent(exchange, _ -> new RateLimit(FAILURE_INTERVAL_NANOS))
                .allows(nowNanos)) {
            tell(event(Severity.WARN, "ike.negotiation-failed", exchange + ": " + detail)
                    .with("count", count));
        }
    }

    /** 1, 2, 4, 8 ...: an absent peer costs the journal a handful of entries a day. */
    private static boolean isWorthTelling(int attempt) {
        return Integer.bitCount(attempt) <= 1;
    }

    private void tell(GatewayEvent event) {
        journal.accept(event);
    }

    private GatewayEvent event(Severity severity, String type, String message) {
        return GatewayEvent.of(severity, type, tunnel.connection(), tunnel.number(), message);
    }

    private static String side(boolean us) {
        return us ? "us" : "the peer";
    }

    private static String hex(int spi) {
        return String.format(Locale.ROOT, "0x%08x", spi);
    }

    private static String hex(long spi) {
        return String.format(Locale.ROOT, "0x%016x", spi);
    }
}
