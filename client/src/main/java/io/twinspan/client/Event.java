package io.twinspan.client;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that happened.
 *
 * @param sequence rising; a gap means that entries were overwritten
 * @param time when
 * @param severity {@code debug}, {@code info}, {@code warn} or {@code error}
 * @param type dotted name, for example {@code tunnel.up}
 * @param connection empty for the gateway itself
 * @param tunnel 0 for the connection
 * @param message a sentence
 * @param fields further facts
 */
public record Event(
        long sequence,
        Instant time,
        String severity,
        String type,
        String connection,
        int tunnel,
        String message,
        Map<String, String> fields) {
    public Event {
        fields = Map.copyOf(fields);
    }

    static Event of(Json json) {
        return new Event(
                json.at("sequence").number(),
                Instant.parse(json.at("time").text()),
                json.at("severity").text(),
                json.at("event").text(),
                json.at("connection").text(),
                (int) json.at("tunnel").number(),
                json.at("message").text(),
                json.at("fields").members().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, field -> field.getValue().text())));
    }
}
