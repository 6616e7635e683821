package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.client.Event;
import io.twinspan.client.Status;
import io.twinspan.client.TwinspanClient;
import io.twinspan.client.TwinspanException;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.ApiConfig.Client;
import io.twinspan.config.model.ApiConfig.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over TLS, and the Java client over everything. */
final class TlsAccessTest {
    @TempDir
    private Path folder = Path.of("");

    private final TestAuthority authority = new TestAuthority("CN=test authority");
    private final TestAuthority stranger = new TestAuthority("CN=stranger");
    private ApiBench api;

    @BeforeEach
    void start() throws IOException {
        TestAuthority.Identity server = authority.issue("CN=gateway");
        Tls tls = new Tls(
                TestAuthority.writeCertificate(folder.resolve("gateway.pem"), server),
                TestAuthority.writeKey(folder.resolve("gateway.key"), server),
                authority.writeCertificate(folder.resolve("clients.pem")),
                List.of(
                        new Client("CN=prometheus,O=Example", ApiConfig.Role.VIEWER),
                        new Client("CN=automation,O=Example", ApiConfig.Role.OPERATOR)));
        api = new ApiBench(folder);
        api.listen(tls);
    }

    @AfterEach
    void stop() throws IOException {
        api.close();
    }

    @Test
    void tokenAndCookieWorkOverTlsAndTheCookieStaysThere() throws IOException {
        SSLContext client = authority.client(null);
        assertThat(over(client, api.request("GET", "/v1/status", "")).status()).isEqualTo(401);
        assertThat(over(client, bearer(ApiConfig.Role.VIEWER)).status()).isEqualTo(200);
        HttpExchange login = over(
                client,
                api.request("POST", "/v1/login", "{\"key\":\"" + api.key() + "\"}", "Content-Type: application/json"));
        assertThat(login.header("Set-Cookie").orElseThrow())
                .startsWith("__Host-twinspan-" + api.address().getPort() + "=")
                .endsWith("; Secure");
        assertThat(over(client, api.request("GET", "/v1/session", "", ApiBench.cookieOf(login)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void certificateThatIsNamedHasItsRoleAndNoOtherHasAny() throws IOException {
        SSLContext viewer = authority.client(authority.issue("CN=prometheus, O=Example"));
        assertThat(over(viewer, api.request("GET", "/v1/session", ""))
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("certificate CN=prometheus,O=Example");
        String order = "/v1/up?connection=prod";
        assertThat(over(viewer, api.request("POST", order, "", "Twinspan-Csrf: 1"))
                        .status())
                .isEqualTo(403);
        SSLContext operator = authority.client(authority.issue("CN=automation,O=Example"));
        assertThat(over(operator, api.request("POST", order, "", "Twinspan-Csrf: 1"))
                        .status())
                .isEqualTo(200);
        assertThat(over(operator, api.request("POST", order, "")).status()).isEqualTo(403);
        SSLContext unnamed = authority.client(authority.issue("CN=automation,O=Example,C=DE"));
        assertThat(over(unnamed, api.request("GET", "/v1/status", "")).status()).isEqualTo(401);
        assertThat(api.gateway.orders()).containsExactly("up prod/0");
    }

    @Test
    void a30_certificateOfAStrangerEndsTheConnection() {
        SSLContext forged = authority.client(stranger.issue("CN=automation,O=Example"));
        // A client keeps to itself what the server would not accept; then it is nobody, which is as good.
        int status;
        try {
            status = over(forged, api.request("GET", "/v1/status", "")).status();
        } catch (IOException e) {
            status = 0;
        }
        assertThat(status).isIn(0, 401);
    }

    @Test
    void a30_oldTlsAndNoTlsAreNotSpoken() throws IOException {
        try (SSLSocket socket = (SSLSocket) authority
                .client(null)
                .getSocketFactory()
                .createSocket(api.address().getAddress(), api.address().getPort())) {
            socket.setSoTimeout(15_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
        try (Socket plain = new Socket(api.address().getAddress(), api.address().getPort())) {
            plain.setSoTimeout(15_000);
            plain.getOutputStream().write(bearer(ApiConfig.Role.ADMIN).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1");
        }
    }

    @Test
    void newCertificateIsTakenWhenItsFilesChangeAndADamagedOneIsNot() throws IOException {
        TestAuthority.Identity renewed = stranger.issue("CN=gateway");
        Files.writeString(folder.resolve("gateway.pem"), "damaged");
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> told("keeps its old certificate"));
        assertThat(over(authority.client(null), bearer(ApiConfig.Role.VIEWER)).status())
                .isEqualTo(200);
        var _ = TestAuthority.writeKey(folder.resolve("gateway.key"), renewed);
        var _ = TestAuthority.writeCertificate(folder.resolve("gateway.pem"), renewed);
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> told("uses the new certificate"));
        assertThat(over(stranger.client(null), bearer(ApiConfig.Role.VIEWER)).status())
                .isEqualTo(200);
        assertThatThrownBy(() -> over(authority.client(null), bearer(ApiConfig.Role.VIEWER)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void javaClientAsksAndOrdersOverTlsWithAToken() {
        TwinspanClient client = client(api.token(ApiConfig.Role.OPERATOR), null);
        Status status = client.status();
        assertThat(status.state()).isEqualTo("degraded");
        assertThat(status.connections().getFirst().tunnels().get(1).bytesOut()).isEqualTo(98_765_432);
        assertThat(client.switchTo("prod", 2)).isEqualTo("switch ordered");
        assertThat(client.rekey("prod", 1)).isEqualTo("rekey ESP ordered");
        assertThat(api.gateway.orders()).containsExactly("switch prod/2", "rekey ESP prod/1");
        assertThatThrownBy(() -> client.switchTo("prod", 1))
                .isInstanceOfSatisfying(TwinspanException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(409);
                    assertThat(refused.hint()).isEqualTo("wait");
                });
        assertThatThrownBy(() -> client("twinspan_x_y", null).status())
                .isInstanceOfSatisfying(
                        TwinspanException.class,
                        refused -> assertThat(refused.status()).isEqualTo(401));
        assertThatThrownBy(() -> TwinspanClient.tcp(
                                base(), "", stranger.client(null).getSocketFactory())
                        .status())
                .isInstanceOfSatisfying(
                        TwinspanException.class,
                        unreachable -> assertThat(unreachable.status()).isEqualTo(TwinspanException.UNREACHABLE));
    }

    @Test
    void javaClientFollowsEventsAndDrillsOverTheUnixSocket() {
        TwinspanClient client = TwinspanClient.unix(api.socket);
        api.gateway.happen("first");
        api.gateway.happen("second");
        List<Event> seen = new ArrayList<>();
        client.follow(0, event -> {
            seen.add(event);
            return seen.size() < 2;
        });
        assertThat(seen).extracting(Event::message).containsExactly("first", "second");
        assertThat(client.events(1)).extracting(Event::sequence).containsExactly(2L);
        assertThat(client.get("/v1/sas", Map.of()).at("schema").text()).isEqualTo("twinspan.sas/1");
        Thread drill = Thread.ofVirtual().start(() -> {
            Awaitility.await().until(() -> api.gateway.drillFollower() != null);
            api.gateway.finishDrill();
        });
        List<String> news = new ArrayList<>();
        assertThat(client.drill(
                                "blackhole",
                                "prod",
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(1),
                                line -> news.add(line.at("text").text()))
                        .at("verdict")
                        .text())
                .isEqualTo("missed");
        assertThat(news).isNotEmpty();
        assertThat(drill.isInterrupted()).isFalse();
    }

    @Test
    void exampleCompilesAndRuns() throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        classes.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "../client/examples/WatchAndSwitch.java");
        assertThat(compiled).isZero();
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            Method main = loader.loadClass("WatchAndSwitch").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[] {api.socket.toString()});
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("prod is degraded, active 2");
    }

    private TwinspanClient client(String token, TestAuthority.@Nullable Identity identity) {
        return TwinspanClient.tcp(base(), token, authority.client(identity).getSocketFactory());
    }

    private URI base() {
        return URI.create("https://127.0.0.1:" + api.address().getPort());
    }

    private boolean told(String words) {
        return api.events.stream().anyMatch(event -> event.message().contains(words));
    }

    private String bearer(ApiConfig.Role role) {
        return api.request("GET", "/v1/status", "", "Authorization: Bearer " + api.token(role));
    }

    private HttpExchange over(SSLContext client, String request) throws IOException {
        try (Socket socket = client.getSocketFactory()
                .createSocket(api.address().getAddress(), api.address().getPort())) {
            return HttpExchange.over(socket, request);
        }
    }
}
