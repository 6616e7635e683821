package io.twinspan.daemon.drill;

import io.twinspan.daemon.drill.DrillState.Done;
import io.twinspan.daemon.drill.DrillState.Injecting;
import io.twinspan.daemon.drill.DrillState.Leaving;
import io.twinspan.daemon.drill.DrillState.Preparing;
import io.twinspan.daemon.drill.DrillState.Recovering;
import io.twinspan.daemon.drill.DrillState.Settling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A drill from beginning to end, as a function of state, event and time. Whatever ends it, the first effect is that the fault is
 * taken away.
 */
public final class DrillMachine {
    /** How often the control loop looks. */
    public static final long LOOK_NANOS = 10_000_000;

    /** The flow runs for so long before anything is broken. */
    static final long PREPARE_NANOS = 1_500_000_000L;

    /** Both tunnels have to answer within this time. */
    static final long MAX_PREPARE_NANOS = 4_000_000_000L;

    /** Answers that prove the standby. */
    static final int PROOFS = 8;

    /** The flow runs on for so long after the fault. */
    static final long AFTER_NANOS = 2_000_000_000L;

    /** A tunnel that is not back after this time is no longer waited for. */
    static final long MAX_RECOVER_NANOS = 60_000_000_000L;

    /** Late answers are waited for so long. */
    static final long SETTLE_NANOS = 1_000_000_000L;

    /** A process that has not ended for its successor by then does not end. */
    static final long MAX_LEAVE_NANOS = 5_000_000_000L;

    /** Between two rekeys of a storm. */
    static final long REKEY_NANOS = 1_000_000_000L;

    private static final int REKEYS_FOR_EACH_IKE_REKEY = 5;

    /** A deleted tunnel comes up again after this time. */
    private static final long RECONNECT_NANOS = 1_000_000_000L;

    /** The flow is alive where it was answered within this time. */
    private static final long FRESH_NANOS = 200_000_000L;

    private static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    /** The longest a drill can take beside its fault. */
    public static final long MAX_BESIDE_NANOS = MAX_PREPARE_NANOS + MAX_RECOVER_NANOS + SETTLE_NANOS;

    private DrillMachine() {}

    /** The state in which the flow begins. */
    public static DrillState begin(DrillPlan plan, long nowNanos) {
        return new Preparing(plan, nowNanos);
    }

    /**
     * How long users may wait for packets from the other side: what AWS takes to find out by itself that a tunnel is dead, and
     * some.
     */
    static final long RETURN_NANOS = 45_000_000_000L;

    private static final String RETURN_TEXT =
            "ended early: nothing came in for the users for 45 s, longer than AWS takes to leave a dead tunnel";

    /**
     * The beginning of the second half of a restart, in the next process.
     *
     * @param lost what of the SAs was not taken up, as a sentence; empty for nothing
     */
    public static DrillStep takeUp(DrillPlan plan, String lost, long nowNanos) {
        DrillEnding ending = lost.isEmpty() ? DrillEnding.COMPLETE : new DrillEnding(DrillEnding.Kind.BROKEN, lost);
        return new DrillStep(
                new Recovering(plan, nowNanos, ending),
                lost.isEmpty() ? List.of() : List.of(new DrillEffect.Note(plan.tunnel(), lost)));
    }

    /** One step. */
    public static DrillStep step(DrillState state, DrillEvent event, long nowNanos) {
        return switch (event) {
            case DrillEvent.Looked(DrillView view) -> look(state, view, nowNanos);
            case DrillEvent.Left(boolean written) -> left(state, written);
            case DrillEvent.Stopped(String reason) -> stop(state, reason, nowNanos);
        };
    }

    private static DrillStep look(DrillState state, DrillView view, long now) {
        return switch (state) {
            case Preparing preparing -> prepare(preparing, view, now);
            case Leaving leaving -> leave(leaving, now);
            case Injecting injecting -> inject(injecting, view, now);
            case Recovering recovering -> recover(recovering, view, now);
            case Settling settling -> settle(settling, view, now);
            case Done done -> stay(done);
        };
    }

    private static DrillStep prepare(Preparing state, DrillView view, long now) {
        DrillPlan plan = state.plan();
        long took = now - state.sinceNanos();
        boolean flows = view.flowAnswers() > 0 && view.silenceNanos() < FRESH_NANOS;
        boolean proved = view.standbyAnswers() >= PROOFS;
        boolean target = view.targetAnswers() > 0;
        if (!view.otherUsable()) {
            return refuse(state, "tunnel " + plan.other() + " is " + view.otherState());
        }
        if (took >= PREPARE_NANOS && flows && proved && target) {
            if (isRestart(plan)) {
                return new DrillStep(
                        new Leaving(plan, now, false),
                        List.of(new DrillEffect.Begin(), new DrillEffect.Leave(), new DrillEffect.StopFlow()));
            }
            List<DrillEffect> effects = new ArrayList<>(List.of(new DrillEffect.Begin()));
            Injecting injecting = firstDeed(plan, now, effects);
            return new DrillStep(injecting, effects);
        }
        if (took < MAX_PREPARE_NANOS) {
            return stay(state);
        }
        if (flows && proved) {
            return refuse(state, "the target " + plan.order().target() + " does not answer");
        }
        return refuse(
                state,
                flows
                        ? "tunnel " + plan.other() + ", which would have to carry the traffic, answered "
                                + view.standbyAnswers() + " probes only"
                        : "the probes through the tunnel that carries the traffic are not answered");
    }

