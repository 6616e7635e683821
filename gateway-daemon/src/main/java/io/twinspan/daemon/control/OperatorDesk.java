package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.history.HistoryRange;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers operators: every question and order becomes one task of the control loop. */
public final class OperatorDesk implements GatewayApi {
    private final ControlLoop loop;
    private final ControlPlane control;
    private final IkeSaManager ike;
    private final EventJournal journal;
    private final DrillDesk drills;
    private final TunnelOrders tunnelOrders;
    private final PlannedMoves moves;
    private final MtuControl mtu;
    private final StatusSnapshot snapshots;
    private final HistoryRecorder history;

    /**
     * A desk; call on the control loop.
     *
     * @param facts for displays
     */
    public OperatorDesk(
            ControlLoop loop,
            ControlPlane control,
            IkeSaManager ike,
            DrillDesk drills,
            EventJournal journal,
            MtuControl mtu,
            Supplier<Instant> wallClock,
            RunFacts facts) {
        this.loop = loop;
        this.control = control;
        this.ike = ike;
        this.drills = drills;
        this.tunnelOrders = new TunnelOrders(ike);
        this.moves = new PlannedMoves(
                loop,
                (connection, tunnel) ->
                        tunnelOrders.takeDown(connection, tunnel, "taken down by the operator, traffic moved first"));
        this.journal = journal;
        this.mtu = mtu;
        this.history = new HistoryRecorder(loop, control, wallClock);
        this.snapshots = new StatusSnapshot(
                control,
                ike,
                drills::lastPassed,
                mtu,
                () -> new SnapshotClock(loop.nowNanos(), wallClock.get()),
                facts);
    }

    /** Has the status say where changes of the configuration stand; control loop. */
    public void reloads(Supplier<ReloadFacts> facts) {
        snapshots.reloads(facts);
        drills.reloads(() -> facts.get().state());
    }

    /** True while a drill runs; control loop. */
    public boolean drillRuns() {
        return drills.runs();
    }

    @Override
    public CompletableFuture<GatewayStatus> status() {
        return ask(snapshots::take);
    }

    /** All that monitoring reads; from any thread, completes on the control loop. */
    public CompletableFuture<MeterReading> reading() {
        return ask(() -> MeterReading.take(snapshots.take(), control, mtu, snapshots.now()));
    }

    @Override
    public CompletableFuture<Optional<ConnectionHistory>> history(String connection, HistoryRange range) {
        return ask(() -> history.history(connection, range));
    }

    @Override
    public CompletableFuture<List<LiveSample>> samples() {
        return ask(history::latest);
    }

    @Override
    public CompletableFuture<List<JournalEntry>> eventsSince(long sequence) {
        return ask(() -> journal.since(sequence));
    }

    @Override
    public CompletableFuture<Runnable> follow(long sequence, Consumer<JournalEntry> follower) {
        return ask(() -> {
            journal.since(sequence).forEach(follower);
            Runnable end = journal.follow(follower);
            return () -> loop.execute(end);
        });
    }

    @Override
    public CompletableFuture<CommandOutcome> up(TunnelTarget target) {
        return order(target, (connection, tunnels) -> {
            tunnels.forEach(tunnel -> tunnelOrders.bringUp(connection, tunnel));
            return done("going up: " + names(tunnels));
        });
    }

    @Override
    public CompletableFuture<CommandOutcome> down(TunnelTarget target) {
        return order(target, (connection, tunnels) -> {
            tunnels.forEach(tunnel -> tunnelOrders.takeDown(connection, tunnel, "taken down by the operator"));
            return done("going down: " + names(tunnels));
        });
    }

    @Override
    public CompletableFuture<CommandOutcome> switchTo(TunnelTarget target) {
        return order(target, (connection, tunnels) -> moveTraffic(connection, tunnels, Optional.empty(), false));
    }

    @Override
    public CompletableFuture<CommandOutcome> switchMeasured(TunnelTarget target, Optional<Duration> hold) {
        return order(target, (connection, tunnels) -> moveTraffic(connection, tunnels, hold, true));
    }

    @Override
    public CompletableFuture<CommandOutcome> drain(TunnelTarget target, Duration patience) {
        return order(target, (connection, tunnels) -> moves.drain(connection, tunnels, patience));
    }

    @Override
    public CompletableFuture<CommandOutcome> followPeer(String connection, boolean follow) {
        return order(new TunnelTarget(connection, TunnelTarget.ALL), (it, _) -> {
            it.followPeer(follow);
            return done("traffic of '" + connection + "' follows " + (follow ? "the peer" : "the configuration")
                    + "; it is on tunnel " + label(it.failover().active()));
        });
    }

