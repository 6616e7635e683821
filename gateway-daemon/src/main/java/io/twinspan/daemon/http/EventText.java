package io.twinspan.daemon.http;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.PlainText;
import java.util.List;
import java.util.stream.Collectors;

/** The journal for terminals, one event a line. */
final class EventText {
    private static final int DAY_LENGTH = "2026-11-23T".length();
    private static final int TIME_LENGTH = "03:00:00".length();

    private EventText() {}

    static String of(List<JournalEntry> entries, Paint paint) {
        return entries.stream().map(entry -> line(entry, paint)).collect(Collectors.joining());
    }

    static String line(JournalEntry entry, Paint paint) {
        StringBuilder out = head(JsonWriter.timestamp(entry.time()), entry.event(), paint);
        entry.event()
                .fields()
                .forEach((name, value) ->
                        out.append("  ").append(name).append('=').append(PlainText.of(value)));
        return out.append('\n').toString();
    }

    /** The same without the day and the fields, for a narrow screen. */
    static String brief(JournalEntry entry, Paint paint) {
        String time = JsonWriter.timestamp(entry.time()).substring(DAY_LENGTH, DAY_LENGTH + TIME_LENGTH);
        return head(time, entry.event(), paint).append('\n').toString();
    }

    private static StringBuilder head(String time, GatewayEvent event, Paint paint) {
        String subject = event.connection().isEmpty()
                ? "gateway"
                : event.connection() + (event.tunnel() == 0 ? "" : "/" + event.tunnel());
        return new StringBuilder(time)
                .append("  ")
                .append(paint.of(event.severity(), pad(event.severity().label(), 5)))
                .append("  ")
                .append(pad(subject, 10))
                .append("  ")
                .append(pad(event.type(), 20))
                .append("  ")
                .append(PlainText.of(event.message()));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
