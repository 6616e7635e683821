package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Impairment;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.drill.DrillEffect;
import io.twinspan.daemon.drill.DrillEnding;
import io.twinspan.daemon.drill.DrillEvent;
import io.twinspan.daemon.drill.DrillFault;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillMachine;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillState;
import io.twinspan.daemon.drill.DrillStep;
import io.twinspan.daemon.drill.DrillTimes;
import io.twinspan.daemon.drill.DrillView;
import io.twinspan.daemon.drill.TrafficLedger;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.net.InetAddress;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A drill under way: looks, steps the machine, carries out its effects, and measures. Whatever goes wrong here, the fault is taken
 * away. Control loop only.
 */
final class DrillRun {
    private static final Logger LOG = LoggerFactory.getLogger(DrillRun.class);
    private static final long RETRY_NANOS = 100_000_000L;
    private static final long QUIET_NANOS = 100_000_000L;

    /** A look that comes later than this shows that we stood still ourselves. */
    private static final long PAUSE_NANOS = 100_000_000L;

    private final DrillPlan plan;
    private final ConnectionControl connection;
    private final TunnelControl tested;
    private final TunnelControl other;
    private final ControlLoop loop;
    private final IkeSaManager ike;
    private final long seed;
    private final DrillFlow flow;
    private final TrafficLedger traffic;
    private final DrillDiary diary;
    private final DrillTcp tcp;
    private final DrillOwner owner;
    private DrillState state;
    private Cancellable wakeUp = () -> {};
    private long nextLookNanos;
    private long nextSampleNanos;
    private long excusedNanos;
    private int answersSeen;
    private long faultFromNanos;
    private long faultEndNanos;
    private int answeringTunnel;
    private long newestAnsweredNanos;
    private boolean silenceNoted;
    private boolean takenUp;
    private boolean impaired;
    private boolean deleted;
    private boolean failed;
    private boolean ended;

    DrillRun(
            DrillPlan plan,
            ConnectionControl connection,
            @Nullable InetAddress target,
            ControlLoop loop,
            IkeSaManager ike,
            DrillParts parts,
            Consumer<DrillMoment> follower,
            DrillOwner owner) {
        this.plan = plan;
        this.connection = connection;
        this.tested = connection.tunnel(plan.tunnel()).orElseThrow();
        this.other = connection.tunnel(plan.other()).orElseThrow();
        this.loop = loop;
        this.ike = ike;
        this.seed = parts.seeds().getAsLong();
        this.owner = owner;
        long now = loop.nowNanos();
        this.flow = new DrillFlow(connection.dataPlane(), plan.order(), plan.other(), target, now);
        long longest = DrillMachine.MAX_BESIDE_NANOS + plan.order().durationNanos();
        this.traffic = new TrafficLedger((int) (longest / TrafficLedger.SAMPLE_NANOS) + 1);
        this.diary = new DrillDiary(connection.config().name(), follower);
        this.tcp = new DrillTcp(parts.tcp(), loop);
        this.state = DrillMachine.begin(plan, now);
        this.nextLookNanos = now;
        this.nextSampleNanos = now;
    }

    DrillPlan plan() {
        return plan;
    }

    DrillFlow flow() {
        return flow;
    }

    TrafficLedger traffic() {
        return traffic;
    }

    DrillDiary diary() {
        return diary;
    }

    DrillTcp tcp() {
        return tcp;
    }

    /** When the fault was taken away. */
    long faultEndNanos() {
        return faultEndNanos;
    }

    /** Begins. */
    void start() {
        if (isRestart() && !takenUp) {
            // Read now, since what is left to the next process does not wait for it.
            tcp.begin();
        }
        tick();
    }

    private boolean isRestart() {
        return plan.order().scenario() instanceof DrillScenario.DaemonRestart;
    }

    /** What the next process needs is written, or could not be. */
    void left(boolean written) {
        step(new DrillEvent.Left(written));
    }

