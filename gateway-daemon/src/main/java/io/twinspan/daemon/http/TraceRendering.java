package io.twinspan.daemon.http;

import static io.twinspan.daemon.http.TextTable.cell;

import io.twinspan.daemon.diagnosis.PacketTrace;
import io.twinspan.daemon.diagnosis.Passage;

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
        Passage passage = trace.passage();
        json.name("tunnel");
        if (passage == null || passage.tunnel() == 0) {
            json.nullValue();
        } else {
            json.value(passage.tunnel());
        }
        json.name("dataplane");
        if (passage == null) {
            json.nullValue();
        } else {
            json.beginObject()
                    .memberOrNull("drop", passage.drop())
                    .member("choice", passage.choice())
                    .member("flow", passage.flow())
                    .member("packets", passage.packets())
                    .member("fragmented", passage.fragmented())
                    .member("tellsSize", passage.tellsSize())
                    .memberOrNull("innerMtu", passage.innerMtuBytes())
                    .memberOrNull("mss", passage.mssBytes())
                    .memberOrNull("spiOut", passage.spiOut())
                    .memberOrNull("nextSequence", passage.nextSequence())
                    .member("drill", passage.drill())
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
