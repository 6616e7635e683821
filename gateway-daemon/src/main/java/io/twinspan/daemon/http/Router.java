package io.twinspan.daemon.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what a request asks for and holds it against the caller's role. Immutable. */
final class Router {
    private final Map<String, Map<String, Route>> methodsByPath = new HashMap<>();

    Router(List<RouteGroup> groups) {
        for (RouteGroup group : groups) {
            for (Route route : group.routes()) {
                Route other = methodsByPath
                        .computeIfAbsent(route.path(), _ -> new TreeMap<>())
                        .putIfAbsent(route.method(), route);
                if (other != null) {
                    throw new IllegalStateException("two routes for " + route.method() + " " + route.path());
                }
            }
        }
    }

    /** Every route. */
    List<Route> routes() {
        return methodsByPath.values().stream()
                .flatMap(methods -> methods.values().stream())
                .toList();
    }

    /** True where anybody may read what is asked for, and it tells nothing. */
    boolean isFile(String method, String target) {
        int query = target.indexOf('?');
        Route route = methodsByPath
                .getOrDefault(query < 0 ? target : target.substring(0, query), Map.of())
                .get(method);
        return route != null && route.isFile();
    }

    void serve(ApiRequest request, ApiStream stream) {
        Map<String, Route> methods = methodsByPath.getOrDefault(request.path(), Map.of());
        Route route = methods.get(request.method());
        if (methods.isEmpty()) {
            refuse(request, stream, 404, "no such path: " + request.path(), "GET /v1/openapi.yaml lists them");
        } else if (route == null) {
            // RFC 9110 section 15.5.6: with the methods that there are.
            stream.answer(ApiResponse.error(
                            405,
                            request.path() + " wants " + String.join(" or ", methods.keySet()),
                            "",
                            request.wantsText())
                    .with("Allow", String.join(", ", methods.keySet())));
        } else if (!route.open() && !request.caller().known()) {
            stream.answer(ApiResponse.error(
                            401,
                            "log in first",
                            "'twinspan dashboard' prints a link; programs send a token",
                            request.wantsText())
                    .with("WWW-Authenticate", "Bearer realm=\"twinspan\""));
        } else if (!route.open() && !request.caller().may(route.role())) {
            refuse(
                    request,
                    stream,
                    403,
                    "not permitted",
                    "this needs the role " + route.role().label() + "; yours is "
                            + request.caller().role().label());
        } else {
            serve(route, request, stream);
        }
    }

    /** A parameter that nobody reads is a slip: {@code tunel=1} would take a whole connection down. */
    private static void serve(Route route, ApiRequest request, ApiStream stream) {
        Optional<String> stray = route.isFile()
                ? Optional.empty()
                : request.parameters().keySet().stream()
                        .filter(name -> !route.parameters().contains(name) && !Route.DISPLAY.contains(name))
                        .findFirst();
        if (stray.isPresent()) {
            String known = String.join(", ", new TreeSet<>(route.parameters()));
            refuse(
                    request,
                    stream,
                    400,
                    "no parameter '" + stray.get() + "' of " + request.path(),
                    known.isEmpty() ? "it has none" : "it has " + known);
            return;
        }
        route.serving().accept(request, stream);
    }

    private static void refuse(ApiRequest request, ApiStream stream, int status, String message, String hint) {
        stream.answer(ApiResponse.error(status, message, hint, request.wantsText()));
    }
}
