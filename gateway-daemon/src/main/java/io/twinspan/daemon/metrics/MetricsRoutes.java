package io.twinspan.daemon.metrics;

import io.twinspan.daemon.http.ApiRequest;
import io.twinspan.daemon.http.ApiResponse;
import io.twinspan.daemon.http.Role;
import io.twinspan.daemon.http.Route;
import io.twinspan.daemon.http.RouteGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** {@code GET /metrics}, for a scraper. */
public final class MetricsRoutes implements RouteGroup {
    /** Where scrapers look by themselves. */
    public static final String PATH = "/metrics";

    private final GatewayMetrics metrics;

    /** Shows these meters. */
    public MetricsRoutes(GatewayMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(PATH, Role.VIEWER, this::scrape));
    }

    private CompletableFuture<ApiResponse> scrape(ApiRequest request) {
        Exposition format = Exposition.of(request.header("accept"));
        return metrics.scrape(format).thenApply(text -> new ApiResponse(200, format.contentType(), text, ""));
    }
}
