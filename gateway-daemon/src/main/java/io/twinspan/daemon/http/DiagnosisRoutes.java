package io.twinspan.daemon.http;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.control.PingAnswer;
import io.twinspan.daemon.control.PingOrder;
import io.twinspan.daemon.control.TunnelTarget;
import io.twinspan.daemon.diagnosis.CaptureAnswer;
import io.twinspan.daemon.diagnosis.CaptureOrder;
import io.twinspan.daemon.diagnosis.Check;
import io.twinspan.daemon.diagnosis.Diagnosis;
import io.twinspan.daemon.diagnosis.TraceQuery;
import io.twinspan.daemon.explain.Explanation;
import io.twinspan.daemon.explain.ExplanationCatalog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What helps when something is wrong: checks, pings, traces, routes, explanations, texts for a support bundle. */
public final class DiagnosisRoutes implements RouteGroup {
    private static final String BUNDLE_SCHEMA = "twinspan.bundle/1";
    private static final String EXPLANATION_SCHEMA = "twinspan.explanation/1";
    private static final int MAX_OCTETS = 65_535;

    private final Diagnosis diagnosis;
    private final ExplanationCatalog catalog = ExplanationCatalog.load();

    /** Routes to one gateway's diagnosis. */
    public DiagnosisRoutes(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/doctor", Role.VIEWER, this::doctor).taking("connection"),
                Route.get("/v1/trace", Role.VIEWER, this::trace)
                        .taking("from", "to", "proto", "size", "df", "device", "mark"),
                Route.get("/v1/routes", Role.VIEWER, this::routes).taking("connection"),
                Route.get("/v1/explain", Role.VIEWER, this::explain).taking("code", "subject"),
                Route.get("/v1/bundle", Role.OPERATOR, this::bundle),
                Route.stream("POST", "/v1/ping", Role.OPERATOR, this::ping)
                        .taking("connection", "tunnel", "target", "count", "interval-ms", "size"),
                Route.stream("POST", "/v1/capture", Role.OPERATOR, this::capture)
                        .taking("connection", "tunnel", "layers", "full", "filter", "count", "for-ms"),
                Route.post("/v1/capture/keys", Role.ADMIN, this::keys).taking("connection", "tunnel"));
    }

    private CompletableFuture<ApiResponse> doctor(ApiRequest request) {
        String wanted = request.parameter("connection");
        return diagnosis.doctor().thenApply(all -> {
            List<Check> checks = all.stream()
                    .filter(it -> wanted.isEmpty()
                            || it.subject().isEmpty()
                            || it.subject().equals(wanted)
                            || it.subject().startsWith(wanted + "/"))
                    .toList();
            if (!wanted.isEmpty() && checks.stream().allMatch(it -> it.subject().isEmpty())) {
                return unknown(request, wanted);
            }
            String state = Check.worst(checks).label();
            return request.wantsText()
                    ? ApiResponse.text(CheckRendering.text(checks, request.flag("color")), state)
                    : ApiResponse.json(CheckRendering.json(checks), state);
        });
    }

    private static ApiResponse unknown(ApiRequest request, String connection) {
        return ApiResponse.error(
                404, "no connection '" + connection + "'", "'twinspan status' lists them", request.wantsText());
    }

    private CompletableFuture<ApiResponse> trace(ApiRequest request) {
        TraceQuery query;
        try {
            query = TraceQuery.parse(
                    request.parameter("from"),
                    request.parameter("to"),
                    request.parameter("proto"),
                    request.parameter("size"),
                    request.parameter("df"),
                    request.parameter("device"),
                    request.parameter("mark"));
        } catch (IllegalArgumentException e) {
            return TargetQuery.error(
                    request, String.valueOf(e.getMessage()), "for example from=10.1.2.3&to=172.31.5.9:443&size=1500");
        }
        return diagnosis.trace(query).thenApply(trace -> {
            String state = trace.verdict().label();
            return request.wantsText()
                    ? ApiResponse.text(TraceRendering.text(trace), state)
                    : ApiResponse.json(TraceRendering.json(trace), state);
        });
    }

    private CompletableFuture<ApiResponse> routes(ApiRequest request) {
        String wanted = request.parameter("connection");
        return diagnosis.routes(wanted).thenApply(routes -> {
            if (!wanted.isEmpty() && routes.isEmpty()) {
                return unknown(request, wanted);
            }
            String state = routes.stream().anyMatch(it -> !it.conflict().isEmpty()) ? "conflict" : "ok";
            return request.wantsText()
                    ? ApiResponse.text(RouteRendering.text(routes), state)
                    : ApiResponse.json(RouteRendering.json(routes), state);
        });
    }

    private CompletableFuture<ApiResponse> explain(ApiRequest request) {
        String code = request.parameter("code");
        if (code.equals("last")) {
            String subject = request.parameter("subject");
            return diagnosis
                    .lastFailure(subject)
                    .thenApply(found -> found.map(it -> request.wantsText()
                                    ? ApiResponse.text(FailureRendering.text(it), "")
                                    : ApiResponse.json(FailureRendering.json(it), ""))
                            .orElseGet(() -> ApiResponse.error(
                                    404,
                                    (subject.isEmpty() ? "nothing failed" : "nothing failed at '" + subject + "'")
                                            + " since the daemon's start",
                                    "'twinspan doctor' looks at everything",
                                    request.wantsText())));
        }
        Optional<Explanation> found = catalog.find(code);
        return CompletableFuture.completedFuture(found.map(it -> explanation(it, request.wantsText()))
                .orElseGet(() -> ApiResponse.error(
                        404,
                        "nothing is known by '" + code + "'",
                        "near it: " + String.join(", ", catalog.near(code)),
                        request.wantsText())));
    }

    private static ApiResponse explanation(Explanation it, boolean asText) {
        return asText
                ? ApiResponse.text(it.code() + "\n  means  " + it.meaning() + "\n  do     " + it.action() + "\n", "")
                : ApiResponse.json(
                        new JsonWriter()
                                        .beginObject()
                                        .member("schema", EXPLANATION_SCHEMA)
                                        .member("code", it.code())
                                        .member("meaning", it.meaning())
                                        .member("fix", it.action())
                                        .endObject()
                                + "\n",
                        "");
    }

    private CompletableFuture<ApiResponse> bundle(ApiRequest request) {
        return diagnosis.bundle().thenApply(texts -> {
            JsonWriter json = new JsonWriter().beginObject().member("schema", BUNDLE_SCHEMA);
            json.name("texts").beginObject();
            texts.forEach(json::member);
            return ApiResponse.json(json.endObject().endObject() + "\n", "");
        });
    }

    /** The pings live as long as the connection. */
    private void ping(ApiRequest request, ApiStream stream) {
        PingOrder order;
        try {
            order = order(request);
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        String name = order.connection()
                + (order.tunnel() == 0 ? "" : "/" + order.tunnel())
                + Optional.ofNullable(order.target())
                        .map(it -> " " + it.getHostAddress())
                        .orElse("");
        var _ = diagnosis
                .ping(order, new PingStream(stream, name, request.wantsText()))
                .whenComplete((answer, bug) -> {
                    if (bug != null) {
                        stream.fail(bug);
                    } else {
                        begin(request, stream, answer);
                    }
                });
    }

    private static void begin(ApiRequest request, ApiStream stream, PingAnswer answer) {
        switch (answer) {
            case PingAnswer.Started(Runnable stop) -> {
                stream.begin(request.wantsText() ? ApiResponse.TEXT : ApiResponse.JSON_LINES, Map.of());
                stream.onEnd(stop);
            }
            case PingAnswer.Refused(String message, String hint) ->
                stream.answer(ApiResponse.error(409, message, hint, request.wantsText()));
            case PingAnswer.Unknown(String message) ->
                stream.answer(ApiResponse.error(404, message, "", request.wantsText()));
        }
    }

    /** A capture lives as long as the connection. Whole packets are for those who may see what users say. */
    private void capture(ApiRequest request, ApiStream stream) {
        boolean full = request.flag("full");
        if (full && !request.caller().may(Role.ADMIN)) {
            stream.answer(ApiResponse.error(
                    403, "whole packets need the role of an admin", "without full=1 headers are captured", false));
            return;
        }
        CaptureOrder order;
        try {
            order = captureOrder(request, full);
        } catch (IllegalArgumentException e) {
            stream.answer(ApiResponse.error(400, String.valueOf(e.getMessage()), "", request.wantsText()));
            return;
        }
        var _ = diagnosis.capture(order, new CaptureStream(stream)).whenComplete((answer, bug) -> {
            if (bug != null) {
                stream.fail(bug);
                return;
            }
            switch (answer) {
                case CaptureAnswer.Started(Runnable handOver, Runnable stop) -> {
                    stream.begin(ApiResponse.JSON_LINES, Map.of());
                    stream.onEnd(stop);
                    handOver.run();
                }
                case CaptureAnswer.Refused(String message, String hint) ->
                    stream.answer(ApiResponse.error(409, message, hint, request.wantsText()));
                case CaptureAnswer.Unknown(String message) ->
                    stream.answer(ApiResponse.error(404, message, "'twinspan status' lists them", request.wantsText()));
            }
        });
    }

    /** No JSON: what is made of it is a file of Wireshark's, and keys belong nowhere else. */
    private CompletableFuture<ApiResponse> keys(ApiRequest request) {
        Optional<TunnelTarget> target = TargetQuery.of(request).filter(it -> it.tunnel() > 0);
        if (target.isEmpty()) {
            return TargetQuery.error(request, "keys are of one tunnel", "for example connection=prod&tunnel=1");
        }
        String connection = target.get().connection();
        int tunnel = target.get().tunnel();
        return diagnosis
                .keys(connection, tunnel)
                .thenApply(found -> found.map(it -> ApiResponse.text(it, ""))
                        .orElseGet(() -> ApiResponse.error(
                                404,
                                "no tunnel " + connection + "/" + tunnel,
                                "'twinspan status' lists them",
                                request.wantsText())));
    }

    private static CaptureOrder captureOrder(ApiRequest request, boolean full) {
        TunnelTarget target = TargetQuery.of(request)
                .filter(it -> it.tunnel() > 0)
                .orElseThrow(() -> new IllegalArgumentException("a capture is of one tunnel, for example prod/1"));
        String layers = request.parameter("layers");
        if (!layers.matches("(both|inner|outer)?")) {
            throw new IllegalArgumentException("'" + layers + "' is none of both, inner, outer");
        }
        return new CaptureOrder(
                target.connection(),
                target.tunnel(),
                !layers.equals("outer"),
                !layers.equals("inner"),
                full,
                request.parameter("filter"),
                number(request, "count", CaptureOrder.MAX_COUNT),
                TimeUnit.MILLISECONDS.toNanos(number(request, "for-ms", 10_000)));
    }

    private static PingOrder order(ApiRequest request) {
        TunnelTarget target =
                TargetQuery.of(request).orElseThrow(() -> new IllegalArgumentException(TargetQuery.MISSING));
        String host = request.parameter("target");
        int octets = number(request, "size", 0);
        if (octets > MAX_OCTETS) {
            throw new IllegalArgumentException("a size is at most " + MAX_OCTETS);
        }
        return new PingOrder(
                target.connection(),
                Math.max(0, target.tunnel()),
                host.isEmpty() ? null : IpPrefix.parseAddress(host),
                number(request, "count", 5),
                TimeUnit.MILLISECONDS.toNanos(number(request, "interval-ms", 1_000)),
                octets);
    }

    private static int number(ApiRequest request, String name, int otherwise) {
        String text = request.parameter(name);
        if (!text.matches("[0-9]{0,7}")) {
            throw new IllegalArgumentException("'" + text + "' is no " + name);
        }
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }
}
