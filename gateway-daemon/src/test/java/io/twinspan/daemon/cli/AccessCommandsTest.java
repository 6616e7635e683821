package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that let people in, with a real listener that takes what they make. */
final class AccessCommandsTest extends CommandFixture {
    /** Nobody may be wrong more than ten times at once. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private Path tokens = Path.of("");

    @BeforeEach
    void nameTheFile() {
        tokens = folder.resolve("api.tokens");
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private String listen() throws IOException {
        InetSocketAddress address =
                server.listen(new ApiConfig.Listener(InetAddress.getLoopbackAddress(), 0, List.of(), tokens, null));
        return "http://127.0.0.1:" + address.getPort() + "/";
    }

    @Test
    void aTokenIsPrintedOnceKeptAsAHashAndOpensWhatItsRoleMay() throws Exception {
        String url = listen();
        assertThat(token("create", "prometheus", "--role", "viewer")).isEqualTo(ExitCode.OK);
        String token = text().strip();
        assertThat(token).startsWith("twinspan_prometheus_").doesNotContain("\n");
        assertThat(Files.readString(tokens))
                .contains("prometheus")
                .doesNotContain(token.substring("twinspan_prometheus_".length()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
                .isEqualTo("rw-------");
        Awaitility.await()
                .pollInterval(BETWEEN_TRIES)
                .atMost(Duration.ofSeconds(20))
                .until(() -> status("GET", url + "v1/status", token) == 200);
        assertThat(status("POST", url + "v1/up?connection=prod", token)).isEqualTo(403);
        assertThat(token("remove", "prometheus")).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(tokens)).doesNotContain("prometheus");
    }

    @Test
    void tokensAreListedWithTheirRolesAndWithoutTheirSecrets() {
        assertThat(token("list")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEmpty();
        assertThat(token("create", "wall", "--role", "viewer")).isEqualTo(ExitCode.OK);
        assertThat(token("create", "ops", "--role", "operator")).isEqualTo(ExitCode.OK);
        var _ = text();
        assertThat(token("list")).isEqualTo(ExitCode.OK);
        assertThat(text()).isEqualTo("wall  viewer\nops  operator\n");
    }

    @Test
    void whatCannotBeATokenIsRefusedAndChangesNothing() throws IOException {
        assertThat(token("create", "Ops Team", "--role", "viewer")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'Ops Team' cannot name a token", "lower-case");
        assertThat(token("create", "ops")).isEqualTo(ExitCode.USAGE);
        assertThat(token("create", "ops", "--role", "root")).isEqualTo(ExitCode.USAGE);
        assertThat(tokens).doesNotExist();
        assertThat(token("create", "ops", "--role", "admin")).isEqualTo(ExitCode.OK);
        String before = Files.readString(tokens);
        assertThat(token("create", "ops", "--role", "viewer")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is a token ops", "twinspan token remove ops");
        assertThat(token("remove", "nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no token nobody");
        assertThat(Files.readString(tokens)).isEqualTo(before);
    }

    @Test
    void aDamagedFileKeepsItsCommentsAndModeAndItsBadLinesAreNamed() throws IOException {
        Files.writeString(tokens, "# ours\nnonsense\n");
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(token("create", "ops", "--role", "admin")).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(tokens)).startsWith("# ours\nnonsense\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
                .isEqualTo("rw-r-----");
        var _ = text();
        assertThat(token("list")).isEqualTo(ExitCode.CONFIG_INVALID);
        assertThat(text()).isEqualTo("ops  admin\n");
        assertThat(err.toString()).contains("line 2");
    }

    @Test
    void theLinkOfDashboardLogsInAtTheListenerOnce() throws Exception {
        String url = listen();
        assertThat(run("dashboard")).isEqualTo(ExitCode.OK);
        String link = text().strip();
        assertThat(link).startsWith(url + "#k=");
        String login = "{\"key\":\"" + link.substring(link.indexOf("#k=") + 3) + "\"}";
        assertThat(login(url, login).body()).contains("\"role\":\"admin\"");
        assertThat(login(url, login).statusCode()).isEqualTo(401);
    }

    @Test
    void withoutAListenerDashboardSaysWhichSettingIsMissing() {
        assertThat(run("dashboard")).isNotEqualTo(ExitCode.OK);
        assertThat(text()).isEmpty();
        assertThat(err.toString()).contains("serves no dashboard", "api: { listen: 127.0.0.1:8443 }");
    }

    private HttpResponse<String> login(String url, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + "v1/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int status(String method, String target, String token) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create(target))
                                .header("Authorization", "Bearer " + token)
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private int token(String... arguments) {
        return execute(Stream.concat(
                        Stream.concat(Stream.of("token"), Stream.of(arguments)), Stream.of("--file", tokens.toString()))
                .toArray(String[]::new));
    }
}
