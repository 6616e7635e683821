package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** History and the stream of server-sent events over a real socket. */
@Timeout(30)
final class LiveRoutesTest extends UnixApiFixture {
    @Test
    void historyIsAColumnForEachSeries() throws IOException {
        JsonNode history = body("/v1/history?connection=prod&range=5m");
        assertThat(history.path("schema").asString()).isEqualTo("twinspan.history/1");
        assertThat(history.path("stepSeconds").asInt()).isEqualTo(1);
        assertThat(history.path("count").asInt()).isEqualTo(31);
        assertThat(history.path("from").asString()).isEqualTo("2026-11-23T02:59:29.250Z");
        assertThat(history.at("/states/4").asString()).isEqualTo("down");
        JsonNode dead = history.at("/tunnels/0");
        assertThat(dead.at("/bytesInPerSecond/0").isNull()).isTrue();
        assertThat(dead.at("/lossPercent/20").isNull()).isTrue();
        assertThat(dead.at("/state/20").asInt()).isEqualTo(4);
        JsonNode alive = history.at("/tunnels/1");
        assertThat(alive.path("number").asInt()).isEqualTo(2);
        assertThat(alive.at("/bytesOutPerSecond/20").asLong()).isEqualTo(1_250_000);
        assertThat(alive.at("/packetsInPerSecond/20").asInt()).isEqualTo(1);
        assertThat(alive.at("/medianMicroseconds/20").asInt()).isEqualTo(162_460);
        assertThat(alive.at("/lossPercent/21").asDouble()).isEqualTo(1.3);
    }

    @Test
    void aDayComesInTensOfSeconds() throws IOException {
        JsonNode history = body("/v1/history?connection=prod&range=24h");
        assertThat(history.path("stepSeconds").asInt()).isEqualTo(10);
        assertThat(history.path("count").asInt()).isEqualTo(3);
    }

    @Test
    void whatCannotBeAnsweredSaysWhy() throws IOException {
        assertThat(body("/v1/history?connection=prod&range=2w").path("hint").asString())
                .isEqualTo("5m, 1h or 24h");
        assertThat(body("/v1/history?connection=other").path("error").asString())
                .isEqualTo("no connection 'other'; there is 'prod'");
    }

    @Test
    void aStreamBeginsWithWhoReadsItAndTheStateAndTheNewestSample() throws IOException {
        try (Stream stream = new Stream("/v1/stream", "")) {
            assertThat(stream.head()).contains("HTTP/1.1 200 OK", "content-type: text/event-stream");
            assertThat(stream.next().text()).contains("retry: 1000");
            assertThat(stream.until("state").json().at("/connections/0/name").asString())
                    .isEqualTo("prod");
            JsonNode sample = stream.until("sample").json().at("/connections/0");
            assertThat(sample.path("name").asString()).isEqualTo("prod");
            assertThat(sample.at("/tunnels/0/bytesInPerSecond").asInt()).isZero();
            assertThat(sample.at("/tunnels/1/bytesOutPerSecond").asLong()).isEqualTo(1_250_000);
        }
    }

    @Test
    void helloTellsTheRole() throws IOException {
        try (Stream stream = new Stream("/v1/stream", "")) {
            assertThat(stream.until("hello").json().path("role").asString()).isEqualTo("admin");
        }
    }

    @Test
    void stateComesEverySecondWithoutAnyEvent() throws IOException {
        try (Stream stream = new Stream("/v1/stream?connection=prod", "")) {
            for (int i = 0; i < 3; i++) {
                assertThat(stream.until("state").json().path("schema").asString())
                        .isEqualTo("twinspan.status/1");
            }
        }
    }

    @Test
    void aReaderThatComesBackGetsWhatItMissedAndNothingTwice() throws IOException {
        gateway.happen("first");
        try (Stream stream = new Stream("/v1/stream", "")) {
            assertThat(stream.until("journal").id()).isEqualTo("1");
            gateway.happen("second");
            assertThat(stream.until("journal").json().path("message").asString())
                    .isEqualTo("second");
        }
        gateway.happen("third");
        gateway.happen("fourth");
        // What the browser says is newer than what the page once asked for.
        try (Stream stream = new Stream("/v1/stream?after=0", "Last-Event-ID: 2\r\n")) {
            gateway.happen("fifth");
            List<String> heard = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                heard.add(stream.until("journal").json().path("message").asString());
            }
            assertThat(heard).containsExactly("third", "fourth", "fifth");
        }
    }

    @Test
    void whoGoesAwayIsNotFollowedAnyMore() throws IOException {
        try (Stream stream = new Stream("/v1/stream", "")) {
            stream.until("state");
            assertThat(gateway.followers()).isOne();
        }
        Awaitility.await().until(() -> gateway.followers() == 0);
    }

    private JsonNode body(String path) throws IOException {
        try (Stream answer = new Stream(path, "")) {
            return JsonMapper.shared().readTree(answer.rest());
        }
    }

    private record Piece(String text) {
        String field(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        String id() {
            return field("id");
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(field("data"));
        }
    }

    /** One answer, read as it comes. */
    private final class Stream implements AutoCloseable {
        private final SocketChannel channel = connect();
        private final BufferedReader lines;
        private final String head;

        Stream(String path, String headers) throws IOException {
            channel.write(
                    ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n").getBytes(UTF_8)));
            lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
            head = block();
        }

        String head() {
            return head;
        }

        Piece next() throws IOException {
            return new Piece(block());
        }

        Piece until(String type) throws IOException {
            Piece piece = next();
            while (!piece.field("event").equals(type)) {
                piece = next();
            }
            return piece;
        }

        String rest() throws IOException {
            return Objects.requireNonNull(lines.readLine());
        }

        private String block() throws IOException {
            StringBuilder text = new StringBuilder();
            String line = lines.readLine();
            while (line != null && !line.isEmpty()) {
                text.append(line).append('\n');
                line = lines.readLine();
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
