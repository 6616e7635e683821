package io.twinspan.daemon.http;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.ApiConfig.Listener;
import io.twinspan.config.model.ApiConfig.SocketGroups;
import io.twinspan.config.model.ApiConfig.Tls;
import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.TokenFile;
import io.twinspan.daemon.access.TokenHash;
import io.twinspan.daemon.observe.GatewayEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An API that listens on TCP, with a token for each role and a clock that stands until it is moved. */
final class ApiBench implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    final FakeGateway gateway = new FakeGateway();
    final ScriptedConfig config = new ScriptedConfig();
    final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    final Path socket;
    final Path tokenFile;
    private final AtomicLong nanos = new AtomicLong(1);

    /** Hashing is slow by design: once for all tests. */
    private static final Map<ApiConfig.Role, BearerToken> TOKENS = new ConcurrentHashMap<>();

    private static final String TOKEN_FILE = tokenFile();

    private final ApiServer server;
    private InetSocketAddress address = new InetSocketAddress(0);

    ApiBench(Path folder) throws IOException {
        this(folder, new FakeDiagnosis(), List.of());
    }

    /** With this diagnosis, and further routes. */
    ApiBench(Path folder, FakeDiagnosis diagnosis, List<RouteGroup> further) throws IOException {
        socket = folder.resolve("api.sock");
        tokenFile = folder.resolve("tokens");
        Files.writeString(tokenFile, TOKEN_FILE);
        AdminClock clock = new AdminClock(nanos::get, () -> SampleStatus.NOW, RANDOM::nextBytes);
        List<RouteGroup> groups = new ArrayList<>(GatewayRoutes.of(gateway));
        groups.add(new DiagnosisRoutes(diagnosis));
        groups.add(new ConfigRoutes(config));
        groups.addAll(further);
        server = ApiServer.start(socket, groups, new ApiServer.Access(SocketGroups.NONE, events::add, clock));
    }

    private static String tokenFile() {
        String text = "# made by a test\n";
        for (ApiConfig.Role role : ApiConfig.Role.values()) {
            BearerToken token = BearerToken.create("a-" + role.label(), RANDOM::nextBytes);
            TOKENS.put(role, token);
            text = TokenFile.added(text, token.name(), new TokenFile.Entry(role, TokenHash.of(token, salt())));
        }
        return text;
    }

    private static byte[] salt() {
        byte[] salt = new byte[TokenHash.SALT_OCTETS];
        RANDOM.nextBytes(salt);
        return salt;
    }

    InetSocketAddress listen(@Nullable Tls tls, String... hosts) throws IOException {
        address = server.listen(new Listener(InetAddress.getLoopbackAddress(), 0, List.of(hosts), tokenFile, tls));
        return address;
    }

    ApiServer server() {
        return server;
    }

    InetSocketAddress address() {
        return address;
    }

    void pass(long seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    String token(ApiConfig.Role role) {
        return Objects.requireNonNull(TOKENS.get(role)).expose();
    }

    /** A request with a Host header of ours and these further header lines. */
    HttpExchange ask(String method, String target, String... headers) {
        return HttpExchange.over(address, request(method, target, "", headers));
    }

    HttpExchange ask(String method, String target, ApiConfig.Role role) {
        return ask(method, target, "Authorization: Bearer " + token(role));
    }

    HttpExchange login(String body) {
        return HttpExchange.over(address, request("POST", "/v1/login", body, "Content-Type: application/json"));
    }

    /** Logs in by a link and returns the answer. */
    HttpExchange loginByLink() {
        return login("{\"key\":\"" + key() + "\"}");
    }

    /** The key of a fresh link. */
    String key() {
        String url = HttpExchange.over(socket, "POST /v1/login/link HTTP/1.1\r\nHost: x\r\n\r\n")
                .json()
                .path("url")
                .asString();
        return url.substring(url.indexOf("#k=") + 3);
    }

    static String cookieOf(HttpExchange login) {
        return "Cookie: " + login.header("Set-Cookie").orElseThrow().split(";")[0];
    }

    String request(String method, String target, String body, String... headers) {
        return method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort() + "\r\nContent-Length: "
                + body.length() + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n"
                + body;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
