package io.twinspan.daemon.http;

import io.twinspan.config.source.Severity;
import io.twinspan.daemon.control.ConfigAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Requests that bring every answer which the OpenAPI document promises. */
final class PromisedAnswers {
    static final String JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String TEXT = "text/plain";
    static final String EVENTS = "text/event-stream";

    private PromisedAnswers() {}

    /** Who asks, and over which door. */
    enum Asker {
        /** Over the Unix socket, with all rights. */
        ROOT,
        /** Over TCP. */
        OPERATOR,
        /** Over TCP, who has not logged in. */
        NOBODY
    }

    /** One request, and what is to come of it. */
    record Ask(
            String method,
            String target,
            int status,
            String type,
            String body,
            Asker asker,
            Consumer<ApiScene> situation) {
        static Ask get(String target, int status, String type) {
            return new Ask("GET", target, status, type, "", Asker.ROOT, _ -> {});
        }

        static Ask post(String target, int status, String type) {
            return new Ask("POST", target, status, type, "", Asker.ROOT, _ -> {});
        }

        Ask by(Asker other) {
            return new Ask(method, target, status, type, body, other, situation);
        }

        Ask with(String newBody) {
            return new Ask(method, target, status, type, newBody, asker, situation);
        }

        Ask when(Consumer<ApiScene> newSituation) {
            return new Ask(method, target, status, type, body, asker, newSituation);
        }

        String path() {
            return target.split("\\?", 2)[0];
        }

        String promise() {
            return method + " " + path() + " " + status + " " + type;
        }

        @Override
        public String toString() {
            return method + " " + target + " " + status + " " + type;
        }
    }

    /** In no order. */
    static Stream<Ask> all() {
        return Stream.of(
                        questions(),
                        streams(),
                        diagnoses(),
                        captures(),
                        orders(),
                        drills(),
                        configuration(),
                        sessions())
                .flatMap(List::stream);
    }

    private static List<Ask> questions() {
        List<Ask> all = new ArrayList<>();
        for (String path : List.of("/v1/status", "/v1/sas")) {
            all.add(Ask.get(path, 200, JSON));
            all.add(Ask.get(path + "?wide=1&color=1", 200, TEXT));
            all.add(Ask.get(path + "?tunnel=x", 400, JSON));
            all.add(Ask.get(path + "?connection=nobody", 404, JSON));
        }
        all.addAll(List.of(
                Ask.get("/v1/top", 200, TEXT),
                Ask.get("/v1/top?connection=nobody", 404, JSON),
                Ask.get("/v1/check?warn=rtt=50ms,loss=1%25", 200, JSON),
                Ask.get("/v1/check", 200, TEXT),
                Ask.get("/v1/check?warn=much", 400, JSON),
                Ask.get("/v1/check?connection=nobody", 404, JSON),
                Ask.get("/v1/events", 200, JSON),
                Ask.get("/v1/events?lines=1", 200, LINES),
                Ask.get("/v1/events", 200, TEXT),
                Ask.get("/v1/events?severity=loud", 400, JSON),
                Ask.get("/v1/events?connection=nobody", 404, JSON),
                Ask.get("/v1/history?connection=prod&range=1h", 200, JSON),
                Ask.get("/v1/history?connection=prod&range=1y", 400, JSON),
                Ask.get("/v1/history?connection=nobody", 404, JSON),
                Ask.get("/v1/openapi.yaml", 200, "application/yaml"),
                Ask.get("/metrics", 200, TEXT),
                Ask.get("/metrics", 200, "application/openmetrics-text")));
        return all;
    }

    private static List<Ask> streams() {
        return List.of(Ask.get("/v1/stream", 200, EVENTS), Ask.get("/v1/stream?after=x", 400, JSON));
    }

