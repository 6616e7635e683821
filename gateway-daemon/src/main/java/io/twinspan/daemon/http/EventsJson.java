package io.twinspan.daemon.http;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.PlainText;
import java.util.List;

/** {@code twinspan.events/1}: the journal, as one document or as one object a line. */
final class EventsJson {
    static final String SCHEMA = "twinspan.events/1";

    private EventsJson() {}

    static String of(List<JournalEntry> entries) {
        JsonWriter json = new JsonWriter();
        json.beginObject().member("schema", SCHEMA).name("events").beginArray();
        entries.forEach(entry -> {
            json.beginObject();
            members(json, entry);
            json.endObject();
        });
        return json.endArray().endObject() + "\n";
    }

    /** One entry for a stream of lines; every line names the schema. */
    static String line(JournalEntry entry) {
        JsonWriter json = new JsonWriter().beginObject().member("schema", SCHEMA);
        members(json, entry);
        return json.endObject() + "\n";
    }

    private static void members(JsonWriter json, JournalEntry entry) {
        GatewayEvent event = entry.event();
        json.member("sequence", entry.sequence())
                .member("time", entry.time())
                .member("severity", event.severity().label())
                .member("event", event.type())
                .member("connection", event.connection())
                .member("tunnel", event.tunnel())
                .member("message", PlainText.of(event.message()));
        json.name("fields").beginObject();
        event.fields().forEach((name, value) -> json.member(name, PlainText.of(value)));
        json.endObject();
    }
}
