package io.twinspan.daemon.http;

import io.twinspan.daemon.control.CommandOutcome;
import io.twinspan.daemon.control.GatewayApi;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.MtuAnswer;
import io.twinspan.daemon.control.MtuMeasurement;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelTarget;
import io.twinspan.daemon.drill.DrillForm;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Which request asks the gateway for what. Admin loop only; the futures complete elsewhere. */
final class ApiRoutes {
    static final String EVENTS_PATH = "/v1/events";
    static final String MTU_PATH = "/v1/mtu";

    private static final String STOP_PATH = "/v1/drills/stop";
    private static final Set<String> QUERIES =
            Set.of("/v1/status", "/v1/sas", EVENTS_PATH, "/v1/drills", "/v1/drills/report");
    private static final Set<String> ORDERS = Set.of("/v1/up", "/v1/down", "/v1/switch", "/v1/rekey", MTU_PATH);
    /** In place of a tunnel's number. */
    private static final String POLICY = "auto";

    private static final Set<String> KINDS = Set.of("", "esp", "ike");

    private final GatewayApi gateway;

    ApiRoutes(GatewayApi gateway) {
        this.gateway = gateway;
    }

    CompletableFuture<ApiResponse> answer(ApiRequest request) {
        if (QUERIES.contains(request.path())) {
            return request.method().equals("GET") ? query(request) : wrongMethod(request, "GET");
        }
        if (request.path().equals(STOP_PATH)) {
            return request.method().equals("POST")
                    ? gateway.stopDrill().thenApply(result -> show(request, result))
                    : wrongMethod(request, "POST");
        }
        if (request.path().equals(DrillQuery.PATH)) {
            return wrongMethod(request, "POST");
        }
        if (ORDERS.contains(request.path())) {
            return request.method().equals("POST") ? order(request) : wrongMethod(request, "POST");
        }
        return error(404, "no such path: " + request.path(), "the paths are listed in docs/api.md", request);
    }

    private CompletableFuture<ApiResponse> query(ApiRequest request) {
        return switch (request.path()) {
            case "/v1/status" ->
                gateway.status().thenApply(status -> show(request, status, StatusJson::of, StatusText::of));
            case "/v1/sas" ->
                gateway.status().thenApply(status -> show(request, status, SasJson::of, (it, _) -> SasText.of(it)));
            case "/v1/drills" ->
                gateway.drills()
                        .thenApply(overview -> request.wantsText()
                                ? ApiResponse.text(DrillText.of(overview), "")
                                : ApiResponse.json(DrillJson.of(overview), ""));
            case "/v1/drills/report" -> drillReport(request);
            default ->
                gateway.eventsSince(sequence(request))
                        .thenApply(entries -> request.wantsText()
                                ? ApiResponse.text(EventText.of(entries, request.paint()), "")
                                : ApiResponse.json(EventsJson.of(entries), ""));
        };
    }

    private CompletableFuture<ApiResponse> drillReport(ApiRequest request) {
        String wanted = request.parameter("form").isEmpty() ? DrillForm.JSON.label() : request.parameter("form");
        return DrillForm.of(wanted)
                .map(form -> gateway.drillReport(request.parameter("id"), form)
                        .thenApply(found -> found.map(it -> new ApiResponse(
                                        200,
                                        typeOf(form),
                                        it.text(),
                                        it.record().verdict().label()))
                                .orElseGet(() -> ApiResponse.error(
                                        404,
                                        "no report of such a drill",
                                        "GET /v1/drills lists them",
                                        request.wantsText()))))
                .orElseGet(() -> error(400, "no form '" + wanted + "'", "html, json, junit or text", request));
    }

    private static String typeOf(DrillForm form) {
        return switch (form) {
            case HTML -> "text/html; charset=utf-8";
            case JSON -> ApiResponse.JSON;
            case JUNIT -> "application/xml; charset=utf-8";
            case TEXT -> ApiResponse.TEXT;
        };
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

    private CompletableFuture<ApiResponse> order(ApiRequest request) {
        String tunnel = request.parameter("tunnel");
        boolean release = request.path().equals("/v1/switch") && tunnel.equals(POLICY);
        TunnelTarget target = new TunnelTarget(request.parameter("connection"), number(release ? "" : tunnel));
        if (target.connection().isEmpty() || target.tunnel() < 0) {
            return error(400, "the query names no connection, or a tunnel that is no number", "", request);
        }
        if (request.path().equals("/v1/switch") && target.tunnel() == TunnelTarget.ALL && !release) {
            return error(400, "the query names no tunnel to switch to", "add tunnel=N or tunnel=auto", request);
        }
        if (request.path().equals("/v1/rekey") && !KINDS.contains(request.parameter("sa"))) {
            return error(400, "the query names no kind of SA", "add sa=esp or sa=ike", request);
        }
        if (request.path().equals(MTU_PATH)) {
            return gateway.measureMtu(target).thenApply(answer -> show(request, answer));
        }
        CompletableFuture<CommandOutcome> outcome = switch (request.path()) {
            case "/v1/up" -> gateway.up(target);
            case "/v1/down" -> gateway.down(target);
            case "/v1/switch" -> release ? gateway.release(target.connection()) : gateway.switchTo(target);
            default -> gateway.rekey(target, kind(request));
        };
        return outcome.thenApply(result -> show(request, result));
    }

    private static ApiResponse show(ApiRequest request, CommandOutcome outcome) {
        return switch (outcome) {
            case CommandOutcome.Done(String message) -> ApiResponse.outcome(message, request.wantsText());
            case CommandOutcome.Refused(String message, String hint) ->
                ApiResponse.error(409, message, hint, request.wantsText());
            case CommandOutcome.Unknown(String message) -> ApiResponse.error(404, message, "", request.wantsText());
        };
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

    private static RekeyKind kind(ApiRequest request) {
        return request.parameter("sa").equals("ike") ? RekeyKind.IKE : RekeyKind.ESP;
    }

    /** Events after this number are wanted; 0 means all that are kept. */
    static long sequence(ApiRequest request) {
        String text = request.parameter("after");
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static int number(String text) {
        if (text.isEmpty()) {
            return TunnelTarget.ALL;
        }
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    private static CompletableFuture<ApiResponse> wrongMethod(ApiRequest request, String method) {
        return error(405, request.path() + " wants " + method, "", request);
    }

    private static CompletableFuture<ApiResponse> error(int status, String message, String hint, ApiRequest request) {
        return CompletableFuture.completedFuture(ApiResponse.error(status, message, hint, request.wantsText()));
    }

    @FunctionalInterface
    private interface TextForm {
        String of(GatewayStatus status, Paint paint);
    }
}