    /** Nothing was broken, so nothing has to recover. */
    private static DrillStep refuse(DrillState state, String reason) {
        return over(state, new DrillEnding(DrillEnding.Kind.FAILED, "nothing was touched: " + reason));
    }

    private static DrillStep over(DrillState state, DrillEnding ending) {
        return new DrillStep(
                new Done(state.plan(), ending), List.of(new DrillEffect.StopFlow(), new DrillEffect.Finish(ending)));
    }

    private static boolean isRestart(DrillPlan plan) {
        return plan.order().scenario() instanceof DrillScenario.DaemonRestart;
    }

    private static DrillStep left(DrillState state, boolean written) {
        if (!(state instanceof Leaving leaving) || leaving.leaves()) {
            return stay(state);
        }
        return written
                ? new DrillStep(
                        new Leaving(leaving.plan(), leaving.sinceNanos(), true), List.of(new DrillEffect.Restart()))
                : refuse(state, "what the next process needs could not be written; the log has the reason");
    }

    private static DrillStep leave(Leaving state, long now) {
        return now - state.sinceNanos() < MAX_LEAVE_NANOS
                ? stay(state)
                : withdraw(
                        state,
                        new DrillEnding(DrillEnding.Kind.FAILED, "nothing was touched: this process did not end"));
    }

    private static DrillStep withdraw(Leaving state, DrillEnding ending) {
        return new DrillStep(
                new Done(state.plan(), ending), List.of(new DrillEffect.Withdraw(), new DrillEffect.Finish(ending)));
    }

    private static Injecting firstDeed(DrillPlan plan, long now, List<DrillEffect> effects) {
        DrillScenario scenario = plan.order().scenario();
        switch (scenario) {
            case DrillScenario.Planned _ -> effects.add(new DrillEffect.SwitchTo(plan.other()));
            case DrillScenario.PeerDelete _ -> {
                // A DELETE is an early warning: the traffic moves first.
                if (plan.wasActive()) {
                    effects.add(new DrillEffect.SwitchTo(plan.other()));
                }
            }
            case DrillScenario.RekeyStorm _ -> effects.add(new DrillEffect.Rekey(false));
            case DrillScenario.Blackhole _,
                    DrillScenario.OneWayBlackhole _,
                    DrillScenario.Loss _,
                    DrillScenario.Latency _,
                    DrillScenario.MtuShrink _ -> effects.add(new DrillEffect.Impair(scenario.fault()));
            case DrillScenario.DaemonRestart _ -> throw new IllegalStateException("is left to the next process");
        }
        return new Injecting(plan, now, 1, now + nextDeedAfter(plan, 1));
    }

    private static long nextDeedAfter(DrillPlan plan, int done) {
        return switch (plan.order().scenario()) {
            case DrillScenario.Planned _ -> done == 1 ? plan.order().durationNanos() / 2 : NEVER_NANOS;
            case DrillScenario.PeerDelete _ -> done == 1 ? 0 : RECONNECT_NANOS;
            case DrillScenario.RekeyStorm _ -> REKEY_NANOS;
            case DrillScenario.Blackhole _,
                    DrillScenario.OneWayBlackhole _,
                    DrillScenario.Loss _,
                    DrillScenario.Latency _,
                    DrillScenario.MtuShrink _,
                    DrillScenario.DaemonRestart _ -> NEVER_NANOS;
        };
    }

    private static DrillStep inject(Injecting state, DrillView view, long now) {
        DrillPlan plan = state.plan();
        // A longer path answers later: that is no outage.
        long waits = 2 * plan.order().scenario().fault().delayNanos();
        if (view.silenceNanos() > plan.order().limitNanos() + waits) {
            return end(state, now, overLimit(plan));
        }
        if (view.usersStillNanos() > Math.max(RETURN_NANOS, plan.order().limitNanos())) {
            return end(state, now, new DrillEnding(DrillEnding.Kind.OVER_LIMIT, RETURN_TEXT));
        }
        if (!view.otherUsable()) {
            return end(
                    state,
                    now,
                    new DrillEnding(
                            DrillEnding.Kind.FAILED,
                            "tunnel " + plan.other() + ", which stands by, is " + view.otherState()));
        }
        if (now - state.sinceNanos() >= plan.order().durationNanos()) {
            return end(state, now, DrillEnding.COMPLETE);
        }
        return now - state.nextDeedNanos() >= 0 ? nextDeed(state, view, now) : stay(state);
    }

    private static DrillEnding overLimit(DrillPlan plan) {
        return new DrillEnding(
                DrillEnding.Kind.OVER_LIMIT,
                String.format(
                        Locale.ROOT,
                        "ended early: no answer for longer than the limit of %d ms",
                        plan.order().limitNanos() / 1_000_000));
    }

