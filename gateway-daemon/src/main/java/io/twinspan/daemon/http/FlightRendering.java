package io.twinspan.daemon.http;

import io.twinspan.daemon.control.FlightRecord;
import io.twinspan.daemon.control.PathSample;
import io.twinspan.daemon.control.SwitchRecord;
import io.twinspan.daemon.control.SwitchTimes;
import io.twinspan.daemon.observe.PlainText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A record of the flight recorder as files: {@code twinspan.failover/1} JSON, samples as CSV, packet headers as pcapng. */
public final class FlightRendering {
    static final String SCHEMA = "twinspan.failover/1";

    private FlightRendering() {}

    /** The files by name. */
    public static Map<String, byte[]> files(FlightRecord record) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("failover.json", failover(record).getBytes(StandardCharsets.UTF_8));
        files.put("events.json", EventsJson.of(record.events()).getBytes(StandardCharsets.UTF_8));
        files.put("samples.csv", samples(record).getBytes(StandardCharsets.UTF_8));
        files.put("packets.pcapng", record.pcapng());
        return files;
    }

    private static String failover(FlightRecord record) {
        SwitchRecord move = record.move();
        SwitchTimes times = move.times();
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("schema", SCHEMA)
                .member("connection", record.connection())
                .member("from", move.from())
                .member("to", move.to())
                .member("cause", move.cause())
                .member("reason", PlainText.of(move.reason()))
                .member("switchMicroseconds", move.tookNanos() / 1_000)
                .memberOrNull("lastGood", times.lastGood())
                .memberOrNull("firstSuspicion", times.suspected())
                .member("verdict", times.verdict())
                .member("switched", times.switched())
                .memberOrNull("firstPacket", times.firstForwarded());
        return json.endObject() + "\n";
    }

    private static String samples(FlightRecord record) {
        StringBuilder csv = new StringBuilder("time,tunnel,carrying,state,packets_in,bytes_in,packets_out,bytes_out,"
                + "esp_authenticated,esp_missing\n");
        for (PathSample sample : record.samples()) {
            csv.append(record.clock().wallTimeOf(sample.atNanos()))
                    .append(',')
                    .append(sample.tunnel())
                    .append(',')
                    .append(sample.carrying())
                    .append(',')
                    .append(sample.state().label())
                    .append(',')
                    .append(sample.packetsIn())
                    .append(',')
                    .append(sample.bytesIn())
                    .append(',')
                    .append(sample.packetsOut())
                    .append(',')
                    .append(sample.bytesOut())
                    .append(',')
                    .append(sample.authenticated())
                    .append(',')
                    .append(sample.missing())
                    .append('\n');
        }
        return csv.toString();
    }
}
