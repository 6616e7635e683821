package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.TunnelTarget;
import java.util.List;
import java.util.Optional;
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
                                                                it, new Rates(samples), request.flag("wide"), paint))))
                        .taking("connection", "tunnel"),
                Route.get(
                                "/v1/sas",
                                Role.VIEWER,
                                request -> gateway.status()
                                        .thenApply(status ->
                                                show(request, status, SasJson::of, (it, _) -> SasText.of(it))))
                        .taking("connection", "tunnel"));
    }

    private static ApiResponse show(
            ApiRequest request, GatewayStatus whole, Function<GatewayStatus, String> json, TextForm text) {
        String wanted = request.parameter("connection");
        String number = request.parameter("tunnel");
        if (!number.matches("[0-9]{0,4}")) {
            return ApiResponse.error(400, "'" + number + "' is no number of a tunnel", "", request.wantsText());
        }
        int tunnel = number.isEmpty() ? TunnelTarget.ALL : Integer.parseInt(number);
        Optional<String> absent = TargetQuery.absent(whole, wanted, tunnel);
        if (absent.isPresent()) {
            return ApiResponse.error(404, absent.get(), "", request.wantsText());
        }
        GatewayStatus status = tunnel == TunnelTarget.ALL
                ? whole.only(wanted)
                : whole.only(wanted).onlyTunnel(tunnel);
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
