package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.access.LoginKeys;
import io.twinspan.daemon.access.Sessions;
import io.twinspan.daemon.access.TokenFile;
import io.twinspan.daemon.observe.GatewayEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what over a real TCP connection, and what becomes of everybody else. */
final class TcpAccessTest {
    @TempDir
    private Path folder = Path.of("");

    private ApiBench api;

    @BeforeEach
    void start() throws IOException {
        api = new ApiBench(folder);
        api.listen(null, "gw.example.net");
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void a30_everyRouteWantsItsRoleAndTellsStrangersNothing() throws IOException {
        for (Route route : api.server().routes()) {
            String target = route.method() + " " + route.path();
            int anonymous = statusOf(api.request(route.method(), route.path(), ""));
            if (route.open()) {
                assertThat(anonymous).as(target).isNotIn(401, 403);
                continue;
            }
            assertThat(anonymous).as(target + " without a login").isEqualTo(401);
            for (ApiConfig.Role role : ApiConfig.Role.values()) {
                int status = statusOf(
                        api.request(route.method(), route.path(), "", "Authorization: Bearer " + api.token(role)));
                // Links are refused to everybody here: they are made on the Unix socket.
                boolean allowed = Role.valueOf(role.name()).covers(route.role())
                        && !route.path().equals("/v1/login/link");
                if (allowed) {
                    assertThat(status).as(target + " as " + role.label()).isNotIn(401, 403);
                } else {
                    assertThat(status).as(target + " as " + role.label()).isEqualTo(403);
                }
            }
        }
        assertThat(api.gateway.orders()).isEmpty();
    }

    @Test
    void linkOpensOneSessionOnceAndWithinAMinute() {
        String key = api.key();
        HttpExchange login = api.login("{\"key\":\"" + key + "\"}");
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.json().path("schema").asString()).isEqualTo("twinspan.session/1");
        assertThat(login.json().path("role").asString()).isEqualTo("admin");
        assertThat(login.header("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
                .doesNotContain("Secure")
                .startsWith("twinspan-" + api.address().getPort() + "=");
        String cookie = ApiBench.cookieOf(login);
        assertThat(api.ask("GET", "/v1/status", cookie).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/v1/session", cookie).json().path("csrf").asString())
                .isEqualTo(login.json().path("csrf").asString());

        assertThat(api.login("{\"key\":\"" + key + "\"}").status()).isEqualTo(401);
        String late = api.key();
        api.pass(LoginKeys.SECONDS);
        assertThat(api.login("{\"key\":\"" + late + "\"}").status()).isEqualTo(401);
    }

    @Test
    void sessionEndsAfterTwelveHoursAndAtItsLogout() {
        String cookie = ApiBench.cookieOf(api.loginByLink());
        api.pass(TimeUnit.HOURS.toSeconds(Sessions.HOURS) - 1);
        assertThat(api.ask("GET", "/v1/status", cookie).status()).isEqualTo(200);
        api.pass(1);
        assertThat(api.ask("GET", "/v1/status", cookie).status()).isEqualTo(401);

        HttpExchange login = api.loginByLink();
        String csrf = "Twinspan-Csrf: " + login.json().path("csrf").asString();
        HttpExchange logout = api.ask("POST", "/v1/logout", ApiBench.cookieOf(login), csrf);
        assertThat(logout.status()).isEqualTo(200);
        assertThat(logout.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(api.ask("GET", "/v1/status", ApiBench.cookieOf(login)).status())
                .isEqualTo(401);
    }

    @Test
    void logoutEndsWhatTheSessionFollows() throws IOException {
        HttpExchange login = api.loginByLink();
        try (Socket socket = connect()) {
            send(socket, api.request("GET", "/v1/events?follow=1", "", ApiBench.cookieOf(login)));
            assertThat(socket.getInputStream().read()).isPositive();
            Awaitility.await().until(() -> api.gateway.followers() == 1);
            var _ = api.ask(
                    "POST",
                    "/v1/logout",
                    ApiBench.cookieOf(login),
                    "Twinspan-Csrf: " + login.json().path("csrf").asString());
            Awaitility.await().until(() -> api.gateway.followers() == 0);
        }
    }

    @Test
    void a30_changeByCookieNeedsWhatOnlyOurPageKnows() {
        HttpExchange login = api.loginByLink();
        String cookie = ApiBench.cookieOf(login);
        String order = "/v1/switch?connection=prod&tunnel=2";
        assertThat(api.ask("POST", order, cookie).status()).isEqualTo(403);
        assertThat(api.ask("POST", order, cookie, "Twinspan-Csrf: 1").status()).isEqualTo(403);
        assertThat(api.ask("POST", order, cookie, "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(api.gateway.orders()).isEmpty();
        String csrf = "Twinspan-Csrf: " + login.json().path("csrf").asString();
        assertThat(api.ask("POST", order, cookie, csrf).status()).isEqualTo(200);
        assertThat(api.gateway.orders()).containsExactly("switch prod/2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "127.0.0.2",
                "",
                "[::1]",
                "gw.example.net:x"
            })
    void a30_nameThatIsNotOursIsRefusedWithWhatToDo(String host) {
        HttpExchange answer = HttpExchange.over(
                api.address(),
                "GET /v1/status HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer "
                        + api.token(ApiConfig.Role.ADMIN) + "\r\n\r\n");
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.json().path("hint").asString()).contains("api.hosts");
    }

    @Test
    void a30_hostHeaderMustBeThereOnce() {
        String token = "Authorization: Bearer " + api.token(ApiConfig.Role.VIEWER) + "\r\n\r\n";
        assertThat(HttpExchange.over(api.address(), "GET /v1/status HTTP/1.1\r\n" + token)
                        .status())
                .isEqualTo(421);
        assertThat(HttpExchange.over(
                                api.address(),
                                "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n" + token)
                        .status())
                .isEqualTo(421);
        for (String ours : List.of("localhost", "LOCALHOST:1", "gw.example.net", "GW.example.net.:8443", "127.0.0.1")) {
            assertThat(HttpExchange.over(api.address(), "GET /v1/status HTTP/1.1\r\nHost: " + ours + "\r\n" + token)
                            .status())
                    .as(ours)
                    .isEqualTo(200);
        }
    }

    @Test
    void tokenOpensASessionOfItsRole() {
        HttpExchange login = api.login("{\"token\":\"" + api.token(ApiConfig.Role.VIEWER) + "\"}");
        assertThat(login.json().path("name").asString()).isEqualTo("token a-viewer");
        assertThat(login.json().path("role").asString()).isEqualTo("viewer");
        HttpExchange order = api.ask(
                "POST",
                "/v1/up?connection=prod",
                ApiBench.cookieOf(login),
                "Twinspan-Csrf: " + login.json().path("csrf").asString());
        assertThat(order.status()).isEqualTo(403);
        assertThat(order.json().path("hint").asString()).contains("operator", "viewer");
    }

    @Test
    void a30_loginTakesJsonOnlySoThatNoFormOfAnotherSiteCanSendIt() {
        String body = "{\"key\":\"" + api.key() + "\"}";
        assertThat(HttpExchange.over(api.address(), api.request("POST", "/v1/login", body, "Content-Type: text/plain"))
                        .status())
                .isEqualTo(400);
        for (String rubbish : List.of("", "[]", "{", "{}x", "null", "{\"key\":{}}", "[".repeat(5_000))) {
            assertThat(api.login(rubbish).status()).as(rubbish).isIn(400, 401);
        }
    }

    @Test
    void a30_wrongTokensAndLinksRunOutOfTriesAndGoodOnesGoOn() {
        assertThat(api.ask("GET", "/v1/status", ApiConfig.Role.VIEWER).status()).isEqualTo(200);
        String good = api.token(ApiConfig.Role.ADMIN);
        String wrong = good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BB" : "AA");
        for (int i = 0; i < ApiAccess.FAILURE_BURST - 2; i++) {
            assertThat(api.ask("GET", "/v1/status", "Authorization: Bearer " + wrong)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(api.login("{\"key\":\"nonsense\"}").status()).isEqualTo(401);
        assertThat(api.ask("GET", "/v1/status", "Authorization: Basic YTpi").status())
                .isEqualTo(401);
        HttpExchange tooMany = api.ask("GET", "/v1/status", "Authorization: Bearer " + wrong);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).contains("10");
        assertThat(api.login("{\"key\":\"nonsense\"}").status()).isEqualTo(429);
        assertThat(api.ask("GET", "/v1/status", "Authorization: Bearer " + good.replace("a-admin", "nobody"))
                        .status())
                .isEqualTo(429);
        // Everybody on this machine is one peer: whoever spoiled its tries must not keep the others out.
        assertThat(api.login("{\"key\":\"" + api.key() + "\"}").status()).isEqualTo(200);
        assertThat(api.ask("GET", "/v1/status", ApiConfig.Role.VIEWER).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/v1/status", ApiConfig.Role.ADMIN).status()).isEqualTo(200);
        api.pass(10);
        assertThat(api.ask("GET", "/v1/status", "Authorization: Bearer " + wrong)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a30_peerThatAsksTooOftenIsToldWhenToComeBack() {
        for (int i = 0; i < ApiAccess.REQUEST_BURST; i++) {
            assertThat(api.ask("GET", "/nothing").status()).isEqualTo(404);
        }
        HttpExchange tooMany = api.ask("GET", "/nothing");
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).contains("1");
        assertThat(HttpExchange.over(api.socket, "GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n")
                        .status())
                .isEqualTo(200);
        api.pass(1);
        assertThat(api.ask("GET", "/nothing").status()).isEqualTo(404);
    }

    @Test
    void whoLooksAtThePageAgainAndAgainMayStillAsk() {
        for (int i = 0; i < ApiAccess.FILE_BURST; i++) {
            assertThat(api.ask("GET", "/").status()).isEqualTo(200);
        }
        assertThat(api.ask("GET", "/").status()).isEqualTo(429);
        assertThat(api.ask("GET", "/nothing").status()).isEqualTo(404);
    }

    @Test
    void a30_requestsByAWrongNameCountToo() {
        for (int i = 0; i < ApiAccess.REQUEST_BURST; i++) {
            assertThat(HttpExchange.over(api.address(), "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n")
                            .status())
                    .isEqualTo(421);
        }
        assertThat(api.ask("GET", "/nothing").status()).isEqualTo(429);
    }

    @Test
    void a30_connectionsOfOneIpv6NetworkAreOfOnePeer() throws IOException {
        List<InetSocketAddress> network = new ArrayList<>();
        for (int host = 1; host <= TcpListener.MAX_CLIENTS_OF_ONE; host++) {
            network.add(new InetSocketAddress(InetAddress.getByName("2001:db8:0:1::" + host), 1_024));
        }
        InetAddress next = InetAddress.getByName("2001:db8:0:1:ffff::1");
        assertThat(TcpListener.isCrowd(next, network.stream())).isTrue();
        assertThat(TcpListener.isCrowd(next, network.stream().skip(1))).isFalse();
        assertThat(TcpListener.isCrowd(InetAddress.getByName("2001:db8:0:2::1"), network.stream()))
                .isFalse();
    }

    @Test
    void everyChangeAndEveryTryIsToldAndNoSecretIs() {
        HttpExchange login = api.loginByLink();
        String csrf = login.json().path("csrf").asString();
        String cookie = ApiBench.cookieOf(login);
        var _ = api.ask("POST", "/v1/switch?connection=prod&tunnel=2", cookie, "Twinspan-Csrf: " + csrf);
        var _ = api.ask("POST", "/v1/switch?connection=prod&tunnel=1", cookie, "Twinspan-Csrf: " + csrf);
        var _ = api.ask("POST", "/v1/rekey?connection=prod", ApiConfig.Role.VIEWER);
        var _ = api.ask("POST", "/v1/up?connection=prod");
        Awaitility.await()
                .until(() -> count("audit.refused") == 2 && count("audit.failed") == 1 && count("audit.change") >= 2);
        GatewayEvent change = api.events.stream()
                .filter(event ->
                        event.type().equals("audit.change") && event.fields().containsValue("POST /v1/switch"))
                .findFirst()
                .orElseThrow();
        assertThat(change.fields())
                .containsEntry("caller", "session of uid " + ownUid())
                .containsEntry("address", "127.0.0.1")
                .containsEntry("query", "connection=prod tunnel=2")
                .containsEntry("status", "200");
        assertThat(api.events.stream().filter(event -> event.type().equals("audit.refused")))
                .extracting(event -> event.fields().get("status"))
                .containsExactly("403", "401");
        assertThat(count("audit.login")).isEqualTo(1);
        String everything = api.events.toString();
        assertThat(everything)
                .doesNotContain(csrf)
                .doesNotContain(cookie.substring(cookie.indexOf('=') + 1))
                .doesNotContain(api.token(ApiConfig.Role.VIEWER).substring(20));
    }

    @Test
    void a30_strangersCannotFillTheJournal() {
        for (int i = 0; i < 50; i++) {
            assertThat(api.ask("POST", "/v1/up?connection=prod").status()).isEqualTo(401);
        }
        Awaitility.await().until(() -> count("audit.refused") == 1);
        api.pass(2);
        var _ = api.ask("POST", "/v1/up?connection=prod");
        Awaitility.await().until(() -> count("audit.refused") == 2);
        assertThat(api.events.getLast().fields()).containsEntry("untold", "49");
    }

    @Test
    void removedTokenIsOfNoUseSecondsLaterAndNeitherIsItsSession() throws IOException {
        String cookie = ApiBench.cookieOf(api.login("{\"token\":\"" + api.token(ApiConfig.Role.OPERATOR) + "\"}"));
        assertThat(api.ask("GET", "/v1/status", cookie).status()).isEqualTo(200);
        assertThat(api.ask("GET", "/v1/status", ApiConfig.Role.OPERATOR).status())
                .isEqualTo(200);
        Files.writeString(api.tokenFile, TokenFile.removed(Files.readString(api.tokenFile), "a-operator"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> api.ask("GET", "/v1/status", cookie).status() == 401);
        assertThat(api.ask("GET", "/v1/status", ApiConfig.Role.OPERATOR).status())
                .isEqualTo(401);
        assertThat(api.ask("GET", "/v1/status", ApiConfig.Role.VIEWER).status()).isEqualTo(200);
        assertThat(count("api.tokens")).isEqualTo(1);
    }

    @Test
    void removedTokenEndsWhatItFollows() throws IOException {
        String bearer = "Authorization: Bearer " + api.token(ApiConfig.Role.OPERATOR);
        try (Socket socket = connect()) {
            send(socket, api.request("GET", "/v1/events?follow=1", "", bearer));
            assertThat(socket.getInputStream().read()).isPositive();
            Awaitility.await().until(() -> api.gateway.followers() == 1);
            Files.writeString(api.tokenFile, TokenFile.removed(Files.readString(api.tokenFile), "a-operator"));
            Awaitility.await().until(() -> api.gateway.followers() == 0);
        }
    }

    @Test
    void linksAreMadeOnTheUnixSocketAndOnlyWhereThereIsADashboard() throws Exception {
        assertThat(api.ask("POST", "/v1/login/link", ApiConfig.Role.ADMIN).status())
                .isEqualTo(403);
        HttpExchange link = HttpExchange.over(api.socket, "POST /v1/login/link HTTP/1.1\r\nAccept: text/plain\r\n\r\n");
        assertThat(link.body()).startsWith("http://127.0.0.1:" + api.address().getPort() + "/#k=");
        api.close();
        Path other = Files.createDirectory(folder.resolve("other"));
        try (ApiBench unixOnly = new ApiBench(other)) {
            HttpExchange none = HttpExchange.over(unixOnly.socket, "POST /v1/login/link HTTP/1.1\r\n\r\n");
            assertThat(none.status()).isEqualTo(409);
            assertThat(none.json().path("hint").asString()).contains("listen:");
        }
    }

    @Test
    void everyAnswerTellsBrowsersToKeepItToThemselves() {
        HttpExchange answer = api.ask("GET", "/v1/status", ApiConfig.Role.VIEWER);
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
        assertThat(answer.header("Content-Security-Policy").orElseThrow()).startsWith("default-src 'none'");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    private long count(String type) {
        return api.events.stream().filter(event -> event.type().equals(type)).count();
    }

    private static int ownUid() throws AssertionError {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(api.address().getAddress(), api.address().getPort());
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The status of an answer that may never end. */
    private int statusOf(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.setSoTimeout(15_000);
            send(socket, request);
            byte[] head = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return Integer.parseInt(new String(head, StandardCharsets.ISO_8859_1).substring(9));
        }
    }
}