    @Override
    public CompletableFuture<DrillAnswer> drill(DrillOrder order, DrillFollower follower) {
        return ask(() -> drills.start(order, follower));
    }

    @Override
    public CompletableFuture<Boolean> followDrill(String id, DrillFollower follower) {
        return ask(() -> drills.follow(id, follower));
    }

    /** Goes on with the drill that had the process before restart, if one did; control loop only. */
    public void takeUpDrill() {
        drills.takeUp();
    }

    @Override
    public CompletableFuture<CommandOutcome> stopDrill() {
        return ask(() -> drills.stop("stopped by the operator"));
    }

    @Override
    public CompletableFuture<DrillOverview> drills() {
        return ask(drills::overview);
    }

    @Override
    public CompletableFuture<Optional<DrillHistory.Document>> drillReport(String id, DrillForm form) {
        CompletableFuture<Optional<DrillHistory.Document>> answer = new CompletableFuture<>();
        loop.execute(() -> drills.find(id, form, answer::complete));
        return answer;
    }

    @Override
    public CompletableFuture<CommandOutcome> rekey(TunnelTarget target, RekeyKind kind) {
        return order(target, (_, tunnels) -> done(rekeyNow(tunnels, kind)));
    }

    @Override
    public CompletableFuture<MtuAnswer> measureMtu(TunnelTarget target) {
        CompletableFuture<MtuAnswer> answer = new CompletableFuture<>();
        CompletableFuture<CommandOutcome> found = order(target, (connection, tunnels) -> {
            var _ = mtu.measure(connection, tunnels)
                    .thenAccept(measured -> answer.complete(new MtuAnswer.Measured(measured)));
            return done("measuring " + names(tunnels));
        });
        var _ = found.whenComplete((outcome, bug) -> {
            if (bug != null) {
                answer.completeExceptionally(bug);
            } else if (outcome instanceof CommandOutcome.Unknown(String message)) {
                answer.complete(new MtuAnswer.Unknown(message));
            }
        });
        return answer;
    }

    /**
     * Takes up everything that the process before has kept, and sends nothing; before anything is read from a socket or
     * device. Control loop only.
     */
    public void resumeAll() {
        for (ConnectionControl connection : control.connections()) {
            connection.recall();
            connection.tunnels().forEach(tunnel -> ike.resume(tunnel.name()));
            connection.recalled();
        }
    }

    /**
     * Starts every tunnel that is wanted, by the configuration or by an order before, and the history; control loop only.
     */
    public void startAll() {
        history.start();
        for (ConnectionControl connection : control.connections()) {
            connection.tunnels().stream()
                    .filter(tunnel -> !(tunnel.health() instanceof TunnelHealth.Disabled))
                    .forEach(tunnelOrders::connect);
        }
    }

    /** Deletes every SA and keeps everything down; control loop only. */
    public void stopAll(String reason) {
        drills.abandon();
        for (ConnectionControl connection : control.connections()) {
            connection.tunnels().forEach(tunnel -> tunnelOrders.takeDown(connection, tunnel, reason));
        }
    }

    /** True where no peer has an IKE SA left; control loop only. */
    public boolean isQuiet() {
        return control.connections().stream()
                .flatMap(connection -> connection.tunnels().stream())
                .map(tunnel -> ike.summary(tunnel.name()))
                .allMatch(summary -> summary.ikeSas().isEmpty() && summary.phase() != IkePeerSummary.Phase.CLOSING);
    }

    @Override
    public CompletableFuture<CommandOutcome> release(String connection) {
        return order(new TunnelTarget(connection, TunnelTarget.ALL), (it, _) -> {
            it.holdForEver();
            it.release();
            return done("the policy decides again; traffic is on tunnel "
                    + label(it.failover().active()));
        });
    }

    private CompletableFuture<CommandOutcome> moveTraffic(
            ConnectionControl connection, List<TunnelControl> tunnels, Optional<Duration> hold, boolean measured) {
        TunnelControl tunnel = tunnels.getFirst();
        int number = tunnel.name().number();
        if (tunnel.health().verdict() == HealthVerdict.DOWN) {
            return done(downRefusal(tunnel));
        }
        CompletableFuture<CommandOutcome> result = new CompletableFuture<>();
        boolean alone = connection.failover().carrying().equals(List.of(number));
        PlannedMoves.Ledger before = PlannedMoves.ledger(connection);
        // Before the choice: at no instant it is kept as one for ever.
        hold.ifPresentOrElse(time -> connection.holdFor(number, time), connection::holdForEver);
        connection.switchTo(number, (plan, tookNanos) -> {
            String text =
                    "moved " + label(plan.from()) + " -> " + plan.to() + " in " + ConnectionControl.millis(tookNanos);
            if (measured) {
                var _ = moves.measure(connection, number, before, loop.nowNanos())
                        .thenAccept(seen -> result.complete(new CommandOutcome.Done(text + "; " + seen + back(hold))));
            } else {
                result.complete(new CommandOutcome.Done(text));
            }
        });
        return alone ? done("tunnel " + number + " carries the traffic already, and keeps it" + back(hold)) : result;
    }