    private static List<Ask> diagnoses() {
        Consumer<ApiScene> full = it -> it.diagnosis.fill();
        return List.of(
                Ask.get("/v1/doctor", 200, JSON),
                Ask.get("/v1/doctor?connection=prod", 200, TEXT),
                Ask.get("/v1/doctor?connection=nobody", 404, JSON),
                Ask.get("/v1/doctor", 503, JSON).when(full),
                Ask.get("/v1/trace?from=10.1.2.3&to=172.31.5.9&size=1500", 200, JSON),
                Ask.get("/v1/trace?from=10.1.2.3&to=172.31.5.9&size=1200", 200, JSON),
                Ask.get("/v1/trace?from=10.1.2.3&to=8.8.8.8&size=900", 200, JSON),
                Ask.get("/v1/trace?from=10.1.2.3&to=172.31.5.9", 200, TEXT),
                Ask.get("/v1/trace?from=here", 400, JSON),
                Ask.get("/v1/trace?from=10.1.2.3&to=172.31.5.9", 503, JSON).when(full),
                Ask.get("/v1/routes", 200, JSON),
                Ask.get("/v1/routes", 200, TEXT),
                Ask.get("/v1/routes?connection=nobody", 404, JSON),
                Ask.get("/v1/routes", 503, JSON).when(full),
                Ask.get("/v1/explain?code=NO_PROPOSAL_CHOSEN", 200, JSON),
                Ask.get("/v1/explain?code=last&subject=prod/1", 200, JSON),
                Ask.get("/v1/explain?code=last", 200, TEXT),
                Ask.get("/v1/explain?code=nonsense", 404, JSON),
                Ask.get("/v1/explain?code=last&subject=lab", 404, JSON),
                Ask.get("/v1/explain?code=last", 503, JSON).when(full),
                Ask.get("/v1/bundle", 200, JSON),
                Ask.get("/v1/bundle", 503, JSON).when(full));
    }

    private static List<Ask> captures() {
        return List.of(
                Ask.post("/v1/ping?connection=prod", 200, LINES),
                Ask.post("/v1/ping?connection=prod&tunnel=2", 200, LINES),
                Ask.post("/v1/ping?connection=prod&tunnel=2", 200, TEXT),
                Ask.post("/v1/ping?connection=prod&count=x", 400, JSON),
                Ask.post("/v1/ping?connection=nobody", 404, JSON),
                Ask.post("/v1/ping?connection=prod", 409, JSON).when(it -> it.diagnosis.busy()),
                Ask.post("/v1/capture?connection=prod&tunnel=1", 200, LINES),
                Ask.post("/v1/capture?connection=prod", 400, JSON),
                Ask.post("/v1/capture?connection=prod&tunnel=1&full=1", 403, JSON)
                        .by(Asker.OPERATOR),
                Ask.post("/v1/capture?connection=nobody&tunnel=1", 404, JSON),
                Ask.post("/v1/capture?connection=prod&tunnel=1", 409, JSON).when(it -> it.diagnosis.busy()),
                Ask.post("/v1/capture?connection=prod&tunnel=1", 503, JSON).when(it -> it.diagnosis.fill()),
                Ask.post("/v1/capture/keys?connection=prod&tunnel=1", 200, TEXT),
                Ask.post("/v1/capture/keys?connection=prod", 400, JSON),
                Ask.post("/v1/capture/keys?connection=nobody&tunnel=1", 404, JSON));
    }

    private static List<Ask> orders() {
        Consumer<ApiScene> refused = it -> it.api.gateway.refuses("no other tunnel can carry the traffic");
        List<Ask> all = new ArrayList<>();
        for (String order : List.of("up?", "down?drain=1s&", "follow?state=on&", "switch?tunnel=2&", "rekey?sa=ike&")) {
            String target = "/v1/" + order + "connection=";
            all.add(Ask.post(target + "prod", 200, JSON));
            all.add(Ask.post(target + "prod", 200, TEXT));
            all.add(Ask.post(target, 400, JSON));
            all.add(Ask.post(target + "nobody", 404, JSON));
            all.add(Ask.post(target + "prod", 409, JSON).when(refused));
        }
        all.add(Ask.post("/v1/switch?connection=prod&tunnel=auto", 200, JSON));
        all.add(Ask.post("/v1/switch?connection=prod&tunnel=2&for=30m&measure=1", 200, JSON));
        all.add(Ask.post("/v1/mtu?connection=prod", 200, JSON));
        all.add(Ask.post("/v1/mtu?connection=prod&tunnel=2", 200, TEXT));
        all.add(Ask.post("/v1/mtu?connection=prod&tunnel=x", 400, JSON));
        all.add(Ask.post("/v1/mtu?connection=nobody", 404, JSON));
        return all;
    }

