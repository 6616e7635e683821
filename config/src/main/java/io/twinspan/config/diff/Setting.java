package io.twinspan.config.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One row of {@link Settings}: a key of the file and what its change disturbs.
 *
 * @param component of the record that it comes from
 * @param key in the file, below the path of its section
 * @param value as the file would write it; a list has one element for each value
 * @param secret true where the value is never shown
 * @param disturbs what its change interrupts
 * @param <R> record that it belongs to
 */
record Setting<R>(String component, String key, Function<R, Object> value, boolean secret, Disturbance disturbs) {
    /** The change between two records; empty where there is none. */
    List<ConfigChange> between(R before, R after, String section, String connection, int tunnel) {
        Object old = value.apply(before);
        Object now = value.apply(after);
        if (old.equals(now)) {
            return List.of();
        }
        String path = section + "." + key;
        if (secret) {
            return List.of(
                    new ConfigChange(path, ConfigChange.Kind.CHANGED, "", "", "changed", disturbs, connection, tunnel));
        }
        return List.of(new ConfigChange(
                path,
                ConfigChange.Kind.CHANGED,
                old.toString(),
                now.toString(),
                text(old, now),
                disturbs,
                connection,
                tunnel));
    }

    private static String text(Object old, Object now) {
        if (old instanceof List<?> before && now instanceof List<?> after) {
            List<String> parts = new ArrayList<>();
            before.stream().filter(one -> !after.contains(one)).forEach(one -> parts.add("-" + one));
            after.stream().filter(one -> !before.contains(one)).forEach(one -> parts.add("+" + one));
            // The first of a list is the one that is wanted most: order is a value.
            return parts.isEmpty() ? before + " -> " + after : String.join(" ", parts);
        }
        return old + " -> " + now;
    }
}
