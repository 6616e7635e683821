package io.twinspan.daemon.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.PlainText;
import io.twinspan.daemon.observe.Severity;
import java.util.Locale;
import java.util.UUID;

/**
 * An event in the journal's native form: one field a line, systemd.journal-fields(7). Each type of event has one MESSAGE_ID for
 * ever, made of its name, so that {@code journalctl MESSAGE_ID=...} finds it in any version.
 */
final class JournalMessage {
    private static final int MAX_FIELD_NAME = 64;

    private JournalMessage() {}

    /** The datagram for an event. Values are plain text of one line, so no field needs the journal's binary form. */
    static byte[] of(GatewayEvent event) {
        StringBuilder out = new StringBuilder(512);
        append(out, "MESSAGE", text(event));
        append(out, "MESSAGE_ID", messageId(event.type()));
        append(out, "PRIORITY", Integer.toString(priority(event.severity())));
        append(out, "SYSLOG_IDENTIFIER", "twinspan");
        append(out, "TWINSPAN_EVENT", event.type());
        if (!event.connection().isEmpty()) {
            append(out, "TWINSPAN_CONNECTION", event.connection());
        }
        if (event.tunnel() != 0) {
            append(out, "TWINSPAN_TUNNEL", Integer.toString(event.tunnel()));
        }
        event.fields().forEach((name, value) -> append(out, fieldName(name), value));
        return out.toString().getBytes(UTF_8);
    }

    /** 128 bits in hexadecimal that are the type's name and nothing else, sd_journal_print(3) MESSAGE_ID. */
    static String messageId(String type) {
        UUID id = UUID.nameUUIDFromBytes(("io.twinspan.event:" + type).getBytes(UTF_8));
        return String.format(Locale.ROOT, "%016x%016x", id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static String text(GatewayEvent event) {
        String tunnel = event.tunnel() == 0 ? "" : "/" + event.tunnel();
        return event.connection().isEmpty() ? event.message() : event.connection() + tunnel + ": " + event.message();
    }

    /** Field names are capitals, digits and underscores, and begin with neither digit nor underscore. */
    private static String fieldName(String name) {
        String field = "TWINSPAN_" + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return field.length() > MAX_FIELD_NAME ? field.substring(0, MAX_FIELD_NAME) : field;
    }

    /** syslog(3). */
    private static int priority(Severity severity) {
        return switch (severity) {
            case DEBUG -> 7;
            case INFO -> 6;
            case WARN -> 4;
            case ERROR -> 3;
        };
    }

    private static void append(StringBuilder out, String name, String value) {
        out.append(name).append('=').append(PlainText.of(value)).append('\n');
    }
}
