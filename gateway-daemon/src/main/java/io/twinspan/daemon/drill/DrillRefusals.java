package io.twinspan.daemon.drill;

import java.util.ArrayList;
import java.util.List;

/** Why a drill may not begin. Users' traffic is at stake, so every doubt is a no. */
public final class DrillRefusals {
    /** A standby from which nothing was heard for so long has proved nothing. */
    public static final long STANDBY_HEARD_NANOS = 5_000_000_000L;

    /** After traffic has moved, it is let settle for so long. */
    public static final long SETTLE_NANOS = 10_000_000_000L;

    private DrillRefusals() {}

    /** All reasons at once; empty where the drill may begin. */
    public static List<String> of(DrillOrder order, DrillFacts facts) {
        List<String> reasons = new ArrayList<>();
        checkOrder(order, reasons);
        if (order.scenario() instanceof DrillScenario.DaemonRestart
                && !facts.noRestart().isEmpty()) {
            reasons.add(facts.noRestart());
        }
        if (!facts.running().isEmpty()) {
            reasons.add("another drill runs: " + facts.running());
        }
        if (facts.tunnels() < 2) {
            reasons.add("the connection has one tunnel only, so nothing could take over");
            return List.copyOf(reasons);
        }
        if (facts.activeTunnel() == 0) {
            reasons.add("no tunnel carries traffic");
        }
        if (!facts.hasTunnel()) {
            reasons.add("there is no tunnel " + order.tunnel());
        } else {
            checkStandby(facts, reasons);
        }
        if (!facts.targetAllowed()) {
            reasons.add("the target " + order.target() + " is no address in the protected networks of the peer's side");
        }
        return List.copyOf(reasons);
    }

    private static void checkOrder(DrillOrder order, List<String> reasons) {
        check(order.durationNanos(), DrillOrder.MIN_DURATION_NANOS, DrillOrder.MAX_DURATION_NANOS)
                .append("a drill lasts 1 s to 5 min", reasons);
        check(order.limitNanos(), DrillOrder.MIN_LIMIT_NANOS, DrillOrder.MAX_DURATION_NANOS)
                .append("a limit is 50 ms to 5 min", reasons);
        check(order.probesPerSecond(), DrillOrder.MIN_RATE, DrillOrder.MAX_RATE)
                .append("a probe flow has 10 to 1000 probes a second", reasons);
    }

    private static void checkStandby(DrillFacts facts, List<String> reasons) {
        String name = "tunnel " + facts.other();
        if (!facts.otherReady()) {
            reasons.add(name + ", which would have to carry the traffic, is " + facts.otherState());
        } else if (facts.otherHeardAgoNanos() > STANDBY_HEARD_NANOS && facts.otherHeardAgoNanos() != Long.MAX_VALUE) {
            // One that was never heard has had no reason to speak: the drill itself makes it, before anything is
            // touched.
            reasons.add(name + " is not proved to work: nothing was heard from it for "
                    + facts.otherHeardAgoNanos() / 1_000_000_000L + " s");
        }
        if (facts.activeTunnel() != 0 && facts.otherReady() && !facts.redundant()) {
            reasons.add("the connection is not redundant now");
        }
        if (facts.lastSwitchAgoNanos() < SETTLE_NANOS) {
            reasons.add("traffic moved " + facts.lastSwitchAgoNanos() / 1_000_000_000L
                    + " s ago; wait until it has settled for " + SETTLE_NANOS / 1_000_000_000L + " s");
        }
    }

    private static Range check(long value, long smallest, long largest) {
        return new Range(value >= smallest && value <= largest);
    }

    private record Range(boolean holds) {
        void append(String otherwise, List<String> reasons) {
            if (!holds) {
                reasons.add(otherwise);
            }
        }
    }
}
