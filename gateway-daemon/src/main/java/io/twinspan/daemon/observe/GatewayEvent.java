package io.twinspan.daemon.observe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that happened, before the journal gives it a number and a time.
 *
 * @param severity how much attention it deserves
 * @param type dotted name for machines, for example {@code tunnel.up}
 * @param connection name of the connection; empty for the gateway itself
 * @param tunnel number of the tunnel; 0 for the connection or the gateway
 * @param message a sentence for people
 * @param fields further facts by name, in display order
 */
public record GatewayEvent(
        Severity severity, String type, String connection, int tunnel, String message, Map<String, String> fields) {
    public GatewayEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** An event without further facts. */
    public static GatewayEvent of(Severity severity, String type, String connection, int tunnel, String message) {
        return new GatewayEvent(severity, type, connection, tunnel, message, Map.of());
    }

    /** The same event with one more fact. */
    public GatewayEvent with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, String.valueOf(value));
        return new GatewayEvent(severity, type, connection, tunnel, message, more);
    }
}
