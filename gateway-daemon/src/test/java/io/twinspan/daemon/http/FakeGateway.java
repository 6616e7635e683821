package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.ConnectionHistory;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.DrillAnswer;
import io.twinspan.daemon.control.DrillFollower;
import io.twinspan.daemon.control.DrillOverview;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.LiveSample;
import io.twinspan.daemon.control.MtuAnswer;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelTarget;
import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.history.HistoryRange;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A gateway that remembers its orders and answers with the sample. */
public final class FakeGateway implements GatewayApi {
    private final EventJournal journal = new EventJournal(() -> 0, () -> SampleStatus.NOW);
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final List<String> further = new CopyOnWriteArrayList<>();
    private final AtomicInteger followers = new AtomicInteger();

    /** Orders received, in order. */
    public List<String> orders() {
        return orders;
    }

    /** Clients that follow the events now. */
    public int followers() {
        return followers.get();
    }

    /** Adds a connection that is like the sample in everything but its name. */
    public void hasAlso(String name) {
        further.add(name);
    }

    private static ConnectionStatus named(String name, ConnectionStatus like) {
        return new ConnectionStatus(
                name,
                like.state(),
                like.activeTunnel(),
                like.carrying(),
                like.redundant(),
                like.since(),
                like.switches(),
                like.drillPassed(),
                like.networks(),
                like.tunnels());
    }

    /** Makes an event happen. */
    public synchronized void happen(String message) {
        journal.record(GatewayEvent.of(Severity.WARN, "tunnel.down", "prod", 1, message)
                .with("was", "up"));
    }

    private volatile @Nullable DrillFollower drill;
    private volatile String refusal = "";

    /** Refuses every order from now on. */
    public void refuses(String reason) {
        refusal = reason;
    }

    @Override
    public CompletableFuture<GatewayStatus> status() {
        GatewayStatus sample = SampleStatus.degraded();
        List<ConnectionStatus> connections = new ArrayList<>(sample.connections());
        further.forEach(name -> connections.add(named(name, sample.connections().getFirst())));
        return CompletableFuture.completedFuture(new GatewayStatus(
                sample.at(), sample.facts(), sample.startedAt(), connections, sample.drops(), sample.reload()));
    }

    @Override
    public CompletableFuture<Optional<ConnectionHistory>> history(String connection, HistoryRange range) {
        return CompletableFuture.completedFuture(
                connection.equals("prod") ? Optional.of(SampleHistory.of(range)) : Optional.empty());
    }

    @Override
    public CompletableFuture<List<LiveSample>> samples() {
        return CompletableFuture.completedFuture(List.of(SampleHistory.latest()));
    }

    @Override
    public synchronized CompletableFuture<List<JournalEntry>> eventsSince(long sequence) {
        return CompletableFuture.completedFuture(journal.since(sequence));
    }

    @Override
    public synchronized CompletableFuture<Runnable> follow(long sequence, Consumer<JournalEntry> follower) {
        journal.since(sequence).forEach(follower);
        Runnable end = journal.follow(follower);
        followers.incrementAndGet();
        return CompletableFuture.completedFuture(() -> {
            end.run();
            followers.decrementAndGet();
        });
    }

    @Override
    public CompletableFuture<CommandOutcome> up(TunnelTarget target) {
        return done("up", target);
    }

    @Override
    public CompletableFuture<CommandOutcome> down(TunnelTarget target) {
        return done("down", target);
    }

    @Override
    public CompletableFuture<CommandOutcome> switchTo(TunnelTarget target) {
        return target.tunnel() == 1
                ? CompletableFuture.completedFuture(
                        new CommandOutcome.Refused("tunnel prod/1 cannot carry traffic: no answer", "wait"))
                : done("switch", target);
    }

    @Override
    public CompletableFuture<CommandOutcome> switchMeasured(TunnelTarget target, Optional<Duration> hold) {
        return target.tunnel() == 1
                ? switchTo(target)
                : done("switch" + hold.map(time -> " for " + time).orElse(""), target);
    }

    @Override
    public CompletableFuture<CommandOutcome> drain(TunnelTarget target, Duration patience) {
        return done("drain " + patience, target);
    }

