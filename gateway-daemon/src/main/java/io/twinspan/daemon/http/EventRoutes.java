package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.observe.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The journal, as far as it is kept, and on from there. */
final class EventRoutes implements RouteGroup {
    private final GatewayApi gateway;

    EventRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.stream("GET", "/v1/events", Role.VIEWER, this::events));
    }

    private void events(ApiRequest request, ApiStream stream) {
        EventFilter filter;
        try {
            filter = EventFilter.of(request, Instant.now());
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        if (request.flag("follow")) {
            follow(request, filter, stream);
        } else {
            past(request, filter, stream);
        }
    }

    private void past(ApiRequest request, EventFilter filter, ApiStream stream) {
        var _ = gateway.eventsSince(after(request)).whenComplete((entries, bug) -> {
            if (bug != null) {
                stream.fail(bug);
            } else {
                stream.answer(show(request, entries.stream().filter(filter).toList()));
            }
        });
    }

    private static ApiResponse show(ApiRequest request, List<JournalEntry> entries) {
        if (request.wantsText()) {
            return ApiResponse.text(EventText.of(entries, request.paint()), "");
        }
        return request.flag("lines")
                ? new ApiResponse(
                        200,
                        ApiResponse.JSON_LINES,
                        entries.stream().map(EventsJson::line).collect(Collectors.joining()),
                        "")
                : ApiResponse.json(EventsJson.of(entries), "");
    }

    private void follow(ApiRequest request, EventFilter filter, ApiStream stream) {
        stream.begin(request.wantsText() ? ApiResponse.TEXT : ApiResponse.JSON_LINES, Map.of());
        Consumer<JournalEntry> follower = entry -> {
            if (filter.test(entry)) {
                stream.send(request.wantsText() ? EventText.line(entry, request.paint()) : EventsJson.line(entry));
            }
        };
        var _ = gateway.follow(after(request), follower).thenAccept(stream::onEnd);
    }

    /** Events after this number are wanted; 0 means all that are kept. */
    private static long after(ApiRequest request) {
        String text = request.parameter("after");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
