package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import java.util.List;
import java.util.function.Function;

/** The state of everything, and of the SAs. */
final class StatusRoutes implements RouteGroup {
    private final GatewayApi gateway;

    StatusRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/status",
                        Role.VIEWER,
                        request -> gateway.status()
                                .thenApply(status -> show(request, status, StatusJson::of, StatusText::of))),
                Route.get(
                        "/v1/sas",
                        Role.VIEWER,
                        request -> gateway.status()
                                .thenApply(status -> show(request, status, SasJson::of, (it, _) -> SasText.of(it)))));
    }

    private static ApiResponse show(
            ApiRequest request, GatewayStatus whole, Function<GatewayStatus, String> json, TextForm text) {
        String wanted = request.parameter("connection");
        GatewayStatus status = whole.only(wanted);
        if (!wanted.isEmpty() && status.connections().isEmpty()) {
            return ApiResponse.error(404, "no connection '" + wanted + "'", "", request.wantsText());
        }
        String state = status.worst().label();
        return request.wantsText()
                ? ApiResponse.text(text.of(status, request.paint()), state)
                : ApiResponse.json(json.apply(status), state);
    }

    @FunctionalInterface
    private interface TextForm {
        String of(GatewayStatus status, Paint paint);
    }
}
