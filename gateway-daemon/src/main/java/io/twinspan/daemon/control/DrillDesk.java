package io.twinspan.daemon.control;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.drill.DrillEnding;
import io.twinspan.daemon.drill.DrillFacts;
import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillMove;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillRefusals;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.TcpResult;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts drills, one at a time in the whole gateway, and hands their reports out. Control loop only. */
public final class DrillDesk {
    private final ControlLoop loop;
    private final ControlPlane control;
    private final IkeSaManager ike;
    private final EventJournal journal;
    private final Supplier<Instant> wallClock;
    private final DrillParts parts;
    private final DrillRestart restarts;
    private @Nullable Current current;

    /** The drill under way. */
    private record Current(
            String id,
            DrillRun run,
            ConnectionControl connection,
            Instant startedAt,
            DrillAudience audience,
            Runnable unfollow) {}

    /** A desk at which nothing runs. */
    public DrillDesk(
            ControlLoop loop,
            ControlPlane control,
            IkeSaManager ike,
            EventJournal journal,
            Supplier<Instant> wallClock,
            DrillParts parts) {
        this.loop = loop;
        this.control = control;
        this.ike = ike;
        this.journal = journal;
        this.wallClock = wallClock;
        this.parts = parts;
        this.restarts = new DrillRestart(loop, control, ike, journal, parts);
    }

    /** @param state where a change of the configuration stands */
    void reloads(Supplier<String> state) {
        restarts.reloads(state);
    }

    DrillAnswer start(DrillOrder order, DrillFollower follower) {
        return control.connection(order.connection())
                .map(connection -> start(connection, order, follower))
                .orElseGet(() -> new DrillAnswer.Unknown(control.unknown(order.connection())));
    }

    private DrillAnswer start(ConnectionControl connection, DrillOrder order, DrillFollower follower) {
        int active = connection.failover().active();
        int tunnel = order.tunnel() == 0 ? active : order.tunnel();
        int other = connection.tunnels().stream()
                .map(it -> it.name().number())
                .filter(number -> number != tunnel)
                .findFirst()
                .orElse(0);
        Optional<InetAddress> target = targetOf(connection, order.target());
        DrillFacts facts = facts(connection, tunnel, other, order.target().isEmpty() || target.isPresent());
        List<String> reasons = DrillRefusals.of(order, facts);
        return reasons.isEmpty()
                ? run(connection, new DrillPlan(order, tunnel, other, tunnel == active), target.orElse(null), follower)
                : new DrillAnswer.Refused(reasons);
    }

    private DrillFacts facts(ConnectionControl connection, int tunnel, int other, boolean targetAllowed) {
        Optional<TunnelControl> standby = connection.tunnel(other);
        long heard = standby.isEmpty()
                ? Long.MIN_VALUE
                : connection.dataPlane().counters(other).lastAuthenticatedNanos();
        Current running = current;
        return new DrillFacts(
                connection.failover().active(),
                connection.tunnels().size(),
                connection.tunnel(tunnel).isPresent(),
                connection.failover().redundant(),
                other,
                standby.map(it -> it.health().verdict() == HealthVerdict.UP).orElse(false),
                standby.map(it -> it.shown().label()).orElse("missing"),
                heard == Long.MIN_VALUE ? Long.MAX_VALUE : loop.nowNanos() - heard,
                connection.log().switches().stream()
                        .filter(it -> it.from() != DataPlane.NO_TUNNEL)
                        .findFirst()
                        .map(it -> Duration.between(it.at(), wallClock.get()).toNanos())
                        .orElse(Long.MAX_VALUE),
                running == null ? "" : describe(running),
                targetAllowed,
                restarts.refusal());
    }

