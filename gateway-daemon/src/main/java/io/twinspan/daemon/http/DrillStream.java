package io.twinspan.daemon.http;

import io.twinspan.daemon.control.DrillFollower;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillReport;

/** Tells a client how its drill goes on, a line for each moment, and then ends the connection. Called on the control loop. */
final class DrillStream implements DrillFollower {
    private final ApiStream stream;
    private final boolean asText;

    DrillStream(ApiStream stream, boolean asText) {
        this.stream = stream;
        this.asText = asText;
    }

    @Override
    public void happened(DrillMoment moment) {
        stream.send(asText ? DrillText.line(moment) : DrillJson.line(moment));
    }

    @Override
    public void finished(DrillReport report, String where) {
        String place =
                where.isEmpty() ? "" : "report: " + where + "/drill-" + report.id() + ".html (.json, .junit.xml)\n";
        stream.send(asText ? DrillText.summary(report) + place : DrillJson.of(report));
        stream.end();
    }
}
