package io.twinspan.daemon.http;

import io.twinspan.daemon.control.DrillAnswer;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillPlan;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Drills: which there are, a run from beginning to end, and what earlier ones showed. */
final class DrillRoutes implements RouteGroup {
    private final GatewayApi gateway;

    DrillRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/drills",
                        Role.VIEWER,
                        request -> gateway.drills()
                                .thenApply(overview -> request.wantsText()
                                        ? ApiResponse.text(DrillText.of(overview), "")
                                        : ApiResponse.json(DrillJson.of(overview), ""))),
                Route.get("/v1/drills/report", Role.VIEWER, this::report).taking("id", "form"),
                Route.post(
                        "/v1/drills/stop",
                        Role.OPERATOR,
                        request -> gateway.stopDrill().thenApply(outcome -> TargetQuery.show(request, outcome))),
                Route.stream("GET", "/v1/drills/follow", Role.VIEWER, this::follow)
                        .taking("id"),
                Route.stream("POST", "/v1/drills/run", Role.OPERATOR, this::run)
                        .taking("scenario", "connection", "tunnel", "for", "limit", "rate", "target"));
    }

    private CompletableFuture<ApiResponse> report(ApiRequest request) {
        String wanted = request.parameter("form").isEmpty() ? DrillForm.JSON.label() : request.parameter("form");
        return DrillForm.of(wanted)
                .map(form -> gateway.drillReport(request.parameter("id"), form)
                        .thenApply(found -> found.map(it -> new ApiResponse(
                                        200,
                                        typeOf(form),
                                        it.text(),
                                        it.record().verdict().label(),
                                        form == DrillForm.HTML ? DrillHtml.HEADERS : Map.of()))
                                .orElseGet(() -> ApiResponse.error(
                                        404,
                                        "no report of such a drill",
                                        request.wantsText()
                                                ? "'twinspan drill list' shows them"
                                                : "GET /v1/drills lists them",
                                        request.wantsText()))))
                .orElseGet(() -> TargetQuery.error(request, "no form '" + wanted + "'", "html, json, junit or text"));
    }

    private static String typeOf(DrillForm form) {
        return switch (form) {
            case HTML -> "text/html; charset=utf-8";
            case JSON -> ApiResponse.JSON;
            case JUNIT -> "application/xml; charset=utf-8";
            case TEXT -> ApiResponse.TEXT;
        };
    }

    /** A look at a drill that somebody else keeps alive, or that has the daemon restart and is kept alive by nobody. */
    private void follow(ApiRequest request, ApiStream stream) {
        String id = request.parameter("id");
        var _ = gateway.followDrill(id, new DrillStream(stream, request.wantsText()))
                .whenComplete((runs, bug) -> {
                    if (bug != null) {
                        stream.fail(bug);
                    } else if (runs) {
                        stream.begin(typeOf(request), Map.of(ApiServer.DRILL_HEADER, id));
                    } else {
                        stream.answer(ApiResponse.error(
                                404,
                                "no drill of this id runs",
                                "GET /v1/drills/report has the report of one that is over",
                                request.wantsText()));
                    }
                });
    }

    private static String typeOf(ApiRequest request) {
        return request.wantsText() ? ApiResponse.TEXT : ApiResponse.JSON_LINES;
    }

    /** The drill lives as long as the connection: whoever goes away ends it. */
    private void run(ApiRequest request, ApiStream stream) {
        DrillOrder order;
        try {
            order = DrillQuery.of(request);
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        var _ = gateway.drill(order, new DrillStream(stream, request.wantsText()))
                .whenComplete((answer, bug) -> {
                    if (bug != null) {
                        stream.fail(bug);
                    } else {
                        begin(request, stream, answer);
                    }
                });
    }

    private static void begin(ApiRequest request, ApiStream stream, DrillAnswer answer) {
        switch (answer) {
            case DrillAnswer.Started(String id, DrillPlan plan, Runnable stop) -> {
                stream.begin(typeOf(request), Map.of(ApiServer.DRILL_HEADER, id));
                if (request.wantsText()) {
                    stream.send(DrillText.opening(plan));
                }
                stream.onEnd(stop);
            }
            case DrillAnswer.Refused(List<String> reasons) ->
                stream.answer(ApiResponse.error(
                        409, "the drill is refused", String.join("; ", reasons), request.wantsText()));
            case DrillAnswer.Unknown(String message) ->
                stream.answer(ApiResponse.error(404, message, "", request.wantsText()));
        }
    }
}
