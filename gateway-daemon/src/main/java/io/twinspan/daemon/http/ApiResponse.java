package io.twinspan.daemon.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of the API.
 *
 * @param status HTTP status code
 * @param contentType with its character set
 * @param body text
 * @param state worst state of all connections for the {@value ApiServer#STATE_HEADER} header; empty for none
 * @param headers further ones
 */
public record ApiResponse(int status, String contentType, String body, String state, Map<String, String> headers) {
    static final String JSON = "application/json; charset=utf-8";
    static final String JSON_LINES = "application/x-ndjson; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String ERROR_SCHEMA = "twinspan.error/1";
    static final String OUTCOME_SCHEMA = "twinspan.outcome/1";

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    /** An answer without headers of its own. */
    public ApiResponse(int status, String contentType, String body, String state) {
        this(status, contentType, body, state, Map.of());
    }

    /** The same answer with one more header. */
    public ApiResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(status, contentType, body, state, more);
    }

    /** A document, with the worst state where it tells one. */
    public static ApiResponse json(String body, String state) {
        return new ApiResponse(200, JSON, body, state);
    }

    /** A text for people, with the worst state where it tells one. */
    public static ApiResponse text(String body, String state) {
        return new ApiResponse(200, TEXT, body, state);
    }

    /** What went wrong and what to do, as text or as {@code twinspan.error/1}. */
    public static ApiResponse error(int status, String message, String hint, boolean asText) {
        String body = asText
                ? message + (hint.isEmpty() ? "" : "\n" + hint) + "\n"
                : new JsonWriter()
                                .beginObject()
                                .member("schema", ERROR_SCHEMA)
                                .member("error", message)
                                .member("hint", hint)
                                .endObject()
                                .toString()
                        + "\n";
        return new ApiResponse(status, asText ? TEXT : JSON, body, "");
    }

    /** What was done, as text or as {@code twinspan.outcome/1}. */
    public static ApiResponse outcome(String message, boolean asText) {
        return asText
                ? text(message + "\n", "")
                : json(
                        new JsonWriter()
                                        .beginObject()
                                        .member("schema", OUTCOME_SCHEMA)
                                        .member("message", message)
                                        .endObject()
                                        .toString()
                                + "\n",
                        "");
    }
}