    private static List<Ask> drills() {
        String run = "/v1/drills/run?for=20s&scenario=";
        return List.of(
                Ask.get("/v1/drills", 200, JSON),
                Ask.get("/v1/drills", 200, TEXT),
                Ask.get("/v1/drills/report", 200, JSON),
                Ask.get("/v1/drills/report?form=text", 200, TEXT),
                Ask.get("/v1/drills/report?form=html", 200, "text/html"),
                Ask.get("/v1/drills/report?form=junit", 200, "application/xml"),
                Ask.get("/v1/drills/report?form=pdf", 400, JSON),
                Ask.get("/v1/drills/report?id=2020-01-01-0001", 404, JSON),
                Ask.post(run + "blackhole&connection=prod", 200, LINES).when(it -> it.endDrill()),
                Ask.post(run + "blackhole&connection=prod", 200, TEXT).when(it -> it.endDrill()),
                Ask.get("/v1/drills/follow?id=2026-11-23-0001", 200, LINES).when(it -> it.endFollowedDrill()),
                Ask.get("/v1/drills/follow?id=2026-11-23-0001", 200, TEXT).when(it -> it.endFollowedDrill()),
                Ask.get("/v1/drills/follow?id=2026-11-23-0001", 404, JSON),
                Ask.post(run + "nothing&connection=prod", 400, JSON),
                Ask.post(run + "blackhole&connection=nobody", 404, JSON),
                Ask.post(run + "blackhole&connection=alone", 409, JSON),
                Ask.post("/v1/drills/stop", 200, JSON).when(it -> it.beginDrill()),
                Ask.post("/v1/drills/stop", 200, TEXT).when(it -> it.beginDrill()),
                Ask.post("/v1/drills/stop", 409, JSON));
    }

    private static List<Ask> configuration() {
        Consumer<ApiScene> refused =
                it -> it.config.answers(new ConfigAnswer.Refused("no change is on trial", "apply one"));
        Consumer<ApiScene> invalid = it -> it.config.answers(new ConfigAnswer.Invalid(
                List.of(ApiScene.problem(Severity.ERROR), ApiScene.problem(Severity.WARNING))));
        List<Ask> all = new ArrayList<>();
        all.add(Ask.get("/v1/config", 200, JSON));
        all.add(Ask.get("/v1/config", 200, TEXT));
        for (String order : List.of("diff", "apply", "confirm", "rollback")) {
            all.add(Ask.post("/v1/config/" + order, 200, JSON));
            all.add(Ask.post("/v1/config/" + order, 200, TEXT));
            all.add(Ask.post("/v1/config/" + order, 409, JSON).when(refused));
        }
        all.add(Ask.post("/v1/config/diff?name=d.yaml", 422, JSON)
                .with("version: x\n")
                .when(invalid));
        all.add(Ask.post("/v1/config/apply", 422, JSON).when(invalid));
        all.add(Ask.post("/v1/config/apply?confirm=2d", 400, JSON));
        all.add(Ask.post("/v1/config/apply", 409, JSON)
                .when(it -> it.config.answers(new ConfigAnswer.RolledBack("prod did not come back"))));
        return all;
    }

    private static List<Ask> sessions() {
        String nonsense = "{\"key\":\"nonsense\"}";
        return List.of(
                Ask.post("/v1/login/link", 200, JSON),
                Ask.post("/v1/login/link", 200, TEXT),
                Ask.post("/v1/login/link", 403, JSON).by(Asker.OPERATOR),
                // Before the API listens on TCP.
                Ask.post("/v1/login/link", 409, JSON),
                Ask.post("/v1/login", 200, JSON).by(Asker.NOBODY),
                Ask.post("/v1/login", 400, JSON).by(Asker.NOBODY).with("me"),
                Ask.post("/v1/login", 401, JSON).by(Asker.NOBODY).with(nonsense),
                Ask.post("/v1/login", 429, JSON).by(Asker.NOBODY).with(nonsense).when(it -> it.wasteTries(nonsense)),
                Ask.post("/v1/logout", 200, JSON),
                Ask.post("/v1/logout", 200, TEXT),
                Ask.get("/v1/session", 200, JSON),
                Ask.get("/v1/session", 200, JSON).by(Asker.OPERATOR));
    }
}