    /** Probes may go to the protected networks only, as all traffic. */
    private static Optional<InetAddress> targetOf(ConnectionControl connection, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            InetAddress address = IpPrefix.parseAddress(text);
            return connection.config().remotePrefixes().stream().anyMatch(prefix -> prefix.contains(address))
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private DrillAnswer run(
            ConnectionControl connection, DrillPlan plan, @Nullable InetAddress target, DrillFollower follower) {
        Instant now = wallClock.get();
        String id = parts.history().begin(plan.order(), plan.tunnel(), now);
        DrillAudience audience = new DrillAudience();
        audience.add(follower);
        DrillRun run = new DrillRun(plan, connection, target, loop, ike, parts, audience::happened, new Owner());
        begin(new Current(id, run, connection, now, audience, journal.follow(run.diary()::hear)));
        journal.record(event(
                        Severity.INFO,
                        "drill.started",
                        "a drill starts: " + plan.order().scenario().text())
                .with("drill", id)
                .with("on_tunnel", plan.tunnel())
                .with("limit_ms", plan.order().limitNanos() / 1_000_000)
                .with("for_s", plan.order().durationNanos() / 1_000_000_000L));
        loop.execute(run::start);
        return new DrillAnswer.Started(id, plan, () -> loop.execute(() -> stopped(id, "whoever started it went away")));
    }

    private void begin(Current drill) {
        current = drill;
        drill.connection().drill(drill.run());
    }

    /** Goes on with the drill that had the process before restart, if one did. */
    void takeUp() {
        restarts.inherited().ifPresent(half -> {
            ConnectionControl connection = half.connection();
            DrillPlan plan = half.left().plan();
            InetAddress target = targetOf(connection, plan.order().target()).orElse(null);
            DrillAudience audience = new DrillAudience();
            DrillRun run = new DrillRun(plan, connection, target, loop, ike, parts, audience::happened, new Owner());
            run.takeUp(half);
            journal.since(0).forEach(run.diary()::hear);
            begin(new Current(
                    half.left().id(),
                    run,
                    connection,
                    half.left().startedAt(),
                    audience,
                    journal.follow(run.diary()::hear)));
            journal.record(event(Severity.INFO, "drill.taken-up", "the drill that had the daemon restart goes on")
                    .with("drill", half.left().id())
                    .with("paused_ms", half.agoNanos() / 1_000_000));
            run.start();
        });
    }

    /**
     * Has somebody hear of the drill that runs, with what was noted in this process before.
     *
     * @return false where no drill of this name runs
     */
    boolean follow(String id, DrillFollower follower) {
        Current running = current;
        if (running == null || !running.id().equals(id)) {
            return false;
        }
        running.run().diary().ownMoments().forEach(follower::happened);
        running.audience().add(follower);
        return true;
    }

    /** What a run asks of the process. */
    private final class Owner implements DrillOwner {
        @Override
        public void over(DrillEnding ending) {
            DrillDesk.this.over(ending);
        }

        @Override
        public void leave() {
            withCurrent(it -> restarts.leave(it.id(), it.startedAt(), it.run()));
        }

        @Override
        public void restart() {
            withCurrent(it -> restarts.begin(it.id(), it.connection().config().name()));
        }

        @Override
        public void withdraw() {
            withCurrent(it -> restarts.withdraw(it.id()));
        }

        private void withCurrent(Consumer<Current> action) {
            Current running = current;
            if (running != null) {
                action.accept(running);
            }
        }
    }

    private void stopped(String id, String reason) {
        Current running = current;
        if (running != null && running.id().equals(id)) {
            running.run().stop(reason);
        }
    }

    boolean runs() {
        return current != null;
    }

    CommandOutcome stop(String reason) {
        Current running = current;
        if (running == null) {
            return new CommandOutcome.Refused("no drill runs", "'twinspan drill report' shows the last one");
        }
        running.run().stop(reason);
        return new CommandOutcome.Done("stopping " + describe(running));
    }

    /** The daemon stops: the fault goes at once, and the history will say that this drill was aborted. */
    void abandon() {
        Current running = current;
        if (running != null) {
            GatewayEvent aborted = event(Severity.WARN, "drill.aborted", "the drill ends, because the gateway stops")
                    .with("drill", running.id());
            running.run().abandon();
            close(running);
            journal.record(aborted);
        }
    }

    private void over(DrillEnding ending) {
        Current running = current;
        if (running != null) {
            running.run().tcp().end(tcp -> report(running, ending, tcp));
        }
    }

    private void report(Current running, DrillEnding ending, TcpResult tcp) {
        close(running);
        DrillReport report = new DrillReporter(running.run(), movesOf(running), parts.environment())
                .report(running.id(), running.startedAt(), ending, tcp);
        tell(running, report);
        parts.history()
                .keep(report, where -> loop.execute(() -> running.audience().finished(report, where)));
    }

    /** Those since the fault came, in order, by their distance from it. */
    private List<DrillMove> movesOf(Current running) {
        long begin = running.run().diary().beginNanos();
        Instant from = wallClock.get().minusNanos(loop.nowNanos() - begin);
        return running.connection().log().switches().reversed().stream()
                .filter(record ->
                        running.run().diary().hasBegun() && !record.at().isBefore(from))
                .map(record -> new DrillMove(
                        record.from(),
                        record.to(),
                        record.cause(),
                        record.reason(),
                        since(from, record.times().suspected()),
                        since(from, record.times().verdict()),
                        since(from, record.times().switched()),
                        since(from, record.times().firstForwarded())))
                .toList();
    }

    private static long since(Instant from, @Nullable Instant instant) {
        return instant == null
                ? DrillMove.UNKNOWN
                : Duration.between(from, instant).toNanos();
    }

    private void close(Current running) {
        running.unfollow().run();
        running.connection().noDrill();
        DrillPlan plan = running.run().plan();
        control.drilled(new TunnelName(plan.order().connection(), plan.tunnel()));
        current = null;
    }

    private void tell(Current running, DrillReport report) {
        control.meter().drilled(report);
        boolean aborted = report.verdict() == DrillVerdict.ABORTED;
        Severity severity = report.verdict() == DrillVerdict.PASSED ? Severity.INFO : Severity.WARN;
        String text = "the drill " + report.order().scenario().text() + " "
                + (aborted
                        ? "was aborted: " + report.reason()
                        : report.verdict().label() + " its limit");
        journal.record(GatewayEvent.of(
                        severity,
                        aborted ? "drill.aborted" : "drill.finished",
                        report.order().connection(),
                        report.tunnel(),
                        text)
                .with("drill", running.id())
                .with("verdict", report.verdict().label())
                .with("outage_out_us", report.flow().outageOutNanos() / 1_000)
                .with("outage_in_us", report.flow().outageInNanos() / 1_000)
                .with("sent", report.flow().sent())
                .with("lost", report.flow().lost())
                .with("limit_ms", report.order().limitNanos() / 1_000_000));
    }

    DrillOverview overview() {
        Current running = current;
        return new DrillOverview(
                running == null ? "" : describe(running),
                running == null ? "" : running.id(),
                parts.history().records(),
                restarts.refusal());
    }

    /** Finds a report; told on the control loop. */
    void find(String id, DrillForm form, Consumer<Optional<DrillHistory.Document>> found) {
        parts.history().find(id, form, document -> loop.execute(() -> found.accept(document)));
    }

    /** When a drill of a connection last passed; empty where none did. */
    Optional<Instant> lastPassed(String connection) {
        return parts.history().records().stream()
                .filter(it -> it.connection().equals(connection) && it.verdict() == DrillVerdict.PASSED)
                .map(DrillRecord::startedAt)
                .findFirst();
    }

    private static String describe(Current running) {
        DrillPlan plan = running.run().plan();
        return running.id() + ", " + plan.order().scenario().text() + " on "
                + plan.order().connection() + "/" + plan.tunnel();
    }

    private GatewayEvent event(Severity severity, String type, String message) {
        Current running = current;
        return running == null
                ? GatewayEvent.of(severity, type, "", 0, message)
                : GatewayEvent.of(
                        severity,
                        type,
                        running.run().plan().order().connection(),
                        running.run().plan().tunnel(),
                        message);
    }
}
