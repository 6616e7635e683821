package io.twinspan.daemon.observe;

import java.util.Map;

/** One event as one line of {@code key=value} pairs, for people and for log shippers. */
public final class Logfmt {
    private Logfmt() {}

    /** The event without its time, which the log framework adds. */
    public static String line(GatewayEvent event) {
        StringBuilder out = new StringBuilder(160);
        append(out, "event", event.type());
        if (!event.connection().isEmpty()) {
            append(out, "connection", event.connection());
        }
        if (event.tunnel() != 0) {
            append(out, "tunnel", Integer.toString(event.tunnel()));
        }
        append(out, "msg", event.message());
        for (Map.Entry<String, String> field : event.fields().entrySet()) {
            append(out, field.getKey(), field.getValue());
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String key, String value) {
        if (!out.isEmpty()) {
            out.append(' ');
        }
        String plain = PlainText.of(value);
        out.append(key).append('=');
        if (!plain.isEmpty() && plain.chars().noneMatch(c -> c == ' ' || c == '"' || c == '=' || c == '\\')) {
            out.append(plain);
            return;
        }
        out.append('"')
                .append(plain.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
