package io.twinspan.daemon.http;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.LoginKeys;
import io.twinspan.daemon.access.Sessions;
import io.twinspan.daemon.access.Sessions.Session;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logging in and out of the dashboard. */
final class SessionRoutes implements RouteGroup {
    static final String LOGIN = "/v1/login";
    static final String LOGOUT = "/v1/logout";
    static final String SESSION_SCHEMA = "twinspan.session/1";
    static final String LINK_SCHEMA = "twinspan.login-link/1";

    private final ApiAccess access;
    private final AuditTrail trail;
    private final Supplier<Optional<String>> url;

    /** @param url where the dashboard is, or nothing where the API listens on the Unix socket alone */
    SessionRoutes(ApiAccess access, AuditTrail trail, Supplier<Optional<String>> url) {
        this.access = access;
        this.trail = trail;
        this.url = url;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/login/link", Role.VIEWER, request -> done(link(request))),
                Route.openPost(LOGIN, this::login),
                Route.post(LOGOUT, Role.VIEWER, request -> done(logout(request))),
                Route.get("/v1/session", Role.VIEWER, request -> done(session(request))));
    }

    private ApiResponse link(ApiRequest request) {
        if (!request.visit().isUnix()) {
            return ApiResponse.error(
                    403,
                    "links are made on the Unix socket",
                    "run 'twinspan dashboard' on the gateway",
                    request.wantsText());
        }
        return url.get()
                .map(base -> link(request, base))
                .orElseGet(() -> ApiResponse.error(
                        409,
                        "the daemon serves no dashboard: it listens on its Unix socket alone",
                        "set 'api: { listen: 127.0.0.1:8443 }' in the configuration",
                        request.wantsText()));
    }

    private ApiResponse link(ApiRequest request, String base) {
        Caller caller = request.caller();
        Grant grant =
                new Grant(caller.name(), ApiConfig.Role.valueOf(caller.role().name()));
        // In the fragment, which browsers keep to themselves: it is in no request, no log and no Referer.
        String link = base + "#k=" + access.issueKey(grant);
        return request.wantsText()
                ? ApiResponse.text(link + "\n", "")
                : ApiResponse.json(
                        new JsonWriter()
                                        .beginObject()
                                        .member("schema", LINK_SCHEMA)
                                        .member("url", link)
                                        .member("role", caller.role().label())
                                        .member("expiresInSeconds", LoginKeys.SECONDS)
                                        .endObject()
                                        .toString()
                                + "\n",
                        "");
    }

    /** The body must say that it is JSON, which a form of another site cannot without asking us first (Fetch, CORS). */
    private CompletableFuture<ApiResponse> login(ApiRequest request) {
        if (request.visit().isUnix()) {
            return done(ApiResponse.error(400, "the Unix socket needs no login", "", request.wantsText()));
        }
        InetAddress peer = request.visit().peer();
        JsonNode body = jsonOf(request);
        if (body == null) {
            return done(ApiResponse.error(
                    400,
                    "a login is a JSON object with 'key' or 'token'",
                    "send Content-Type: application/json",
                    false));
        }
        String key = body.path("key").asString("");
        if (!key.isEmpty()) {
            return done(opened(request, access.redeemKey(peer, key)));
        }
        return access.token(peer, BearerToken.parse(body.path("token").asString("")))
                .thenApply(answer -> opened(request, answer));
    }

    private static @Nullable JsonNode jsonOf(ApiRequest request) {
        if (!request.visit().contentType().equalsIgnoreCase("application/json")) {
            return null;
        }
        try {
            JsonNode body = JsonMapper.shared().readTree(request.body());
            return body.isObject() ? body : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private ApiResponse opened(ApiRequest request, ApiAccess.Answer answer) {
        return switch (answer) {
            case ApiAccess.Answer.Refused(ApiResponse response) -> response;
            case ApiAccess.Answer.Granted(Grant grant) -> {
                Sessions.Opened opened = access.open(grant);
                trail.session(request, "audit.login", grant.name());
                yield document(opened.session())
                        .with("Set-Cookie", cookie(request, opened.id(), TimeUnit.HOURS.toSeconds(Sessions.HOURS)));
            }
        };
    }

    private ApiResponse logout(ApiRequest request) {
        if (!request.visit().session().isEmpty()) {
            access.close(request.visit().session());
            trail.session(request, "audit.logout", request.caller().name());
        }
        ApiResponse done = ApiResponse.outcome("logged out", request.wantsText());
        return request.visit().isUnix() ? done : done.with("Set-Cookie", cookie(request, "", 0));
    }

    private ApiResponse session(ApiRequest request) {
        return access.session(request.visit().session())
                .map(this::document)
                .orElseGet(() -> document(
                        request.caller().name(), request.caller().role().label(), "", null));
    }

    private ApiResponse document(Session session) {
        return document(session.grant().name(), session.grant().role().label(), session.csrf(), access.endOf(session));
    }

    private static ApiResponse document(String name, String role, String csrf, @Nullable Instant expires) {
        return ApiResponse.json(
                new JsonWriter()
                                .beginObject()
                                .member("schema", SESSION_SCHEMA)
                                .member("name", name)
                                .member("role", role)
                                .memberOrNull("csrf", csrf)
                                .memberOrNull("expires", expires)
                                .endObject()
                                .toString()
                        + "\n",
                "");
    }

    /** RFC 6265 section 4.1: for scripts out of reach, and never sent with what another site starts. */
    private static String cookie(ApiRequest request, String id, long seconds) {
        String name = request.visit().door();
        return name + "=" + id + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (name.startsWith(TcpListener.SECURE_PREFIX) ? "; Secure" : "");
    }

    private static CompletableFuture<ApiResponse> done(ApiResponse response) {
        return CompletableFuture.completedFuture(response);
    }
}
