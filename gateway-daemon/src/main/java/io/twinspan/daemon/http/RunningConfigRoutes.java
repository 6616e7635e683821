package io.twinspan.daemon.http;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.render.EffectiveConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The configuration as it runs, defaults included; where keys come from is in it, keys are not. */
public final class RunningConfigRoutes implements RouteGroup {
    static final String SCHEMA = "twinspan.config/1";

    private final Supplier<CompletableFuture<GatewayConfig>> running;

    /** @param running asked at each request */
    public RunningConfigRoutes(Supplier<CompletableFuture<GatewayConfig>> running) {
        this.running = running;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/v1/config",
                Role.VIEWER,
                request -> running.get().thenApply(config -> show(request, EffectiveConfig.render(config)))));
    }

    private static ApiResponse show(ApiRequest request, String yaml) {
        return request.wantsText()
                ? ApiResponse.text(yaml, "")
                : ApiResponse.json(
                        new JsonWriter()
                                        .beginObject()
                                        .member("schema", SCHEMA)
                                        .member("yaml", yaml)
                                        .endObject()
                                        .toString()
                                + "\n",
                        "");
    }
}
