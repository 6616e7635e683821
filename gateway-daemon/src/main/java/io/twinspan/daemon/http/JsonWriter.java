package io.twinspan.daemon.http;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value (RFC 8259) into a string. The caller opens and closes in the right order; nesting mistakes are
 * caught by {@link #toString}.
 */
final class JsonWriter {
    private static final double ONE_DECIMAL_BELOW = 1_000;

    private final StringBuilder out = new StringBuilder(2_048);
    private int depth;
    private boolean first = true;

    JsonWriter beginObject() {
        return begin('{');
    }

    JsonWriter endObject() {
        return end('}');
    }

    JsonWriter beginArray() {
        return begin('[');
    }

    JsonWriter endArray() {
        return end(']');
    }

    /** Starts a member of the open object. */
    JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(':');
        first = true;
        return this;
    }

    JsonWriter value(String value) {
        separate();
        quote(value);
        return this;
    }

    JsonWriter value(long value) {
        separate();
        out.append(value);
        return this;
    }

    /** A finite number to one decimal, none where it is whole or large. */
    JsonWriter value(double value) {
        double rounded = Math.abs(value) < ONE_DECIMAL_BELOW ? Math.round(value * 10) / 10.0 : Math.rint(value);
        if (rounded == Math.rint(rounded)) {
            return value((long) rounded);
        }
        separate();
        out.append(rounded);
        return this;
    }

    JsonWriter value(boolean value) {
        separate();
        out.append(value);
        return this;
    }

    JsonWriter nullValue() {
        separate();
        out.append("null");
        return this;
    }

    JsonWriter member(String name, String value) {
        return name(name).value(value);
    }

    /** A member that is null where the text is empty. */
    JsonWriter memberOrNull(String name, String value) {
        return value.isEmpty() ? name(name).nullValue() : name(name).value(value);
    }

    /** A member that is null where the number is 0. */
    JsonWriter memberOrNull(String name, long value) {
        return value == 0 ? name(name).nullValue() : name(name).value(value);
    }

    JsonWriter member(String name, long value) {
        return name(name).value(value);
    }

    JsonWriter member(String name, boolean value) {
        return name(name).value(value);
    }

    /** An instant as RFC 3339 in UTC with milliseconds. */
    JsonWriter memberOrNull(String name, @Nullable Instant value) {
        return value == null ? name(name).nullValue() : member(name, value);
    }

    JsonWriter member(String name, Instant value) {
        return name(name).value(timestamp(value));
    }

    JsonWriter members(String name, Map<String, Long> values) {
        name(name).beginObject();
        values.forEach(this::member);
        return endObject();
    }

    /** RFC 3339 in UTC, to the millisecond. */
    static String timestamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    @Override
    public String toString() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " JSON values are still open");
        }
        return out.toString();
    }

    private JsonWriter begin(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter end(char bracket) {
        out.append(bracket);
        depth--;
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
                out.append("\\u");
                String hex = Integer.toHexString(c);
                out.repeat("0", 4 - hex.length()).append(hex);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