    private static DrillStep nextDeed(Injecting state, DrillView view, long now) {
        DrillPlan plan = state.plan();
        int done = state.done() + 1;
        List<DrillEffect> effects = new ArrayList<>();
        switch (plan.order().scenario()) {
            case DrillScenario.Planned _ -> effects.add(new DrillEffect.SwitchTo(plan.tunnel()));
            case DrillScenario.PeerDelete _ -> {
                if (state.done() == 1 && view.activeTunnel() == plan.tunnel()) {
                    // Not yet moved away: looked at again the next time.
                    return stay(state);
                }
                if (state.done() > 2) {
                    return stay(state);
                }
                effects.add(state.done() == 1 ? new DrillEffect.Delete() : new DrillEffect.Reconnect());
            }
            case DrillScenario.RekeyStorm _ ->
                effects.add(new DrillEffect.Rekey(done % REKEYS_FOR_EACH_IKE_REKEY == 0));
            case DrillScenario.Blackhole _,
                    DrillScenario.OneWayBlackhole _,
                    DrillScenario.Loss _,
                    DrillScenario.Latency _,
                    DrillScenario.MtuShrink _,
                    DrillScenario.DaemonRestart _ -> {
                return stay(state);
            }
        }
        return new DrillStep(new Injecting(plan, state.sinceNanos(), done, now + nextDeedAfter(plan, done)), effects);
    }

    private static DrillStep end(Injecting state, long now, DrillEnding ending) {
        List<DrillEffect> effects = new ArrayList<>(List.of(new DrillEffect.Restore()));
        boolean deleted = state.plan().order().scenario() instanceof DrillScenario.PeerDelete && state.done() == 2;
        if (deleted) {
            effects.add(new DrillEffect.Reconnect());
        }
        boolean away = state.plan().order().scenario() instanceof DrillScenario.Planned && state.done() == 1;
        if (away && state.plan().wasActive()) {
            effects.add(new DrillEffect.SwitchTo(state.plan().tunnel()));
        }
        effects.add(new DrillEffect.Note(0, ending.reason().isEmpty() ? "the fault is over" : ending.reason()));
        return new DrillStep(new Recovering(state.plan(), now, ending), effects);
    }

    private static DrillStep recover(Recovering state, DrillView view, long now) {
        long took = now - state.sinceNanos();
        DrillPlan plan = state.plan();
        // A restart is felt by both tunnels.
        boolean back = view.testedUsable() && (view.otherUsable() || !isRestart(plan));
        boolean well = back && view.silenceNanos() < FRESH_NANOS;
        if (well && took >= AFTER_NANOS) {
            return settling(
                    plan,
                    state.ending(),
                    now,
                    view.activeTunnel() == plan.tunnel()
                            ? "tunnel " + plan.tunnel() + " carries the traffic"
                            : "tunnel " + plan.tunnel() + " is back, kept as standby (" + view.testedState() + ")");
        }
        if (took < MAX_RECOVER_NANOS) {
            return stay(state);
        }
        String text = notBack(plan, view, back);
        DrillEnding ending = state.ending().kind() == DrillEnding.Kind.COMPLETE
                ? new DrillEnding(isRestart(plan) ? DrillEnding.Kind.BROKEN : DrillEnding.Kind.FAILED, text)
                : state.ending();
        return settling(plan, ending, now, text);
    }

    private static String notBack(DrillPlan plan, DrillView view, boolean back) {
        String after = " after " + MAX_RECOVER_NANOS / 1_000_000_000L + " s";
        if (back) {
            return "the probes are not answered" + after;
        }
        return view.testedUsable()
                ? "tunnel " + plan.other() + " is not back" + after + ": " + view.otherState()
                : "tunnel " + plan.tunnel() + " is not back" + after + ": " + view.testedState();
    }

    private static DrillStep settling(DrillPlan plan, DrillEnding ending, long now, String text) {
        return new DrillStep(
                new Settling(plan, now, ending),
                List.of(new DrillEffect.Note(plan.tunnel(), text), new DrillEffect.StopFlow()));
    }

    private static DrillStep settle(Settling state, DrillView view, long now) {
        if (view.unanswered() > 0 && now - state.sinceNanos() < SETTLE_NANOS) {
            return stay(state);
        }
        return new DrillStep(new Done(state.plan(), state.ending()), List.of(new DrillEffect.Finish(state.ending())));
    }

    private static DrillStep stop(DrillState state, String reason, long now) {
        DrillEnding ending = new DrillEnding(DrillEnding.Kind.STOPPED, reason);
        return switch (state) {
            case Preparing preparing -> over(preparing, ending);
            // A process that was told to end ends: its next one can be stopped.
            case Leaving leaving -> leaving.leaves() ? stay(leaving) : withdraw(leaving, ending);
            case Injecting injecting -> end(injecting, now, ending);
            case Recovering recovering -> settling(recovering.plan(), ending, now, "not waited for: " + reason);
            case Settling settling -> stay(settling);
            case Done done -> stay(done);
        };
    }

    private static DrillStep stay(DrillState state) {
        return new DrillStep(state, List.of());
    }
}
