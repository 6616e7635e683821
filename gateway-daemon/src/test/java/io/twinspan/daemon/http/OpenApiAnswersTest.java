package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.daemon.http.PromisedAnswers.Ask;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every answer that the OpenAPI document promises is asked for, and has the form that it promises. */
@Timeout(60)
final class OpenApiAnswersTest {

    private static final OpenApiDocument DOCUMENT = new OpenApiDocument();

    @TempDir
    private Path folder = Path.of("");

    private ApiScene scene;
    private ApiBench api;

    @BeforeEach
    void start() throws IOException {
        scene = new ApiScene(folder);
        api = scene.api;
    }

    @AfterEach
    void stop() throws IOException {
        scene.close();
    }

    private static Stream<Ask> asks() {
        return PromisedAnswers.all();
    }

    @Test
    void everyAnswerThatIsPromisedIsAskedForAndNoOtherIsExpected() {
        assertThat(asks().map(Ask::promise).distinct().toList())
                .as("the answers under 'paths' of openapi.yaml, each with a line in a list of PromisedAnswers")
                .containsExactlyInAnyOrderElementsOf(DOCUMENT.promised());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("asks")
    void anAnswerHasTheFormThatIsPromised(Ask ask) throws IOException {
        if (ask.status() != 409 || !ask.path().equals("/v1/login/link")) {
            api.listen(null);
        }
        ask.situation().accept(scene);
        HttpExchange answer = ask.type().equals(PromisedAnswers.EVENTS) ? beginning(ask) : exchange(ask);
        assertThat(answer.status()).as(answer.body()).isEqualTo(ask.status());
        assertThat(answer.header("Content-Type").orElse("")).startsWith(ask.type());
        JsonNode schema = DOCUMENT.response(ask.method(), ask.path(), ask.status())
                .path("content")
                .path(ask.type())
                .path("schema");
        assertThat(schema.isMissingNode()).isFalse();
        assertThat(answer.text()).isNotBlank();
        switch (ask.type()) {
            case PromisedAnswers.JSON ->
                assertThat(DOCUMENT.faults(schema, answer.text()))
                        .as(answer.text())
                        .isEmpty();
            case PromisedAnswers.LINES ->
                assertThat(answer.text().lines())
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(DOCUMENT.faults(schema, line))
                                .as(line)
                                .isEmpty());
            case PromisedAnswers.EVENTS -> events(answer.text());
            default -> assertThat(schema.path("type").asString()).isEqualTo("string");
        }
        if (ask.status() == 429 || ask.status() == 503) {
            assertThat(answer.header("Retry-After").orElse("")).matches("[0-9]+");
        }
    }

    private HttpExchange exchange(Ask ask) {
        List<String> headers = new ArrayList<>();
        if (ask.type().equals(PromisedAnswers.TEXT) || ask.type().equals("application/openmetrics-text")) {
            headers.add("Accept: " + ask.type());
        }
        return switch (ask.asker()) {
            case ROOT -> {
                headers.add("Host: x");
                headers.add("Content-Length: " + ask.body().length());
                yield HttpExchange.over(
                        api.socket,
                        ask.method() + " " + ask.target() + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n"
                                + ask.body());
            }
            case OPERATOR -> api.ask(ask.method(), ask.target(), ApiConfig.Role.OPERATOR);
            case NOBODY -> api.login(ask.body().isEmpty() ? "{\"key\":\"" + api.key() + "\"}" : ask.body());
        };
    }

    /** A stream that goes on for ever, as far as something of each kind has come. */
    private HttpExchange beginning(Ask ask) throws IOException {
        StringBuilder text = new StringBuilder();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(api.socket));
            String request = ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: x\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer piece = ByteBuffer.allocate(1 << 16);
            while (!Stream.of("hello", "state", "sample", "journal").allMatch(it -> text.indexOf("event: " + it) >= 0)
                    || !text.toString().endsWith("\n\n\r\n")) {
                assertThat(channel.read(piece)).isPositive();
                text.append(StandardCharsets.ISO_8859_1.decode(piece.flip()));
                piece.clear();
            }
        }
        int head = text.indexOf("\r\n\r\n");
        return new HttpExchange(
                Integer.parseInt(text.substring(9, 12)),
                text.substring(0, head),
                text.substring(head + 4) + "0\r\n\r\n");
    }

    private static void events(String text) {
        for (String event : text.split("\n\n")) {
            List<String> lines = event.lines().toList();
            String data = lines.stream()
                    .filter(line -> line.startsWith("data: "))
                    .map(line -> line.substring(6))
                    .findFirst()
                    .orElse("");
            if (!data.isEmpty()) {
                String schema = switch (JsonMapper.shared()
                        .readTree(data)
                        .path("schema")
                        .asString()) {
                    case "twinspan.hello/1" -> "hello";
                    case "twinspan.status/1" -> "status";
                    case "twinspan.sample/1" -> "sample";
                    case "twinspan.events/1" -> "event";
                    default -> fail(event);
                };
                assertThat(DOCUMENT.faults(schema, data)).as(event).isEmpty();
            }
        }
    }

    /** What any route may answer: no route names it, and 'default' has its form. */
    @ParameterizedTest
    @CsvSource({
        "400, GET, /v1/status?tunel=1, ''",
        "401, GET, /v1/status, ''",
        "403, POST, /v1/config/apply, operator",
        "404, GET, /v1/nothing, operator",
        "405, POST, /v1/status, operator",
        "413, POST, /v1/config/diff, operator",
        "414, GET, /long, operator",
        "421, GET, /v1/status, host",
        "431, GET, /v1/status, headers"
    })
    void whatAnyRouteMayAnswerHasTheFormOfAnError(int status, String method, String target, String how)
            throws IOException {
        api.listen(null);
        char[] many = new char[ApiServer.MAX_HEADER_BYTES + (1 << 20)];
        Arrays.fill(many, 'a');
        String address = "127.0.0.1:" + api.address().getPort();
        String request =
                method + " " + (status == 414 ? "/" + new String(many, 0, 1 << 16) : target) + " HTTP/1.1\r\nHost: "
                        + (how.equals("host") ? "gateway.example.org" : address) + "\r\n"
                        + (how.equals("operator") || status == 400
                                ? "Authorization: Bearer " + api.token(ApiConfig.Role.OPERATOR) + "\r\n"
                                : "")
                        + (how.equals("headers") ? "X: " + new String(many, 0, 1 << 16) + "\r\n" : "")
                        + "Content-Length: " + (status == 413 ? 1 << 30 : 0) + "\r\n\r\n";
        HttpExchange answer = HttpExchange.over(api.address(), request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(DOCUMENT.faults("error", answer.body())).as(answer.body()).isEmpty();
        assertThat(DOCUMENT.whole()
                        .at("/components/responses/error/description")
                        .asString())
                .contains(Integer.toString(status));
    }

    @Test
    void aBugIsAnErrorOfTheSameForm() throws IOException {
        CompletableFuture<GatewayConfig> bug = CompletableFuture.failedFuture(new IllegalStateException("a bug"));
        Path elsewhere = Objects.requireNonNull(folder.resolve("bug.sock"));
        try (var _ = ApiServer.start(elsewhere, List.of(new RunningConfigRoutes(() -> bug)))) {
            HttpExchange answer = HttpExchange.over(elsewhere, "GET /v1/config HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(DOCUMENT.faults("error", answer.body())).isEmpty();
        }
    }
}
