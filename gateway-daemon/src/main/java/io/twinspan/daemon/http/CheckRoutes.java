package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The state for monitoring systems. */
final class CheckRoutes implements RouteGroup {
    private static final String SCHEMA = "twinspan.check/1";

    private final GatewayApi gateway;

    CheckRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/v1/check", Role.VIEWER, this::check).taking("connection", "warn", "crit"));
    }

    private CompletableFuture<ApiResponse> check(ApiRequest request) {
        CheckLimits warn;
        CheckLimits critical;
        try {
            warn = CheckLimits.parse(request.parameter("warn"));
            critical = CheckLimits.parse(request.parameter("crit"));
        } catch (IllegalArgumentException e) {
            return TargetQuery.error(request, String.valueOf(e.getMessage()), "");
        }
        return gateway.status().thenApply(whole -> judge(request, whole, warn, critical));
    }

    private static ApiResponse judge(ApiRequest request, GatewayStatus whole, CheckLimits warn, CheckLimits critical) {
        String wanted = request.parameter("connection");
        GatewayStatus status = whole.only(wanted);
        if (!wanted.isEmpty() && status.connections().isEmpty()) {
            return ApiResponse.error(404, whole.unknown(wanted), "", request.wantsText());
        }
        CheckVerdict verdict = CheckVerdict.of(status, warn, critical);
        String state = verdict.level().label();
        return request.wantsText()
                ? ApiResponse.text(verdict.line(), state)
                : ApiResponse.json(
                        new JsonWriter()
                                        .beginObject()
                                        .member("schema", SCHEMA)
                                        .member("status", state)
                                        .member("message", verdict.message())
                                        .member("figures", verdict.figures())
                                        .endObject()
                                + "\n",
                        state);
    }
}
