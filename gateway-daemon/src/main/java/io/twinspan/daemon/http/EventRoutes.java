package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.observe.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The journal, as far as it is kept, and on from there. */
final class EventRoutes implements RouteGroup {
    private final GatewayApi gateway;

    EventRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.stream("GET", "/v1/events", Role.VIEWER, (request, stream) -> {
            if (request.flag("follow")) {
                follow(request, stream);
            } else {
                past(request, stream);
            }
        }));
    }

    private void past(ApiRequest request, ApiStream stream) {
        var _ = gateway.eventsSince(after(request)).whenComplete((entries, bug) -> {
            if (bug != null) {
                stream.fail(bug);
            } else {
                stream.answer(
                        request.wantsText()
                                ? ApiResponse.text(EventText.of(entries, request.paint()), "")
                                : ApiResponse.json(EventsJson.of(entries), ""));
            }
        });
    }

    private void follow(ApiRequest request, ApiStream stream) {
        stream.begin(request.wantsText() ? ApiResponse.TEXT : ApiResponse.JSON_LINES, Map.of());
        Consumer<JournalEntry> follower = entry ->
                stream.send(request.wantsText() ? EventText.line(entry, request.paint()) : EventsJson.line(entry));
        var _ = gateway.follow(after(request), follower).thenAccept(stream::onEnd);
    }

    /** Events after this number are wanted; 0 means all that are kept. */
    private static long after(ApiRequest request) {
        String text = request.parameter("after");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
