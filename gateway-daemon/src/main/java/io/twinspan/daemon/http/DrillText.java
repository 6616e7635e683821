package io.twinspan.daemon.http;

import io.twinspan.daemon.control.DrillOverview;
import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillMove;
import io.twinspan.daemon.drill.DrillPlan;
import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillTimes;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.drill.TrafficResult;
import io.twinspan.daemon.observe.PlainText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Drills for terminals. */
final class DrillText {
    private static final int SHOWN_RECORDS = 20;

    private DrillText() {}

    /** What is going to happen. */
    static String opening(DrillPlan plan) {
        if (plan.order().scenario() instanceof DrillScenario.DaemonRestart) {
            return "restarting the daemon once the probes are answered; its next process goes on with the drill\n";
        }
        return plan.order().scenario().deed(plan.tunnel()) + " for "
                + DrillTimes.show(plan.order().durationNanos())
                + " (own packets only, no firewall change)\n";
    }

    /** A line of the timeline, as it comes. */
    static String line(DrillMoment moment) {
        return "  " + DrillTimes.offset(moment.atNanos()) + "  " + PlainText.of(moment.text()) + "\n";
    }

    /** The last lines of a drill: what was measured, and the verdict. */
    static String summary(DrillReport report) {
        StringBuilder out = new StringBuilder();
        flow(out, "", report.flow());
        flow(out, "target " + report.order().target() + ": ", report.targetFlow());
        for (DrillMove move : report.moves()) {
            out.append("traffic moved ")
                    .append(move.from())
                    .append(" -> ")
                    .append(move.to())
                    .append(" (")
                    .append(move.cause())
                    .append("): decided after ")
                    .append(DrillTimes.show(move.decidedNanos()))
                    .append(", switched in ")
                    .append(DrillTimes.show(move.switchedNanos() - move.decidedNanos()))
                    .append('\n');
        }
        out.append(traffic(report.traffic())).append('\n');
        out.append(tcp(report)).append('\n');
        out.append(
                        report.verdict() == DrillVerdict.PASSED
                                ? "PASS"
                                : report.verdict().name())
                .append(" (limit ")
                .append(DrillTimes.show(report.order().limitNanos()))
                .append(')');
        if (!report.reason().isEmpty()) {
            out.append(": ").append(PlainText.of(report.reason()));
        }
        return out.append('\n').toString();
    }

    private static void flow(StringBuilder out, String name, @Nullable FlowResult flow) {
        if (flow != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "%soutage out %s, in %s, lost %d of %d probes, %d reordered, %d duplicated, round trip %s\n",
                    name,
                    DrillTimes.show(flow.outageOutNanos()),
                    DrillTimes.show(flow.outageInNanos()),
                    flow.lost(),
                    flow.sent(),
                    flow.reordered(),
                    flow.duplicated(),
                    DrillTimes.show(flow.roundTripNanos())));
        }
    }

    static String traffic(TrafficResult traffic) {
        TrafficResult.Phase during = traffic.during();
        if (!during.isCounted()) {
            return uncounted(traffic);
        }
        return "users' packets during the fault: in " + during.in1() + " + " + during.in2() + ", out " + during.out1()
                + " + " + during.out2() + " (tunnel 1 + 2), " + gap(traffic);
    }

    /** Counters begin at zero with a process: how many packets were lost between two of them, no counter knows. */
    private static String uncounted(TrafficResult traffic) {
        TrafficResult.Phase before = traffic.before();
        TrafficResult.Phase after = traffic.after();
        return "users' packets: in " + (before.in1() + before.in2()) + ", out " + (before.out1() + before.out2())
                + " in the " + DrillTimes.show(before.nanos()) + " before; in " + (after.in1() + after.in2()) + ", out "
                + (after.out1() + after.out2()) + " in the " + DrillTimes.show(after.nanos())
                + " after, with those that had waited; how many were lost in between was not counted, "
                + gap(traffic);
    }

    private static String gap(TrafficResult traffic) {
        return traffic.longestGapInNanos() == TrafficResult.UNKNOWN
                ? "no steady traffic to see gaps in"
                : "longest gap in " + DrillTimes.show(traffic.longestGapInNanos());
    }

    static String tcp(DrillReport report) {
        if (report.connections().before() == 0) {
            return "TCP connections survived: the host's connection tracking knew of none";
        }
        return report.connections().isKnown()
                ? "TCP connections survived: " + report.connections().survived() + " of "
                        + report.connections().before()
                : "TCP connections survived: not known (the host shows no connection tracking)";
    }

    /** The whole report. */
    static String of(DrillReport report) {
        StringBuilder out = new StringBuilder("drill ")
                .append(report.id())
                .append("  ")
                .append(report.order().scenario().text())
                .append(" on ")
                .append(report.order().connection())
                .append('/')
                .append(report.tunnel())
                .append("  ")
                .append(JsonWriter.timestamp(report.startedAt()))
                .append('\n');
        report.timeline().forEach(moment -> out.append(line(moment)));
        return out.append(summary(report)).toString();
    }

    /** What there is, what runs, and what was. */
    static String of(DrillOverview overview) {
        StringBuilder out = new StringBuilder();
        for (DrillScenario scenario : DrillCatalogue.ALL) {
            boolean refused = scenario instanceof DrillScenario.DaemonRestart
                    && !overview.noRestart().isEmpty();
            out.append(String.format(
                    Locale.ROOT,
                    "%-18s %s%s%n",
                    scenario.name(),
                    scenario.purpose(),
                    refused ? " (refused here: " + overview.noRestart() + ")" : ""));
        }
        out.append('\n').append(overview.running().isEmpty() ? "no drill runs" : "running: " + overview.running());
        out.append('\n');
        List<DrillRecord> records = overview.records();
        records.stream().limit(SHOWN_RECORDS).forEach(record -> record(out, record));
        if (records.size() > SHOWN_RECORDS) {
            out.append("... and ").append(records.size() - SHOWN_RECORDS).append(" older ones\n");
        }
        return out.toString();
    }

    private static void record(StringBuilder out, DrillRecord record) {
        out.append(String.format(
                Locale.ROOT,
                "%-16s %-7s %-18s %-10s out %s, in %s, limit %s%s%n",
                record.id(),
                record.verdict().label(),
                record.scenario(),
                record.connection() + "/" + record.tunnel(),
                DrillTimes.show(record.outageOutNanos()),
                DrillTimes.show(record.outageInNanos()),
                DrillTimes.show(record.limitNanos()),
                record.reason().isEmpty() ? "" : "  " + PlainText.of(record.reason())));
    }
}
