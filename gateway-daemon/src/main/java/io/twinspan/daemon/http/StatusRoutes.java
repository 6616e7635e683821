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
                                .thenCombine(
                                        gateway.samples(),
                                        (status, samples) -> show(
                                                request,
                                                status,
                                                StatusJson::of,
                                                (it, paint) -> StatusText.of(
                                                        it, new Rates(samples), request.flag("wide"), paint)))),
                Route.get(
                        "/v1/sas",
                        Role.VIEWER,
                        request -> gateway.status()
                                .thenApply(status -> show(request, status, SasJson::of, (it, _) -> SasText.of(it)))));
    }

    private static ApiResponse show(
            ApiRequest request, GatewayStatus whole, Function<GatewayStatus, String> json, TextForm text) {
        String wanted = request.parameter("connection");
        String number = request.parameter("tunnel");
        if (!number.matches("[0-9]{0,4}")) {
            return ApiResponse.error(400, "'" + number + "' is no number of a tunnel", "", request.wantsText());
        }
        GatewayStatus status = whole.only(wanted);
        if (!wanted.isEmpty() && status.connections().isEmpty()) {
            return ApiResponse.error(404, "no connection '" + wanted + "'", "", request.wantsText());
        }
        if (!number.isEmpty()) {
            status = status.onlyTunnel(Integer.parseInt(number));
            if (status.connections().stream().allMatch(it -> it.tunnels().isEmpty())) {
                return ApiResponse.error(404, "no tunnel '" + wanted + "/" + number + "'", "", request.wantsText());
            }
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
