package io.twinspan.daemon.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeReport.ExchangeEnded;
import io.twinspan.crypto.ike.session.IkeReport.Outcome;
import io.twinspan.crypto.ike.session.IkeReport.Purpose;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.ike.TunnelName;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Counts what is told of one tunnel. All series are there from the start. Any thread. */
final class TunnelEvents implements AutoCloseable {
    private static final Duration[] EXCHANGE_BUCKETS =
            millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final Duration[] ROUND_TRIP_BUCKETS = millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000);
    private static final String US = "us";
    private static final String PEER = "peer";

    private final MeterSet meters;
    private final Map<TunnelState, Counter> changes = new EnumMap<>(TunnelState.class);
    private final Map<String, Counter> exchanges = new HashMap<>();
    private final Map<ExchangeType, Timer> durations = new EnumMap<>(ExchangeType.class);
    private final Map<String, Counter> rekeys = new HashMap<>();
    private final Counter retransmissions;
    private final Counter checksAnswered;
    private final Counter checksUnanswered;
    private final Timer roundTrips;
    private final Counter restoredIke;
    private final Counter restoredChildren;

    TunnelEvents(MeterRegistry registry, TunnelName tunnel) {
        meters = new MeterSet(registry, ConnectionMeters.tags(tunnel));
        for (TunnelState state : TunnelState.values()) {
            changes.put(
                    state,
                    meters.count(
                            "twinspan.tunnel.state.changes", "Changes of the tunnel's state", "to", state.label()));
        }
        for (ExchangeType exchange : ExchangeType.values()) {
            countExchanges(exchange);
            durations.put(
                    exchange,
                    meters.timer(
                            "twinspan.ike.exchange.duration",
                            "From our request's first transmission to its response",
                            EXCHANGE_BUCKETS,
                            "exchange",
                            label(exchange)));
        }
        for (String sa : new String[] {"ike", "esp"}) {
            for (String initiator : new String[] {US, PEER}) {
                for (String result : new String[] {"ok", "failed"}) {
                    rekeys.put(
                            key(sa, initiator, result),
                            meters.count(
                                    "twinspan.rekeys",
                                    "Rekeys by kind of SA and by who began them",
                                    "sa",
                                    sa,
                                    "initiator",
                                    initiator,
                                    "result",
                                    result));
                }
            }
        }
        retransmissions = meters.count("twinspan.ike.retransmissions", "IKE requests sent again for lack of an answer");
        restoredIke = restored("ike");
        restoredChildren = restored("esp");
        checksAnswered = check("answered");
        checksUnanswered = check("unanswered");
        roundTrips = meters.timer(
                "twinspan.probe.rtt", "Round-trip time of health probes inside the tunnel", ROUND_TRIP_BUCKETS);
    }

    private void countExchanges(ExchangeType exchange) {
        for (Outcome outcome : Outcome.values()) {
            for (boolean byUs : new boolean[] {true, false}) {
                // Whether the peer heard our answer is for the peer to know.
                if (byUs || outcome != Outcome.UNANSWERED) {
                    exchanges.put(
                            key(label(exchange), role(byUs), result(outcome)),
                            meters.count(
                                    "twinspan.ike.exchanges",
                                    "IKE exchanges that are over",
                                    "exchange",
                                    label(exchange),
                                    "role",
                                    role(byUs),
                                    "result",
                                    result(outcome)));
                }
            }
        }
    }

    private Counter restored(String kind) {
        return meters.count(
                "twinspan.restored.sas", "SAs taken over from the process before, without a negotiation", "kind", kind);
    }

    private Counter check(String result) {
        return meters.count("twinspan.dpd.probes", "Liveness checks of the IKE SA", "result", result);
    }

    void changed(TunnelState to) {
        count(changes.get(to));
    }

    void roundTrip(long nanos) {
        roundTrips.record(nanos, TimeUnit.NANOSECONDS);
    }

    void reported(IkeReport report) {
        switch (report) {
            case ExchangeEnded ended -> ended(ended);
            case IkeReport.IkeSaRekeyed(long _, long _, boolean byUs) -> rekeyed("ike", byUs, "ok");
            case IkeReport.ChildSaRekeyed(int _, int _, boolean byUs) -> rekeyed("esp", byUs, "ok");
            case IkeReport.Retransmitted _ -> retransmissions.increment();
            case IkeReport.Resumed(int ikeSas, int childSas, int _, int _) -> {
                restoredIke.increment(ikeSas);
                restoredChildren.increment(childSas);
            }
            case IkeReport.Connecting _,
                    IkeReport.IkeSaEstablished _,
                    IkeReport.ChildSaEstablished _,
                    IkeReport.ChildSaDeleted _,
                    IkeReport.Down _,
                    IkeReport.Resumed _,
                    IkeReport.BackingOff _,
                    IkeReport.PeerAlive _,
                    IkeReport.Misbehaved _,
                    IkeReport.NegotiationFailed _,
                    IkeReport.PeerEndpointChanged _ -> {}
        }
    }

    private void ended(ExchangeEnded ended) {
        count(exchanges.get(key(label(ended.exchange()), role(ended.byUs()), result(ended.outcome()))));
        if (ended.byUs() && ended.outcome() != Outcome.UNANSWERED) {
            Objects.requireNonNull(durations.get(ended.exchange())).record(ended.tookNanos(), TimeUnit.NANOSECONDS);
        }
        if (ended.outcome() != Outcome.ANSWERED && ended.purpose() == Purpose.REKEY_IKE) {
            rekeyed("ike", ended.byUs(), "failed");
        }
        if (ended.outcome() != Outcome.ANSWERED && ended.purpose() == Purpose.REKEY_CHILD) {
            rekeyed("esp", ended.byUs(), "failed");
        }
        if (ended.byUs() && ended.purpose() == Purpose.LIVENESS) {
            (ended.outcome() == Outcome.UNANSWERED ? checksUnanswered : checksAnswered).increment();
        }
    }

    private void rekeyed(String sa, boolean byUs, String result) {
        count(rekeys.get(key(sa, byUs ? US : PEER, result)));
    }

    private static void count(@Nullable Counter counter) {
        Objects.requireNonNull(counter).increment();
    }

    private static String label(ExchangeType exchange) {
        return exchange.name().toLowerCase(Locale.ROOT);
    }

    private static String role(boolean byUs) {
        return byUs ? "initiator" : "responder";
    }

    private static String result(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> "ok";
            case REFUSED -> "refused";
            case UNANSWERED -> "timeout";
        };
    }

    private static String key(String... values) {
        return String.join("/", values);
    }

    private static Duration[] millis(long... values) {
        return Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    @Override
    public void close() {
        meters.close();
    }
}
