package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.observe.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return List.of(Route.stream("GET", "/v1/events", Role.VIEWER, this::events)
                .taking("after", "follow", "connection", "tunnel", "since", "type", "severity"));
    }

    private void events(ApiRequest request, ApiStream stream) {
        EventFilter filter;
        long after;
        try {
            filter = EventFilter.of(request, Instant.now());
            after = TargetQuery.after(request);
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        var _ = gateway.status()
                .thenCombine(gateway.eventsSince(after), (status, entries) -> {
                    List<JournalEntry> found = entries.stream().filter(filter).toList();
                    // What is gone by now may have left entries.
                    Optional<String> absent = found.isEmpty()
                            ? TargetQuery.absent(status, filter.connection(), filter.tunnel())
                            : Optional.empty();
                    if (absent.isPresent()) {
                        stream.answer(ApiResponse.error(404, absent.get(), "", request.wantsText()));
                    } else if (request.flag("follow")) {
                        follow(request, after, filter, stream);
                    } else {
                        stream.answer(show(request, found));
                    }
                    return found;
                })
                .whenComplete((_, bug) -> {
                    if (bug != null) {
                        stream.fail(bug);
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

    private void follow(ApiRequest request, long after, EventFilter filter, ApiStream stream) {
        stream.begin(request.wantsText() ? ApiResponse.TEXT : ApiResponse.JSON_LINES, Map.of());
        Consumer<JournalEntry> follower = entry -> {
            if (filter.test(entry)) {
                stream.send(request.wantsText() ? EventText.line(entry, request.paint()) : EventsJson.line(entry));
            }
        };
        var _ = gateway.follow(after, follower).thenAccept(stream::onEnd);
    }
}