    /** Goes on where another process ended; before {@link #start}. */
    void takeUp(DrillRestart.Half half) {
        takenUp = true;
        DrillHandOver left = half.left();
        long now = loop.nowNanos();
        long origin = now - half.agoNanos();
        faultFromNanos = origin + left.beginNanos();
        faultEndNanos = now;
        diary.takeUp(faultFromNanos, left.timeline());
        flow.takeUp(left, origin, now);
        traffic.takeUp(left.traffic(), origin, now);
        tcp.takeUp(left.connections());
        answersSeen = flow.toPeer().answers();
        diary.note(
                now,
                0,
                "the next process forwards again after " + DrillTimes.show(now - faultFromNanos) + "; "
                        + flow.toPeer().since(faultFromNanos).lost()
                        + " probes of that time count as lost: nobody could send them");
        DrillStep step = DrillMachine.takeUp(plan, half.lost(), now);
        state = step.state();
        step.effects().forEach(this::perform);
        for (TunnelControl tunnel : List.of(tested, other)) {
            SortedSet<String> before = left.spis().get(tunnel.name().toString());
            if (before != null && half.lost().isEmpty()) {
                int number = tunnel.name().number();
                diary.note(now, number, "tunnel " + number + " goes on with " + String.join(", ", before));
            }
        }
    }

    /** Ends it early. */
    void stop(String reason) {
        step(new DrillEvent.Stopped(reason));
    }

    /** Ends it at once and without a report: the daemon stops. */
    void abandon() {
        if (state instanceof DrillState.Leaving) {
            owner.withdraw();
        }
        restore();
        end();
    }

    void probeSent(int sequence, int tunnel, long atNanos) {
        flow.sent(sequence, tunnel, atNanos);
    }

    void probeAnswered(int sequence, int tunnel, long sentNanos, long atNanos) {
        boolean ofFlow = flow.answered(sequence, tunnel, sentNanos, atNanos);
        // Late answers through a tunnel that was left are no news.
        if (!ofFlow || (answeringTunnel != 0 && sentNanos - newestAnsweredNanos < 0)) {
            return;
        }
        newestAnsweredNanos = sentNanos;
        if (takenUp && answeringTunnel == 0) {
            diary.note(atNanos, tunnel, "first answer to the next process, through tunnel " + tunnel);
        }
        if (tunnel != answeringTunnel) {
            if (answeringTunnel != 0) {
                diary.note(atNanos, tunnel, "first answer through tunnel " + tunnel);
            }
            answeringTunnel = tunnel;
        }
    }

    private void tick() {
        if (ended) {
            return;
        }
        try {
            long now = loop.nowNanos();
            flow.run(now, measuredTunnel());
            if (now - nextSampleNanos >= 0) {
                nextSampleNanos = now + TrafficLedger.SAMPLE_NANOS;
                sample(now);
            }
            if (now - nextLookNanos >= 0) {
                excuse(now);
                nextLookNanos = now + DrillMachine.LOOK_NANOS;
                noteSilence(now);
                step(new DrillEvent.Looked(view(now)));
            }
        } catch (RuntimeException | Error bug) {
            fail(bug);
        }
        if (!ended && !failed) {
            wakeUp = loop.schedule(Math.min(flow.intervalNanos(), DrillMachine.LOOK_NANOS), this::tick);
        }
    }

    /** The fault must go even where taking it away fails at first, for example because a data loop takes no commands now. */
    private void fail(Throwable bug) {
        failed = true;
        LOG.error("A drill failed; this is a bug.", bug);
        try {
            restore();
            if (deleted) {
                deleted = false;
                new TunnelOrders(ike).bringUp(connection, tested);
            }
        } catch (RuntimeException | Error again) {
            wakeUp = loop.schedule(RETRY_NANOS, () -> fail(again));
            return;
        }
        finish(new DrillEnding(
                DrillEnding.Kind.FAILED, "internal error: " + bug.getClass().getSimpleName()));
    }

    /** Where traffic is shared, the share of the tunnel under test is what is measured. */
    private int measuredTunnel() {
        List<Integer> carrying = connection.failover().carrying();
        return carrying.size() > 1 && carrying.contains(plan.tunnel()) ? plan.tunnel() : DataPlane.NO_TUNNEL;
    }

    /** Silence while nobody sent and nobody listened says nothing about a tunnel. */
    private void excuse(long now) {
        int answers = flow.toPeer().answers();
        if (answers != answersSeen) {
            answersSeen = answers;
            excusedNanos = 0;
        }
        long late = now - nextLookNanos;
        if (late > PAUSE_NANOS) {
            excusedNanos += late;
            diary.note(now, 0, "this gateway stood still itself for " + DrillTimes.show(late));
        }
    }

