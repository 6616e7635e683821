package io.twinspan.daemon.http;

import io.twinspan.daemon.control.ConnectionHistory;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.history.HistoryColumns;
import io.twinspan.daemon.history.HistoryRange;
import io.twinspan.daemon.history.Series;
import io.twinspan.daemon.observe.JournalEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** One picture of everything that moves, for {@code twinspan top}. */
final class TopRoutes implements RouteGroup {
    private static final int EVENTS = 12;

    private final GatewayApi gateway;

    TopRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/v1/top", Role.VIEWER, this::top).taking("connection"));
    }

    private CompletableFuture<ApiResponse> top(ApiRequest request) {
        return gateway.status().thenCompose(whole -> {
            String wanted = request.parameter("connection");
            GatewayStatus status = whole.only(wanted);
            if (status.connections().isEmpty()) {
                return CompletableFuture.completedFuture(
                        ApiResponse.error(404, whole.unknown(wanted), "", request.wantsText()));
            }
            String name = status.connections().getFirst().name();
            CompletableFuture<Optional<ConnectionHistory>> past = gateway.history(name, HistoryRange.FIVE_MINUTES);
            return gateway.samples()
                    .thenCombine(
                            past,
                            (samples, history) -> StatusText.of(
                                            status, new Rates(samples), request.flag("wide"), request.paint())
                                    + "\n" + history.map(TopRoutes::charts).orElse(""))
                    .thenCombine(gateway.eventsSince(0), (text, events) -> text + "\n" + last(request, events))
                    .thenApply(text -> ApiResponse.text(text, status.worst().label()));
        });
    }

    private static String charts(ConnectionHistory history) {
        StringBuilder out = new StringBuilder("last minute of ")
                .append(history.connection())
                .append(", and the most of it\n");
        for (Map.Entry<Integer, HistoryColumns> tunnel : history.tunnels().entrySet()) {
            line(out, tunnel, "in ", Series.BYTES_IN);
            line(out, tunnel, "out", Series.BYTES_OUT);
            line(out, tunnel, "rtt", Series.MEDIAN_MICROS);
        }
        return out.toString();
    }

    private static void line(StringBuilder out, Map.Entry<Integer, HistoryColumns> tunnel, String name, Series series) {
        float[] values = tunnel.getValue().column(series);
        float most = 0;
        for (int i = Math.max(0, values.length - Sparkline.WIDTH); i < values.length; i++) {
            most = Float.isNaN(values[i]) ? most : Math.max(most, values[i]);
        }
        out.append("  ")
                .append(tunnel.getKey())
                .append(' ')
                .append(name)
                .append("  ")
                .append(Sparkline.of(values));
        out.append("  ");
        out.append(
                series == Series.MEDIAN_MICROS
                        ? String.format(java.util.Locale.ROOT, "%.1f ms", most / 1_000)
                        : Quantity.bitRate(Math.round(most * 8.0)));
        out.append('\n');
    }

    /** The newest first: where the screen ends is the place for the oldest. */
    private static String last(ApiRequest request, List<JournalEntry> events) {
        return events.reversed().stream()
                .limit(EVENTS)
                .map(entry -> EventText.brief(entry, request.paint()))
                .collect(Collectors.joining());
    }
}
