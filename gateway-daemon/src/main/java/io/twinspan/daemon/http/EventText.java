package io.twinspan.daemon.http;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.PlainText;
import java.util.List;
import java.util.stream.Collectors;

/** The journal for terminals, one event a line. */
final class EventText {
    private EventText() {}

    static String of(List<JournalEntry> entries, Paint paint) {
        return entries.stream().map(entry -> line(entry, paint)).collect(Collectors.joining());
    }

    static String line(JournalEntry entry, Paint paint) {
        GatewayEvent event = entry.event();
        String subject = event.connection().isEmpty()
                ? "gateway"
                : event.connection() + (event.tunnel() == 0 ? "" : "/" + event.tunnel());
        StringBuilder out = new StringBuilder(JsonWriter.timestamp(entry.time()))
                .append("  ")
                .append(paint.of(event.severity(), pad(event.severity().label(), 5)))
                .append("  ")
                .append(pad(subject, 10))
                .append("  ")
                .append(pad(event.type(), 20))
                .append("  ")
                .append(PlainText.of(event.message()));
        event.fields()
                .forEach((name, value) ->
                        out.append("  ").append(name).append('=').append(PlainText.of(value)));
        return out.append('\n').toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
