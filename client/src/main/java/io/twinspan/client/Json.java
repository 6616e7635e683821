package io.twinspan.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of JSON (RFC 8259). Members and items that are not there read as empty: answers of newer and older gateways can both
 * be read.
 */
public final class Json {
    private static final Json NOTHING = new Json(null);

    private final @Nullable Object value;

    Json(@Nullable Object value) {
        this.value = value;
    }

    /**
     * Reads one value.
     *
     * @throws IllegalArgumentException where the text is no JSON
     */
    public static Json parse(String text) {
        return new JsonReader(text).read();
    }

    /** The member of this name; nothing where this is no object or has none. */
    public Json at(String name) {
        return value instanceof Map<?, ?> map && map.get(name) instanceof Json found ? found : NOTHING;
    }

    /** The items; none where this is no array. */
    public List<Json> items() {
        List<Json> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(it -> items.add((Json) it));
        }
        return items;
    }

    /** The members in their order; none where this is no object. */
    public Map<String, Json> members() {
        Map<String, Json> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put((String) name, (Json) member));
        }
        return members;
    }

    /** A text; empty where this is none. */
    public String text() {
        return value instanceof String text ? text : "";
    }

    /** A whole number; 0 where this is none. */
    public long number() {
        return value instanceof Number number ? number.longValue() : 0;
    }

    /** A number; 0 where this is none. */
    public double decimal() {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    /** True for {@code true} alone. */
    public boolean flag() {
        return Boolean.TRUE.equals(value);
    }

    /** True for {@code null} and for what is not there. */
    public boolean isNull() {
        return value == null;
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