    private static String back(Optional<Duration> hold) {
        return hold.map(time -> "; the policy decides again in " + time.toSeconds() + " s")
                .orElse("");
    }

    private static CommandOutcome downRefusal(TunnelControl tunnel) {
        String hint = tunnel.health() instanceof TunnelHealth.Disabled
                ? "bring it up first: twinspan up " + tunnel.name()
                : "wait until it is up; 'twinspan events' tells what happens";
        return new CommandOutcome.Refused(
                "tunnel " + tunnel.name() + " cannot carry traffic: "
                        + tunnel.health().reason(),
                hint);
    }

    private CommandOutcome rekeyNow(List<TunnelControl> tunnels, RekeyKind kind) {
        for (TunnelControl tunnel : tunnels) {
            IkePeerSummary summary = ike.summary(tunnel.name());
            boolean missing = kind == RekeyKind.IKE
                    ? summary.ikeSas().isEmpty()
                    : summary.childSas().isEmpty();
            if (missing) {
                return new CommandOutcome.Refused(
                        "tunnel " + tunnel.name() + " has nothing to rekey: "
                                + tunnel.health().reason(),
                        "'twinspan sas' lists what exists");
            }
        }
        tunnels.forEach(tunnel -> ike.deliver(
                tunnel.name(),
                kind == RekeyKind.IKE ? new IkeEvent.RekeyIkeRequested() : new IkeEvent.RekeyChildRequested()));
        return new CommandOutcome.Done(
                "rekeying the " + (kind == RekeyKind.IKE ? "IKE" : "child") + " SA of " + names(tunnels));
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answerInto(answer, question));
        return answer;
    }

    private static <T> void answerInto(CompletableFuture<T> answer, Supplier<T> question) {
        try {
            answer.complete(question.get());
        } catch (RuntimeException bug) {
            answer.completeExceptionally(bug);
        }
    }

    private CompletableFuture<CommandOutcome> order(TunnelTarget target, Order order) {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        loop.execute(() -> answerInto(answer, target, order));
        return answer;
    }

    private void answerInto(CompletableFuture<CommandOutcome> answer, TunnelTarget target, Order order) {
        try {
            var _ = find(target, order).thenAccept(answer::complete);
        } catch (RuntimeException bug) {
            answer.completeExceptionally(bug);
        }
    }

    private CompletableFuture<CommandOutcome> find(TunnelTarget target, Order order) {
        return control.connection(target.connection())
                .map(connection -> findTunnels(connection, target, order))
                .orElseGet(() -> done(new CommandOutcome.Unknown(control.unknown(target.connection()))));
    }

    private static CompletableFuture<CommandOutcome> findTunnels(
            ConnectionControl connection, TunnelTarget target, Order order) {
        if (target.tunnel() == TunnelTarget.ALL) {
            return order.carryOut(connection, List.copyOf(connection.tunnels()));
        }
        return connection
                .tunnel(target.tunnel())
                .map(tunnel -> order.carryOut(connection, List.of(tunnel)))
                .orElseGet(() -> done(new CommandOutcome.Unknown("connection '" + target.connection()
                        + "' has no tunnel " + target.tunnel() + "; it has " + names(connection.tunnels()))));
    }

    private static String names(Iterable<TunnelControl> tunnels) {
        StringBuilder out = new StringBuilder();
        for (TunnelControl tunnel : tunnels) {
            out.append(out.isEmpty() ? "" : ", ").append(tunnel.name());
        }
        return out.toString();
    }

    private static String label(int tunnel) {
        return tunnel == FailoverState.NO_TUNNEL ? "none" : Integer.toString(tunnel);
    }

    private static CompletableFuture<CommandOutcome> done(String message) {
        return done(new CommandOutcome.Done(message));
    }

    private static CompletableFuture<CommandOutcome> done(CommandOutcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    @FunctionalInterface
    private interface Order {
        CompletableFuture<CommandOutcome> carryOut(ConnectionControl connection, List<TunnelControl> tunnels);
    }
}