    /** Looks at the users' counters. */
    void sample(long now) {
        TunnelCounters first = connection.dataPlane().counters(1);
        TunnelCounters second = connection.dataPlane().counters(2);
        traffic.sample(now, first.packetsIn(), first.packetsOut(), second.packetsIn(), second.packetsOut());
    }

    private DrillView view(long now) {
        return new DrillView(
                connection.failover().active(),
                isUsable(tested),
                tested.shown().label(),
                isUsable(other),
                other.shown().label(),
                Math.max(0, flow.toPeer().silenceNanos(now) - excusedNanos),
                flow.toPeer().answers(),
                flow.throughStandby().answers(),
                flow.toPeer().unanswered(),
                flow.hasTarget() ? flow.toTarget().answers() : 1,
                impaired ? Math.max(0, traffic.standstillNanos(faultFromNanos) - excusedNanos) : 0);
    }

    private static boolean isUsable(TunnelControl tunnel) {
        return tunnel.health().verdict() != HealthVerdict.DOWN;
    }

    /** Says once when the last packet came in on the tunnel under test. */
    private void noteSilence(long now) {
        long last = connection.dataPlane().counters(plan.tunnel()).lastAuthenticatedNanos();
        if (impaired && !silenceNoted && last != Long.MIN_VALUE && now - last > QUIET_NANOS) {
            silenceNoted = true;
            diary.note(last, plan.tunnel(), "last packet in on tunnel " + plan.tunnel());
        }
    }

    private void step(DrillEvent event) {
        if (ended || failed) {
            return;
        }
        DrillStep step = DrillMachine.step(state, event, loop.nowNanos());
        state = step.state();
        try {
            step.effects().forEach(this::perform);
        } catch (RuntimeException | Error bug) {
            fail(bug);
        }
    }

    private void perform(DrillEffect effect) {
        switch (effect) {
            case DrillEffect.Begin _ -> begin();
            case DrillEffect.Impair(DrillFault fault) -> impair(fault);
            case DrillEffect.Restore _ -> restore();
            case DrillEffect.SwitchTo(int tunnel) -> {
                connection.switchForNow(tunnel, (_, _) -> {});
            }
            case DrillEffect.Rekey(boolean whole) ->
                ike.deliver(
                        tested.name(), whole ? new IkeEvent.RekeyIkeRequested() : new IkeEvent.RekeyChildRequested());
            case DrillEffect.Delete _ -> {
                deleted = true;
                diary.note(loop.nowNanos(), plan.tunnel(), "SAs of tunnel " + plan.tunnel() + " deleted");
                new TunnelOrders(ike).takeDownForNow(connection, tested, "a drill deletes its SAs");
            }
            case DrillEffect.Reconnect _ -> {
                deleted = false;
                new TunnelOrders(ike).bringUp(connection, tested);
            }
            case DrillEffect.Leave _ -> owner.leave();
            case DrillEffect.Restart _ -> owner.restart();
            case DrillEffect.Withdraw _ -> owner.withdraw();
            case DrillEffect.StopFlow _ -> flow.stop();
            case DrillEffect.Note(int tunnel, String text) -> diary.note(loop.nowNanos(), tunnel, text);
            case DrillEffect.Finish(DrillEnding ending) -> finish(ending);
        }
    }

    private void begin() {
        flow.proved();
        if (!isRestart()) {
            tcp.begin();
        }
        long now = loop.nowNanos();
        faultFromNanos = now;
        faultEndNanos = now;
        diary.begin(now);
        diary.note(now, plan.tunnel(), plan.order().scenario().deed(plan.tunnel()));
    }

    private void impair(DrillFault fault) {
        impaired = true;
        apply(new Impairment(fault.lossOut(), fault.lossIn(), fault.delayNanos(), fault.largestOuterOctets(), seed));
    }

    private void restore() {
        if (impaired) {
            apply(Impairment.NONE);
            impaired = false;
        }
        faultEndNanos = loop.nowNanos();
    }

    private void apply(Impairment impairment) {
        ike.impair(tested.name(), impairment);
        connection.dataPlane().impair(plan.tunnel(), impairment);
    }

    private void finish(DrillEnding ending) {
        end();
        owner.over(ending);
    }

    private void end() {
        ended = true;
        // What an operator has chosen meanwhile stays; what the drill chose goes back to what was before.
        connection.switchBack();
        flow.stop();
        wakeUp.cancel();
    }
}
