package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelTarget;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Orders to tunnels. */
final class OrderRoutes implements RouteGroup {
    /** In place of a tunnel's number. */
    private static final String POLICY = "auto";

    private final GatewayApi gateway;

    OrderRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/up", Role.OPERATOR, request -> order(request, gateway::up)),
                Route.post("/v1/down", Role.OPERATOR, request -> order(request, gateway::down)),
                Route.post("/v1/switch", Role.OPERATOR, this::switchTo),
                Route.post("/v1/rekey", Role.OPERATOR, this::rekey));
    }

    private CompletableFuture<ApiResponse> switchTo(ApiRequest request) {
        String tunnel = request.parameter("tunnel");
        if (tunnel.equals(POLICY)) {
            return TargetQuery.of(request.parameter("connection"), "")
                    .map(target -> gateway.release(target.connection())
                            .thenApply(outcome -> TargetQuery.show(request, outcome)))
                    .orElseGet(() -> TargetQuery.missing(request));
        }
        if (tunnel.isEmpty() && !request.parameter("connection").isEmpty()) {
            return TargetQuery.error(request, "the query names no tunnel to switch to", "add tunnel=N or tunnel=auto");
        }
        return order(request, gateway::switchTo);
    }

    private CompletableFuture<ApiResponse> rekey(ApiRequest request) {
        return switch (request.parameter("sa")) {
            case "", "esp" -> order(request, target -> gateway.rekey(target, RekeyKind.ESP));
            case "ike" -> order(request, target -> gateway.rekey(target, RekeyKind.IKE));
            default -> TargetQuery.error(request, "the query names no kind of SA", "add sa=esp or sa=ike");
        };
    }

    private static CompletableFuture<ApiResponse> order(
            ApiRequest request, Function<TunnelTarget, CompletableFuture<CommandOutcome>> order) {
        return TargetQuery.of(request)
                .map(target -> order.apply(target).thenApply(outcome -> TargetQuery.show(request, outcome)))
                .orElseGet(() -> TargetQuery.missing(request));
    }
}
