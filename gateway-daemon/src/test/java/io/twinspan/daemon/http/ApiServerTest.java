package io.twinspan.daemon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.observe.EventJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over a real Unix socket, read by a foreign JSON parser. */
final class ApiServerTest extends UnixApiFixture {
    @Test
    void a30_socketIsForOwnerAndGroupOnlyAndGoesAwayWithTheServer() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw----");
        server.close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leftoverSocketIsReplaced() throws Exception {
        server.close();
        Files.createFile(socket);
        server = ApiServer.start(socket, GatewayRoutes.of(gateway));
        assertThat(get("/v1/status")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void statusHasEveryMemberThatIsPromised() {
        String answer = get("/v1/status");
        assertThat(answer).contains("Twinspan-State: degraded");
        JsonNode status = json(answer);
        assertThat(status.path("schema").asString()).isEqualTo("twinspan.status/1");
        JsonNode connection = status.path("connections").path(0);
        assertThat(connection.path("name").asString()).isEqualTo("prod");
        assertThat(connection.path("state").asString()).isEqualTo("degraded");
        assertThat(connection.path("active").asInt()).isEqualTo(2);
        assertThat(connection.path("redundant").asBoolean()).isFalse();
        JsonNode tunnel = connection.path("tunnels").path(1);
        assertThat(tunnel.path("number").asInt()).isEqualTo(2);
        assertThat(tunnel.path("state").asString()).isEqualTo("up");
        assertThat(tunnel.at("/outside/remote").asString()).isEqualTo("203.0.113.94");
        assertThat(tunnel.at("/inside/local").asString()).isEqualTo("169.254.11.2");
        assertThat(tunnel.at("/suites/ike").asString()).isEqualTo("aes-gcm-16-256/hmac-sha2-384/20");
        assertThat(tunnel.at("/suites/esp").asString()).isEqualTo("aes-gcm-16-256+esn");
        assertThat(tunnel.path("encapsulation").asString()).isEqualTo("udp");
        assertThat(tunnel.path("mtu").asInt()).isEqualTo(1438);
        assertThat(tunnel.path("mss").asInt()).isEqualTo(1398);
        assertThat(tunnel.at("/in/packets").asLong()).isEqualTo(1_234);
        assertThat(tunnel.at("/out/bytes").asLong()).isEqualTo(98_765_432);
        assertThat(tunnel.at("/lastChange/reason").asString()).contains("no answer for 30 s");
        assertThat(tunnel.at("/rekey/esp/time").asString()).isEqualTo("2026-11-23T03:41:00.250Z");
        assertThat(tunnel.at("/rekey/ike/inSeconds").asLong()).isEqualTo(18_000);
    }

    @Test
    void statusTellsWhatProbesKnowAndHowSoonASilentTunnelIsLeft() {
        JsonNode status = json(get("/v1/status"));
        JsonNode path = status.at("/connections/0/tunnels/1/path");
        assertThat(path.path("lost").asInt()).isEqualTo(2);
        assertThat(path.path("medianMicroseconds").asInt()).isEqualTo(12_100);
        assertThat(path.path("p95Microseconds").asInt()).isEqualTo(13_400);
        assertThat(path.path("jitterMicroseconds").asInt()).isEqualTo(300);
        assertThat(path.at("/detection/silentMicroseconds").asInt()).isEqualTo(229_400);
        JsonNode unknown = status.at("/connections/0/tunnels/0/path");
        assertThat(unknown.path("probed").asBoolean()).isFalse();
        assertThat(unknown.path("medianMicroseconds").isNull()).isTrue();
        assertThat(getText("/v1/status?wide=1"))
                .contains("0.5%", "12.1/13.4 ms", "0.3 ms")
                .contains("tunnel 2: silent tunnel is left after at most 230 ms at RTT 12 ms");
    }

    @Test
    void statusTellsWhatSealsThePacketsAndWhyNothingElseDoes() {
        JsonNode status = json(get("/v1/status"));
        assertThat(status.at("/connections/0/tunnels/1/engine").asString()).isEqualTo("ipsec-mb 1.3.0 vaes_avx512");
        assertThat(status.at("/connections/0/tunnels/0/engine").isNull()).isTrue();
        assertThat(status.at("/crypto/wish").asString()).isEqualTo("auto");
        JsonNode gcm = status.at("/crypto/ciphers/0");
        assertThat(gcm.path("cipher").asString()).isEqualTo("aes-gcm");
        assertThat(gcm.path("engine").asString()).isEqualTo("ipsec-mb");
        assertThat(gcm.path("version").asString()).isEqualTo("1.3.0");
        assertThat(gcm.path("flavour").asString()).isEqualTo("vaes_avx512");
        assertThat(gcm.path("sealMegabitsPerSecond").asLong()).isEqualTo(60_000);
        assertThat(gcm.path("openMegabitsPerSecond").asLong()).isEqualTo(61_000);
        assertThat(gcm.at("/others/0/engine").asString()).isEqualTo("jdk");
        assertThat(gcm.at("/others/0/flavour").isNull()).isTrue();
        assertThat(gcm.at("/others/0/sealMegabitsPerSecond").isNull()).isTrue();
        assertThat(gcm.at("/others/0/reason").asString()).isEqualTo("slower than native code");
        assertThat(status.at("/crypto/ciphers/1/cipher").asString()).isEqualTo("aes-cbc");
    }

    @Test
    void mtuShowsTheArithmeticAndWhatWasMeasured() {
        String answer = post("/v1/mtu?connection=prod&tunnel=2");
        assertThat(answer).contains("Twinspan-State: differs");
        JsonNode mtu = json(answer);
        assertThat(mtu.path("schema").asString()).isEqualTo("twinspan.mtu/1");
        JsonNode tunnel = mtu.at("/tunnels/0");
        assertThat(tunnel.at("/uplink/configured").asInt()).isEqualTo(1500);
        assertThat(tunnel.at("/uplink/inUse").asInt()).isEqualTo(1440);
        assertThat(tunnel.at("/overhead/outerIp").asInt()).isEqualTo(20);
        assertThat(tunnel.at("/overhead/icv").asInt()).isEqualTo(16);
        assertThat(tunnel.path("mtu").asInt()).isEqualTo(1378);
        assertThat(tunnel.path("mssIpv4").asInt()).isEqualTo(1338);
        assertThat(tunnel.path("mssIpv6").asInt()).isEqualTo(1318);
        assertThat(tunnel.at("/measured/outer").asInt()).isEqualTo(1440);
        assertThat(tunnel.at("/measured/wholeAnswer").asBoolean()).isFalse();
        assertThat(tunnel.path("reason").isNull()).isTrue();
        assertThat(tunnel.at("/advice/0").asString()).contains("uplink-mtu: 1440");
        JsonNode down = json(post("/v1/mtu?connection=prod&tunnel=3")).at("/tunnels/0");
        assertThat(down.path("measured").isNull()).isTrue();
        assertThat(down.path("reason").asString()).isEqualTo("the tunnel is not up");
        assertThat(post("/v1/mtu?connection=nobody")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/v1/mtu?connection=prod")).startsWith("HTTP/1.1 405 ");
    }

    @Test
    void membersOfATunnelWithoutKeysAreNullAndNotMissing() {
        JsonNode tunnel = json(get("/v1/status")).at("/connections/0/tunnels/0");
        assertThat(tunnel.at("/suites/ike").isNull()).isTrue();
        assertThat(tunnel.path("encapsulation").isNull()).isTrue();
        assertThat(tunnel.at("/rekey/esp").isNull()).isTrue();
        assertThat(tunnel.at("/drops/replay").asLong()).isEqualTo(2);
    }

    @Test
    void a21_peerTextIsInertInJsonAndOnTerminals() {
        assertThat(get("/v1/status")).doesNotContain("\u001b");
        assertThat(getText("/v1/status")).doesNotContain("\u001b[31m\"x").contains("\\u001b[31m\"x\"");
        gateway.happen("\u001b]0;owned\u0007 \u202etxt $(id)\nnext");
        assertThat(getText("/v1/events")).contains("\\u001b]0;owned\\u0007 \\u202etxt $(id)\\u000anext");
        assertThat(json(get("/v1/events")).at("/events/0/message").asString()).doesNotContain("\u001b");
    }

    @Test
    void ordersNeedPostAndReachTheGateway() {
        assertThat(post("/v1/switch?connection=prod&tunnel=2")).startsWith("HTTP/1.1 200 ");
        assertThat(post("/v1/rekey?connection=prod&tunnel=1&sa=ike")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/v1/down?connection=prod")).startsWith("HTTP/1.1 405 ");
        assertThat(gateway.orders()).containsExactly("switch prod/2", "rekey IKE prod/1");
    }

    @Test
    void refusalsSayWhatIsInTheWay() {
        String refused = post("/v1/switch?connection=prod&tunnel=1");
        assertThat(refused).startsWith("HTTP/1.1 409 ");
        assertThat(json(refused).path("hint").asString()).isEqualTo("wait");
        assertThat(post("/v1/up?connection=nope")).startsWith("HTTP/1.1 404 ");
        assertThat(post("/v1/up")).startsWith("HTTP/1.1 400 ");
        assertThat(post("/v1/switch?connection=prod")).startsWith("HTTP/1.1 400 ");
        assertThat(post("/v1/rekey?connection=prod&tunnel=1&sa=ah")).startsWith("HTTP/1.1 400 ");
        assertThat(get("/v1/status?connection=%zz")).startsWith("HTTP/1.1 400 ");
        assertThat(get("/v2/status")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/v1/status?connection=nope")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aSlipInAParametersNameOrASecondValueIsRefusedBeforeAnythingIsDone() {
        String slip = post("/v1/down?connection=prod&tunel=1");
        assertThat(slip).startsWith("HTTP/1.1 400 ");
        assertThat(json(slip).path("error").asString()).isEqualTo("no parameter 'tunel' of /v1/down");
        assertThat(json(slip).path("hint").asString()).isEqualTo("it has connection, drain, tunnel");
        String twice = post("/v1/down?connection=prod&tunnel=1&tunnel=2");
        assertThat(twice).startsWith("HTTP/1.1 400 ");
        assertThat(json(twice).path("hint").asString()).isEqualTo("the query has 'tunnel' twice");
        assertThat(get("/v1/status?conection=prod")).startsWith("HTTP/1.1 400 ");
        assertThat(post("/v1/down?connection=prod;tunnel=1")).startsWith("HTTP/1.1 404 ");
        assertThat(post("/v1/down?connection=prod&tunnel=")).startsWith("HTTP/1.1 400 ");
        assertThat(post("/v1/down?connection=prod&tunnel=0")).startsWith("HTTP/1.1 400 ");
        assertThat(get("/v1/events?after=x")).startsWith("HTTP/1.1 400 ");
        assertThat(get("/v1/stream?after=x")).startsWith("HTTP/1.1 400 ");
        assertThat(gateway.orders()).isEmpty();
        assertThat(get("/v1/status?color=1&wide=1&lines=1")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anotherMethodIsToldWhichThereAre() {
        assertThat(get("/v1/down?connection=prod")).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: POST\r\n");
        assertThat(exchange("OPTIONS /v1/status HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nAllow: GET\r\n");
    }

    @Test
    void whatIsNotThereIsRefusedByTheJournalTooUnlessItLeftEntries() {
        assertThat(get("/v1/events?connection=nope"))
                .startsWith("HTTP/1.1 404 ")
                .contains("there is 'prod'");
        assertThat(get("/v1/events?follow=1&connection=prod&tunnel=7")).startsWith("HTTP/1.1 404 ");
        assertThat(get("/v1/events?connection=prod&tunnel=2")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void followerGetsThePastAndThenWhatHappens() throws IOException {
        gateway.happen("first");
        try (SocketChannel channel = connect()) {
            write(channel, "GET /v1/events?follow=1 HTTP/1.1\r\nHost: x\r\n\r\n");
            String seen = readUntil(channel, "first");
            gateway.happen("second");
            seen += readUntil(channel, "second");
            assertThat(seen).contains("application/x-ndjson").contains("\"schema\":\"twinspan.events/1\"");
        }
        Awaitility.await().until(() -> gateway.followers() == 0);
    }

    @Test
    void anOldClientGetsAStreamWithoutChunks() throws IOException {
        gateway.happen("first");
        try (SocketChannel channel = connect()) {
            write(channel, "GET /v1/events?follow=1 HTTP/1.0\r\n\r\n");
            assertThat(readUntil(channel, "first"))
                    .contains("\r\n\r\n{\"schema\"")
                    .doesNotContain("chunked");
        }
    }

    @Test
    void followerWhoStartsLateGetsTheWholeJournal() throws IOException {
        for (int i = 1; i <= EventJournal.CAPACITY; i++) {
            gateway.happen("event " + i + " " + "x".repeat(100));
        }
        try (SocketChannel channel = connect()) {
            write(channel, "GET /v1/events?follow=1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(readUntil(channel, "event " + EventJournal.CAPACITY + " "))
                    .contains("\"event 1 ", "\"event 2000 ");
        }
    }

    @Test
    void a30_shortMessagesAndGarbageEndTheirOwnConnectionOnly() throws IOException {
        Random random = new Random(30);
        for (int length = 0; length < 40; length++) {
            byte[] garbage = new byte[length * length];
            random.nextBytes(garbage);
            try (SocketChannel channel = connect()) {
                channel.write(ByteBuffer.wrap(garbage));
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("Broken pipe");
            }
        }
        for (String request :
                List.of("G", "GET /v1/status HTTP/1.1\r\n", "\r\n\r\n\r\n", "POST /v1/up HTTP/9.9\r\n\r\n")) {
            try (SocketChannel channel = connect()) {
                write(channel, request);
            }
        }
        assertThat(get("/v1/status")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a30_oversizedRequestsAreRefused() {
        assertThat(exchange("GET /v1/status?" + "x".repeat(ApiServer.MAX_REQUEST_LINE_BYTES) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(exchange("GET /v1/status HTTP/1.1\r\nA: " + "x".repeat(ApiServer.MAX_HEADER_BYTES) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        String tooLong = exchange("POST /v1/up HTTP/1.1\r\nContent-Length: 999999\r\n\r\n");
        assertThat(tooLong).startsWith("HTTP/1.1 413 ");
        assertThat(json(tooLong).path("error").asString()).isEqualTo("the body has more than 262144 octets");
        assertThat(exchange("POST /v1/up HTTP/1.1\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000)))
                .startsWith("HTTP/1.1 413 ");
        assertThat(gateway.orders()).isEmpty();
    }

    @Test
    void idleClientsAreBoundedInNumber() throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        try {
            for (int i = 0; i < ApiServer.MAX_CLIENTS; i++) {
                idle.add(connect());
            }
            try (SocketChannel oneTooMany = connect()) {
                assertThat(oneTooMany.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        } finally {
            for (SocketChannel channel : idle) {
                channel.close();
            }
        }
        Awaitility.await().until(() -> get("/v1/status").startsWith("HTTP/1.1 200 "));
    }

    private String get(String target) {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    private String getText(String target) {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: x\r\nAccept: text/plain\r\n\r\n");
    }

    private String post(String target) {
        return exchange("POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    }

    private String exchange(String request) {
        try (SocketChannel channel = connect()) {
            write(channel, request);
            return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }

    private static String readUntil(SocketChannel channel, String mark) throws IOException {
        StringBuilder seen = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        while (seen.indexOf(mark) < 0) {
            if (channel.read(buffer.clear()) < 0) {
                throw new AssertionError("ended after: " + seen);
            }
            seen.append(UTF_8.decode(buffer.flip()));
        }
        return seen.toString();
    }

    private static JsonNode json(String answer) {
        return JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
}
