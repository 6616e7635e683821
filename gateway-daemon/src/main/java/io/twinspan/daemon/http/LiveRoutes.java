package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.history.HistoryRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What charts are drawn from: the past as one answer, the present as a stream of server-sent events. */
final class LiveRoutes implements RouteGroup {
    /** WHATWG HTML, section 9.2: the browser comes back by itself, this long after a stream broke. */
    private static final int RETRY_MILLIS = 1_000;

    private final GatewayApi gateway;
    private final LiveFeed feed;

    LiveRoutes(GatewayApi gateway) {
        this.gateway = gateway;
        this.feed = new LiveFeed(gateway);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/history", Role.VIEWER, this::history).taking("connection", "range"),
                Route.stream("GET", "/v1/stream", Role.VIEWER, this::stream).taking("connection", "after"));
    }

    private CompletableFuture<ApiResponse> history(ApiRequest request) {
        String wanted =
                request.parameter("range").isEmpty() ? HistoryRange.FIVE_MINUTES.label() : request.parameter("range");
        Optional<HistoryRange> range = HistoryRange.of(wanted);
        String connection = request.parameter("connection");
        if (range.isEmpty()) {
            return TargetQuery.error(request, "no range '" + wanted + "'", "5m, 1h or 24h");
        }
        return gateway.history(connection, range.get())
                .thenCombineAsync(
                        gateway.status(),
                        (found, status) -> found.map(history -> ApiResponse.json(HistoryJson.of(history), ""))
                                .orElseGet(() ->
                                        ApiResponse.error(404, status.unknown(connection), "", request.wantsText())));
    }

    private void stream(ApiRequest request, ApiStream stream) {
        long after;
        try {
            after = after(request);
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        stream.begin("text/event-stream", Map.of());
        stream.send("retry: " + RETRY_MILLIS + "\n\n" + ServerSentEvent.of("hello", hello(request.caller())));
        LiveFeed.Reader reader = new LiveFeed.Reader(stream, request.parameter("connection"));
        feed.add(reader);
        stream.onEnd(() -> feed.remove(reader));
        var _ = gateway.follow(after, entry -> {
                    stream.send(ServerSentEvent.of(entry.sequence(), "journal", EventsJson.line(entry)));
                    feed.hurry();
                })
                .thenAccept(stream::onEnd);
    }

    /** Who the reader is, so that a page can leave out what would be refused. */
    private static String hello(Caller caller) {
        return new JsonWriter()
                .beginObject()
                .member("schema", "twinspan.hello/1")
                .member("caller", caller.name())
                .member("role", caller.role().label())
                .endObject()
                .toString();
    }

    /**
     * A browser that comes back says what it saw last; that is newer than what the page asked for at first. It sends whatever
     * it was sent, so what is no number of ours is no mistake of the page's.
     */
    private static long after(ApiRequest request) {
        String seen = request.header("last-event-id");
        return seen.matches("[0-9]{1,18}") ? Long.parseLong(seen) : TargetQuery.after(request);
    }
}
