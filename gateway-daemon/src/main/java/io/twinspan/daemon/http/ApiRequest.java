package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as the routes see it.
 *
 * @param method HTTP method
 * @param path without the query
 * @param parameters of the query
 * @param body what came with it, as UTF-8
 * @param wantsText true where the client asks for text/plain
 * @param caller who asks
 * @param headers the few that routes look at, by their names in lower case
 * @param visit how it came
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, String> parameters,
        String body,
        boolean wantsText,
        Caller caller,
        Map<String, String> headers,
        Visit visit) {
    /** Parameters read from one query. */
    static final int MAX_PARAMETERS = 16;

    private static final List<String> HEADERS = List.of("accept", "last-event-id", "if-none-match");

    public ApiRequest {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** A request without headers that a route would look at. */
    public ApiRequest(
            String method, String path, Map<String, String> parameters, String body, boolean wantsText, Caller caller) {
        this(method, path, parameters, body, wantsText, caller, Map.of(), Visit.UNIX);
    }

    /** The same request, once it is known who sent it. */
    ApiRequest from(Caller other) {
        return new ApiRequest(method, path, parameters, body, wantsText, other, headers, visit);
    }

    /**
     * Reads the request line, the body and the Accept header.
     *
     * @throws IllegalArgumentException with a sentence for the client where the query is no query, or names something twice
     */
    static ApiRequest of(FullHttpRequest request, Visit visit) {
        QueryStringDecoder decoder = QueryStringDecoder.builder()
                .maxParams(MAX_PARAMETERS)
                .semicolonIsNormalChar(true)
                .build(request.uri());
        Map<String, String> parameters = new HashMap<>();
        for (Map.Entry<String, List<String>> parameter : decoder.parameters().entrySet()) {
            if (parameter.getValue().size() > 1) {
                throw new IllegalArgumentException("the query has '" + parameter.getKey() + "' twice");
            }
            parameters.put(parameter.getKey(), parameter.getValue().getFirst());
        }
        String accept = request.headers().get(HttpHeaderNames.ACCEPT, "");
        return new ApiRequest(
                request.method().name(),
                decoder.path(),
                parameters,
                request.content().toString(UTF_8),
                accept.startsWith("text/plain"),
                Caller.ANONYMOUS,
                headersOf(request),
                visit);
    }

    private static Map<String, String> headersOf(FullHttpRequest request) {
        Map<String, String> found = new HashMap<>();
        for (String name : HEADERS) {
            String value = request.headers().get(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    /** A header; empty where there is none. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** A parameter of the query; empty where there is none. */
    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** True where the query has it, though it may be empty. */
    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** True for {@code ?name}, {@code ?name=1} and {@code ?name=true}. */
    public boolean flag(String name) {
        String value = parameters.get(name);
        return value != null && (value.isEmpty() || value.equals("1") || value.equals("true"));
    }

    Paint paint() {
        return flag("color") ? Paint.ANSI : Paint.PLAIN;
    }
}
