package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.daemon.dataplane.PathForecast;
import io.twinspan.daemon.diagnosis.PacketTrace;
import java.util.Locale;

/** A trace as text, and as {@code twinspan.trace/1}. */
final class TraceRendering {
    static final String SCHEMA = "twinspan.trace/1";

    private TraceRendering() {}

    static String text(PacketTrace trace) {
        TextTable table = new TextTable();
        trace.steps().forEach(step -> table.row(cell(step.label()), cell(step.text())));
        return table.toString();
    }

    static String json(PacketTrace trace) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("schema", SCHEMA)
                .member("verdict", trace.verdict().label())
                .memberOrNull("connection", trace.connection());
        PathForecast forecast = trace.forecast();
        json.name("tunnel");
        if (forecast == null || forecast.tunnel() == 0) {
            json.nullValue();
        } else {
            json.value(forecast.tunnel());
        }
        json.name("dataplane");
        if (forecast == null) {
            json.nullValue();
        } else {
            json.beginObject()
                    .memberOrNull("drop", forecast.drop())
                    .member("choice", forecast.choice().name().toLowerCase(Locale.ROOT))
                    .member("flow", forecast.flow())
                    .member("packets", forecast.packets())
                    .member("fragmented", forecast.fragmented())
                    .member("tellsSize", forecast.tellsSize())
                    .memberOrNull("innerMtu", forecast.innerMtuBytes())
                    .memberOrNull("mss", forecast.mssBytes())
                    .memberOrNull(
                            "spiOut",
                            forecast.sa().inboundSpi() == 0
                                    ? ""
                                    : String.format(
                                            Locale.ROOT, "0x%08x", forecast.sa().outboundSpi()))
                    .memberOrNull("nextSequence", forecast.sa().nextSequence())
                    .member("drill", forecast.sa().drill())
                    .endObject();
        }
        json.name("steps").beginArray();
        trace.steps()
                .forEach(step -> json.beginObject()
                        .member("label", step.label())
                        .member("text", step.text())
                        .endObject());
        return json.endArray().endObject() + "\n";
    }
}
