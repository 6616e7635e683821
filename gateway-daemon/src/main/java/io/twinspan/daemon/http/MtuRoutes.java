package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.MtuAnswer;
import io.twinspan.daemon.control.MtuMeasurement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the outside paths carry. */
final class MtuRoutes implements RouteGroup {
    private final GatewayApi gateway;

    MtuRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/v1/mtu", Role.OPERATOR, this::measure).taking("connection", "tunnel"));
    }

    private CompletableFuture<ApiResponse> measure(ApiRequest request) {
        return TargetQuery.of(request)
                .map(target -> gateway.measureMtu(target).thenApply(answer -> show(request, answer)))
                .orElseGet(() -> TargetQuery.missing(request));
    }

    private static ApiResponse show(ApiRequest request, MtuAnswer answer) {
        return switch (answer) {
            case MtuAnswer.Unknown(String message) -> ApiResponse.error(404, message, "", request.wantsText());
            case MtuAnswer.Measured(List<MtuMeasurement> tunnels) -> {
                String worst = tunnels.stream()
                        .map(MtuMeasurement::verdict)
                        .max(Comparator.naturalOrder())
                        .map(MtuMeasurement.Verdict::label)
                        .orElse("");
                yield request.wantsText()
                        ? ApiResponse.text(MtuText.of(tunnels), worst)
                        : ApiResponse.json(MtuJson.of(tunnels), worst);
            }
        };
    }
}
