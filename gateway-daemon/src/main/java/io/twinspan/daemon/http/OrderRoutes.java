package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelTarget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Orders to tunnels. */
final class OrderRoutes implements RouteGroup {
    /** In place of a tunnel's number. */
    private static final String POLICY = "auto";

    private static final Duration LONGEST = Duration.ofDays(7);

    private final GatewayApi gateway;

    OrderRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/up", Role.OPERATOR, request -> order(request, gateway::up))
                        .taking("connection", "tunnel"),
                Route.post("/v1/down", Role.OPERATOR, this::down).taking("connection", "tunnel", "drain"),
                Route.post("/v1/follow", Role.OPERATOR, this::follow).taking("connection", "state"),
                Route.post("/v1/switch", Role.OPERATOR, this::switchTo)
                        .taking("connection", "tunnel", "for", "measure"),
                Route.post("/v1/rekey", Role.OPERATOR, this::rekey).taking("connection", "tunnel", "sa"));
    }

    private CompletableFuture<ApiResponse> switchTo(ApiRequest request) {
        String tunnel = request.parameter("tunnel");
        if (tunnel.equals(POLICY)) {
            return request.parameter("connection").isEmpty()
                    ? TargetQuery.missing(request)
                    : gateway.release(request.parameter("connection"))
                            .thenApply(outcome -> TargetQuery.show(request, outcome));
        }
        if (tunnel.isEmpty() && !request.parameter("connection").isEmpty()) {
            return TargetQuery.error(request, "the query names no tunnel to switch to", "add tunnel=N or tunnel=auto");
        }
        String hold = request.parameter("for");
        if (!isTime(hold)) {
            return noTime(request, "for", hold);
        }
        return hold.isEmpty() && !request.flag("measure")
                ? order(request, gateway::switchTo)
                : order(request, target -> gateway.switchMeasured(target, EventFilter.duration(hold)));
    }

    private CompletableFuture<ApiResponse> down(ApiRequest request) {
        String drain = request.parameter("drain");
        if (!isTime(drain)) {
            return noTime(request, "drain", drain);
        }
        return order(
                request,
                target -> EventFilter.duration(drain)
                        .map(patience -> gateway.drain(target, patience))
                        .orElseGet(() -> gateway.down(target)));
    }

    private CompletableFuture<ApiResponse> follow(ApiRequest request) {
        return switch (request.parameter("state")) {
            case "on" -> order(request, target -> gateway.followPeer(target.connection(), true));
            case "off" -> order(request, target -> gateway.followPeer(target.connection(), false));
            default ->
                TargetQuery.error(request, "the query does not say whether to follow", "add state=on or state=off");
        };
    }

    /** A time of an hour or a day, for example, up to {@link #LONGEST}; or none. */
    private static boolean isTime(String text) {
        return text.isEmpty()
                || EventFilter.duration(text)
                        .filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0)
                        .isPresent();
    }

    private static CompletableFuture<ApiResponse> noTime(ApiRequest request, String name, String text) {
        return TargetQuery.error(
                request,
                "'" + name + "' is no time between 1ms and 7d: '" + text + "'",
                "for example " + name + "=30s");
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
