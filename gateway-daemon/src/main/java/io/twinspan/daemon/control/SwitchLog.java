package io.twinspan.daemon.control;

import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.failover.SwitchPlan;
import io.twinspan.daemon.liveness.LossTimes;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The moves of one connection's traffic, told when they happen and once more with their anatomy. Control loop only. */
final class SwitchLog {
    /** Moves remembered for displays. */
    static final int MAX_SWITCHES = 16;

    /** How long the event that explains a fail-over waits for the first packet on the new tunnel. */
    static final long FIRST_PACKET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String connection;
    private final ControlLoop loop;
    private final Supplier<Instant> wallClock;
    private final Consumer<GatewayEvent> journal;
    private final Deque<SwitchRecord> switches = new ArrayDeque<>();
    private final List<Consumer<SwitchRecord>> listeners = new ArrayList<>();
    private Cancellable patience = () -> {};
    private boolean awaitingFirst;

    SwitchLog(String connection, ControlLoop loop, Supplier<Instant> wallClock, Consumer<GatewayEvent> journal) {
        this.connection = connection;
        this.loop = loop;
        this.wallClock = wallClock;
        this.journal = journal;
    }

    /** Newest first. */
    List<SwitchRecord> switches() {
        return List.copyOf(switches);
    }

    /** Has somebody hear of each move once its anatomy is complete. */
    void follow(Consumer<SwitchRecord> listener) {
        listeners.add(listener);
    }

    /**
     * The traffic has moved.
     *
     * @param loss how the tunnel that was left came to be lost; null where it was not
     */
    void switched(SwitchPlan plan, @Nullable LossTimes loss, long decidedNanos, long switchedNanos) {
        explain();
        SwitchTimes times = new SwitchTimes(
                loss == null || loss.lastGoodNanos() == Long.MIN_VALUE ? null : wall(loss.lastGoodNanos()),
                loss == null ? null : wall(loss.suspectedNanos()),
                wall(decidedNanos),
                wall(switchedNanos),
                null);
        SwitchRecord record = new SwitchRecord(
                wall(decidedNanos),
                plan.from(),
                plan.to(),
                plan.carrying(),
                plan.cause().label(),
                plan.cause().isFailure(),
                plan.reason(),
                Math.max(0, switchedNanos - decidedNanos),
                times);
        if (switches.size() == MAX_SWITCHES) {
            switches.removeLast();
        }
        switches.addFirst(record);
        tell(record);
        awaitingFirst = true;
        if (record.to() == FailoverState.NO_TUNNEL) {
            explain();
        } else {
            patience = loop.schedule(FIRST_PACKET_NANOS, this::explain);
        }
    }

    /** The first packet of protected traffic went out on the new tunnel. */
    void firstForwarded(long atNanos) {
        if (awaitingFirst && !switches.isEmpty()) {
            SwitchRecord record = switches.removeFirst();
            switches.addFirst(record.with(record.times().withFirstForwarded(wall(atNanos))));
            explain();
        }
    }

    private void explain() {
        patience.cancel();
        if (!awaitingFirst) {
            return;
        }
        awaitingFirst = false;
        SwitchRecord record = switches.getFirst();
        if (record.failure()) {
            journal.accept(anatomy(record));
        }
        listeners.forEach(listener -> listener.accept(record));
    }

    private void tell(SwitchRecord record) {
        boolean refused = record.to() == FailoverState.NO_TUNNEL;
        String text = refused
                ? "no tunnel is usable, traffic is refused"
                : record.carrying().size() > 1
                        ? "traffic is shared by tunnels " + list(record.carrying())
                        : "traffic moved to tunnel " + record.to();
        journal.accept(
                GatewayEvent.of(refused ? Severity.ERROR : Severity.INFO, "connection.switched", connection, 0, text)
                        .with("from", record.from())
                        .with("to", record.to())
                        .with("carrying", list(record.carrying()))
                        .with("cause", record.cause())
                        .with("reason", record.reason())
                        .with("took_us", record.tookNanos() / 1_000));
    }

    /** The event that explains a fail-over, with every instant of it. */
    private GatewayEvent anatomy(SwitchRecord record) {
        SwitchTimes times = record.times();
        GatewayEvent event = GatewayEvent.of(Severity.WARN, "connection.failover", connection, 0, sentence(record))
                .with("from", record.from())
                .with("to", record.to())
                .with("cause", record.cause())
                .with("last_good", shown(times.lastGood()))
                .with("first_suspicion", shown(times.suspected()))
                .with("verdict", times.verdict())
                .with("switched", times.switched())
                .with("first_packet", shown(times.firstForwarded()));
        return times.lastGood() == null
                ? event
                : event.with("detection_ms", millis(times.lastGood(), times.verdict()))
                        .with("switch_us", record.tookNanos() / 1_000)
                        .with(
                                "outage_ms",
                                times.firstForwarded() == null
                                        ? "unknown"
                                        : millis(times.lastGood(), times.firstForwarded()));
    }

    private static String sentence(SwitchRecord record) {
        Instant lastGood = record.times().lastGood();
        String detected = lastGood == null
                ? ""
                : " " + millis(lastGood, record.times().verdict()) + " ms after the last sign of life";
        String way = record.to() == FailoverState.NO_TUNNEL
                ? "tunnel " + record.from() + " was left and nothing carries the traffic"
                : "traffic left tunnel " + record.from() + " for tunnel " + record.to();
        return way + detected + ": " + record.reason();
    }

    private static String shown(@Nullable Instant instant) {
        return instant == null ? "unknown" : instant.toString();
    }

    private static String millis(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.1f", Duration.between(from, to).toNanos() / 1e6);
    }

    private static String list(List<Integer> tunnels) {
        return tunnels.isEmpty()
                ? "none"
                : String.join(",", tunnels.stream().map(String::valueOf).toList());
    }

    /** An instant of the monotonic clock as wall time. */
    private Instant wall(long nanos) {
        return wallClock.get().minusNanos(loop.nowNanos() - nanos);
    }
}