    @Override
    public CompletableFuture<CommandOutcome> followPeer(String connection, boolean follow) {
        return done("follow " + follow, new TunnelTarget(connection, TunnelTarget.ALL));
    }

    @Override
    public CompletableFuture<CommandOutcome> release(String connection) {
        return done("release", new TunnelTarget(connection, TunnelTarget.ALL));
    }

    @Override
    public CompletableFuture<CommandOutcome> rekey(TunnelTarget target, RekeyKind kind) {
        return done("rekey " + kind, target);
    }

    @Override
    public CompletableFuture<DrillAnswer> drill(DrillOrder order, DrillFollower follower) {
        orders.add("drill " + order.scenario().text() + " " + order.connection() + "/" + order.tunnel() + " for "
                + order.durationNanos() + " limit " + order.limitNanos() + " rate " + order.probesPerSecond()
                + " target " + order.target());
        if (order.connection().equals("alone")) {
            return CompletableFuture.completedFuture(new DrillAnswer.Refused(List.of("first reason", "second reason")));
        }
        if (!order.connection().equals("prod")) {
            return CompletableFuture.completedFuture(
                    new DrillAnswer.Unknown("no connection '" + order.connection() + "'; there is 'prod'"));
        }
        drill = follower;
        return CompletableFuture.completedFuture(new DrillAnswer.Started(
                "2026-11-23-0001", new DrillPlan(order, 1, 2, true), () -> orders.add("drill left alone")));
    }

    /** A drill runs that nobody follows, as in a process that took it up from the one before. */
    public void takeUpDrill() {
        drill = new DrillFollower() {
            @Override
            public void happened(DrillMoment moment) {}

            @Override
            public void finished(DrillReport finished, String where) {}
        };
    }

    /** Whoever follows the drill that was started last. */
    public @Nullable DrillFollower drillFollower() {
        return drill;
    }

    /** Tells whoever follows the drill of its timeline and its end. */
    public void finishDrill() {
        DrillReport report = SampleDrill.missed();
        DrillFollower follower = Objects.requireNonNull(drill);
        report.timeline().forEach(follower::happened);
        follower.finished(report, "");
        drill = null;
    }

    @Override
    public CompletableFuture<Boolean> followDrill(String id, DrillFollower follower) {
        boolean runs = id.equals("2026-11-23-0001") && drill != null;
        if (runs) {
            orders.add("drill followed");
            drill = follower;
        }
        return CompletableFuture.completedFuture(runs);
    }

    @Override
    public CompletableFuture<CommandOutcome> stopDrill() {
        return CompletableFuture.completedFuture(
                drill == null ? new CommandOutcome.Refused("no drill runs", "") : new CommandOutcome.Done("ended"));
    }

    @Override
    public CompletableFuture<DrillOverview> drills() {
        return CompletableFuture.completedFuture(
                new DrillOverview("", "", List.of(SampleDrill.missed().summary()), "no service here"));
    }

    @Override
    public CompletableFuture<Optional<DrillHistory.Document>> drillReport(String id, DrillForm form) {
        DrillReport report = SampleDrill.missed();
        return CompletableFuture.completedFuture(
                id.isEmpty() || id.equals(report.id())
                        ? Optional.of(new DrillHistory.Document(report.summary(), DrillRendering.of(form, report)))
                        : Optional.empty());
    }

    @Override
    public CompletableFuture<MtuAnswer> measureMtu(TunnelTarget target) {
        return CompletableFuture.completedFuture(
                target.connection().equals("prod")
                        ? new MtuAnswer.Measured(SampleMtu.of(target.tunnel()))
                        : new MtuAnswer.Unknown("no connection '" + target.connection() + "'; there is 'prod'"));
    }

    private CompletableFuture<CommandOutcome> done(String order, TunnelTarget target) {
        if (!target.connection().equals("prod")) {
            return CompletableFuture.completedFuture(
                    new CommandOutcome.Unknown("no connection '" + target.connection() + "'; there is 'prod'"));
        }
        if (!refusal.isEmpty()) {
            return CompletableFuture.completedFuture(new CommandOutcome.Refused(refusal, "wait"));
        }
        orders.add(order + " " + target.connection() + "/" + target.tunnel());
        return CompletableFuture.completedFuture(new CommandOutcome.Done(order + " ordered"));
    }
}
