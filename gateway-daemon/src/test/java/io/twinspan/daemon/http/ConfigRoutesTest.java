package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.diff.Disturbance;
import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.reload.ReloadPreview;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Changes of the configuration over a real Unix socket, with a gateway in memory. */
final class ConfigRoutesTest {
    @TempDir
    private Path folder = Path.of("");

    private final ScriptedConfig config = new ScriptedConfig();
    private AutoCloseable server = () -> {};

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.start(folder.resolve("api.sock"), List.of(new ConfigRoutes(config)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void theDiffTellsWhatEachChangeDisturbsAndNoSecret() {
        ConfigChange key = new ConfigChange(
                "connections.prod.tunnels[0].psk-file",
                ConfigChange.Kind.CHANGED,
                "",
                "",
                "changed",
                Disturbance.TUNNEL,
                "prod",
                1);
        config.answers(new ConfigAnswer.Compared(ReloadPreview.of(new ConfigDelta(List.of(key)), Map.of()), List.of()));
        JsonNode diff = json(post("/v1/config/diff", "", false));
        assertThat(diff.path("schema").asString()).isEqualTo("twinspan.config-diff/1");
        assertThat(diff.at("/changes/0/disturbs").asString()).isEqualTo("tunnel");
        assertThat(diff.at("/changes/0/from").isNull()).isTrue();
        assertThat(diff.at("/changes/0/effect").asString()).isEqualTo("tunnel 1 renegotiates (it is not up)");
        assertThat(post("/v1/config/diff", "", true)).contains("Twinspan-State: differs", "changed  tunnel 1");
        assertThat(config.asked()).containsExactly("diff", "diff");
    }

    @Test
    void aDraftIsComparedUnderItsOwnName() {
        config.answers(new ConfigAnswer.Compared(ReloadPreview.of(new ConfigDelta(List.of()), Map.of()), List.of()));
        assertThat(post("/v1/config/diff?name=draft%201.yaml", "version: 1\n", true))
                .contains("nothing differs", "Twinspan-State: same");
        assertThat(config.asked()).containsExactly("diff draft 1.yaml version: 1");
    }

    @Test
    void problemsComeAllAtOnceWithTheirPlaces() {
        config.answers(new ConfigAnswer.Invalid(List.of(
                new Problem(Severity.ERROR, new SourceLocation("/etc/t.yaml", 7, 9), "a.b", "unknown key 'b'", ""),
                new Problem(Severity.WARNING, new SourceLocation("/etc/t.yaml", 9, 3), "a.c", "is odd", "so"))));
        String answer = post("/v1/config/apply", "", false);
        assertThat(answer).startsWith("HTTP/1.1 422 ");
        JsonNode problems = json(answer);
        assertThat(problems.path("schema").asString()).isEqualTo("twinspan.problems/1");
        assertThat(problems.path("problems").size()).isEqualTo(2);
        assertThat(problems.at("/problems/0/line").asInt()).isEqualTo(7);
        assertThat(problems.at("/problems/0/column").asInt()).isEqualTo(9);
        assertThat(post("/v1/config/apply", "", true)).contains("/etc/t.yaml:7:9  error  a.b: unknown key 'b'");
    }

    @Test
    void timesAndTheCallerReachTheGateway() {
        config.answers(new ConfigAnswer.Done("applied; rolled back in 60 s unless it is confirmed", 60));
        String answer = post("/v1/config/apply?confirm=60s&within=5s", "", false);
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Twinspan-State: on-trial");
        assertThat(json(answer).path("confirmSeconds").asInt()).isEqualTo(60);
        assertThat(config.asked()).singleElement().asString().matches("apply uid .* PT1M PT5S");
    }

    @Test
    void whatIsNoTimeAndWhatIsNoFileOfTheDaemonsIsRefused() {
        assertThat(post("/v1/config/apply?confirm=soon", "", false)).startsWith("HTTP/1.1 400 ");
        assertThat(post("/v1/config/apply?within=2h", "", false)).startsWith("HTTP/1.1 400 ");
        assertThat(post("/v1/config/apply", "version: 1\n", false)).startsWith("HTTP/1.1 400 ");
        assertThat(config.asked()).isEmpty();
    }

    @Test
    void aRollbackByItselfIsNoSuccess() {
        config.answers(new ConfigAnswer.RolledBack("rolled back: tunnel prod/2 did not come back within 30 s"));
        assertThat(post("/v1/config/apply", "", true))
                .startsWith("HTTP/1.1 409 ")
                .contains("tunnel prod/2 did not come back within 30 s");
        config.answers(new ConfigAnswer.Refused("no change waits for a confirmation", "hint"));
        assertThat(post("/v1/config/confirm", "", true)).startsWith("HTTP/1.1 409 ");
    }

    @Test
    void everyChangeNeedsAnAdmin() {
        assertThat(new ConfigRoutes(config).routes())
                .filteredOn(route -> route.method().equals("POST"))
                .hasSize(4)
                .allSatisfy(route -> assertThat(route.role()).isEqualTo(Role.ADMIN));
    }

    private String post(String target, String body, boolean asText) {
        String request = "POST " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: "
                + (asText ? "text/plain" : "application/json") + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("api.sock")));
            ByteBuffer octets = ByteBuffer.wrap(request.getBytes(UTF_8));
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String answer) {
        return JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
}
