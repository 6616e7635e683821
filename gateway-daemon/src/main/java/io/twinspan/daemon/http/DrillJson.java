package io.twinspan.daemon.http;

import io.twinspan.daemon.control.DrillOverview;
import io.twinspan.daemon.drill.DrillCatalogue;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillMove;
import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.FlowBin;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.drill.TrafficResult;
import io.twinspan.daemon.observe.PlainText;
import org.jspecify.annotations.Nullable;

/** {@code twinspan.drill/1} and {@code twinspan.drills/1}. All times of a timeline are microseconds since the fault came. */
final class DrillJson {
    static final String SCHEMA = "twinspan.drill/1";
    static final String LIST_SCHEMA = "twinspan.drills/1";
    static final String NEWS_SCHEMA = "twinspan.drill-news/1";

    private static final long MICRO_NANOS = 1_000;

    private final JsonWriter json = new JsonWriter();

    private DrillJson() {}

    static String of(DrillReport report) {
        DrillJson out = new DrillJson();
        out.report(report);
        return out.json + "\n";
    }

    static String of(DrillOverview overview) {
        DrillJson out = new DrillJson();
        out.json.beginObject().member("schema", LIST_SCHEMA).memberOrNull("running", overview.running());
        out.json.memberOrNull("runningId", overview.runningId());
        out.json.name("scenarios").beginArray();
        for (DrillScenario scenario : DrillCatalogue.ALL) {
            out.json
                    .beginObject()
                    .member("name", scenario.name())
                    .member("purpose", scenario.purpose())
                    .member("limitMicroseconds", micros(scenario.usualLimitNanos()))
                    .memberOrNull(
                            "refused", scenario instanceof DrillScenario.DaemonRestart ? overview.noRestart() : "")
                    .endObject();
        }
        out.json.endArray().name("drills").beginArray();
        overview.records().forEach(out::record);
        out.json.endArray().endObject();
        return out.json + "\n";
    }

    /** One line of a drill under way. */
    static String line(DrillMoment moment) {
        DrillJson out = new DrillJson();
        out.json.beginObject().member("schema", NEWS_SCHEMA);
        out.moment(moment);
        return out.json.endObject() + "\n";
    }

    private void report(DrillReport report) {
        json.beginObject()
                .member("schema", SCHEMA)
                .member("id", report.id())
                .member("verdict", report.verdict().label())
                .memberOrNull("reason", PlainText.of(report.reason()))
                .member("started", report.startedAt())
                .member("version", report.environment().version())
                .member("host", PlainText.of(report.environment().host()))
                .member("system", PlainText.of(report.environment().system()))
                .member("connection", report.order().connection())
                .member("tunnel", report.tunnel())
                .member("scenario", report.order().scenario().text())
                .member("limitMicroseconds", micros(report.order().limitNanos()))
                .member("plannedMicroseconds", micros(report.order().durationNanos()))
                .member("faultMicroseconds", micros(report.faultNanos()))
                .member("probesPerSecond", report.order().probesPerSecond());
        flow("flow", report.flow());
        json.memberOrNull("target", report.order().target());
        flow("targetFlow", report.targetFlow());
        traffic(report.traffic());
        tcp(report);
        json.name("moves").beginArray();
        report.moves().forEach(this::move);
        json.endArray().name("timeline").beginArray();
        for (DrillMoment moment : report.timeline()) {
            json.beginObject();
            moment(moment);
            json.endObject();
        }
        json.endArray();
        bins(report);
        json.endObject();
    }

    private void flow(String name, @Nullable FlowResult flow) {
        json.name(name);
        if (flow == null) {
            json.nullValue();
            return;
        }
        json.beginObject()
                .member("sent", flow.sent())
                .member("answered", flow.answered())
                .member("lost", flow.lost())
                .member("reordered", flow.reordered())
                .member("duplicated", flow.duplicated())
                .member("outageOutMicroseconds", micros(flow.outageOutNanos()))
                .member("outageInMicroseconds", micros(flow.outageInNanos()))
                .member("roundTripMicroseconds", micros(flow.roundTripNanos()))
                .member("slowRoundTripMicroseconds", micros(flow.slowRoundTripNanos()))
                .endObject();
    }

    private void traffic(TrafficResult traffic) {
        json.name("traffic").beginObject();
        phase("before", traffic.before());
        phase("during", traffic.during());
        phase("after", traffic.after());
        json.name("longestGapInMicroseconds");
        if (traffic.longestGapInNanos() == TrafficResult.UNKNOWN) {
            json.nullValue();
        } else {
            json.value(micros(traffic.longestGapInNanos()));
        }
        json.endObject();
    }

    private void phase(String name, TrafficResult.Phase phase) {
        json.name(name).beginObject().member("microseconds", micros(phase.nanos()));
        count("in1", phase.in1());
        count("out1", phase.out1());
        count("in2", phase.in2());
        count("out2", phase.out2());
        json.endObject();
    }

    private void count(String name, long packets) {
        json.name(name);
        if (packets == TrafficResult.UNKNOWN) {
            json.nullValue();
        } else {
            json.value(packets);
        }
    }

    private void tcp(DrillReport report) {
        json.name("tcp");
        if (report.connections().isKnown()) {
            json.beginObject()
                    .member("before", report.connections().before())
                    .member("survived", report.connections().survived())
                    .endObject();
        } else {
            json.nullValue();
        }
    }

    private void move(DrillMove move) {
        json.beginObject()
                .member("from", move.from())
                .member("to", move.to())
                .member("cause", move.cause())
                .member("reason", PlainText.of(move.reason()));
        instant("suspectedMicroseconds", move.suspectedNanos());
        instant("decidedMicroseconds", move.decidedNanos());
        instant("switchedMicroseconds", move.switchedNanos());
        instant("firstOnNewMicroseconds", move.firstOnNewNanos());
        json.endObject();
    }

    private void instant(String name, long nanos) {
        json.name(name);
        if (nanos == DrillMove.UNKNOWN) {
            json.nullValue();
        } else {
            json.value(micros(nanos));
        }
    }

    private void moment(DrillMoment moment) {
        json.member("atMicroseconds", micros(moment.atNanos()))
                .member("tunnel", moment.tunnel())
                .member("text", PlainText.of(moment.text()));
    }

    private void bins(DrillReport report) {
        json.name("bins")
                .beginObject()
                .member("firstMicroseconds", micros(report.firstBinNanos()))
                .member("eachMicroseconds", micros(report.binNanos()))
                .name("probes")
                .beginArray();
        for (FlowBin bin : report.bins()) {
            json.beginObject()
                    .member("sent", bin.sent())
                    .member("lost", bin.lost())
                    .member("longestRoundTripMicroseconds", micros(bin.longestRoundTripNanos()))
                    .member("tunnel", bin.tunnel())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private void record(DrillRecord record) {
        json.beginObject()
                .member("id", record.id())
                .member("scenario", record.scenario())
                .member("connection", record.connection())
                .member("tunnel", record.tunnel())
                .member("started", record.startedAt())
                .member("verdict", record.verdict().label())
                .memberOrNull("reason", PlainText.of(record.reason()))
                .member("limitMicroseconds", micros(record.limitNanos()))
                .member("outageOutMicroseconds", micros(record.outageOutNanos()))
                .member("outageInMicroseconds", micros(record.outageInNanos()))
                .member("sent", record.sent())
                .member("lost", record.lost())
                .endObject();
    }

    private static long micros(long nanos) {
        return Math.floorDiv(nanos, MICRO_NANOS);
    }
}
