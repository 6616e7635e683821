package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.FakeGateway;
import io.twinspan.daemon.http.GatewayRoutes;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway does whose API cannot listen on TCP as configured. */
class ApiListenerTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<GatewayEvent> events = new CopyOnWriteArrayList<>();
    private Path socket = Path.of("");
    private ApiServer server;
    private ServerSocket taken;

    @BeforeEach
    void start() throws IOException {
        socket = folder.resolve("api.sock");
        server = ApiServer.start(socket, GatewayRoutes.of(new FakeGateway()));
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        taken.close();
    }

    private ApiConfig config(ApiConfig.@Nullable Tls tls) {
        return new ApiConfig(
                ApiConfig.SocketGroups.NONE,
                new ApiConfig.Listener(
                        InetAddress.getLoopbackAddress(),
                        taken.getLocalPort(),
                        List.of(),
                        folder.resolve("tokens"),
                        tls));
    }

    @Test
    void aTakenPortIsAnErrorOnceAndListenedOnWhenItIsFree() throws IOException {
        String address = "127.0.0.1:" + taken.getLocalPort();
        try (ApiListener listener = new ApiListener(config(null))) {
            listener.open(server, events::add);
            assertThat(events).singleElement().satisfies(event -> {
                assertThat(event.severity()).isEqualTo(Severity.ERROR);
                assertThat(event.type()).isEqualTo("api.listener");
                assertThat(event.message()).contains(address, "Address already in use", "ss -ltnp");
            });
            assertThat(listener.facts().problems()).singleElement().asString().contains("Address already in use");
            assertThat(new ApiClient(socket)
                            .exchange("GET", "/v1/status", false)
                            .status())
                    .isEqualTo(200);
            taken.close();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.url().isPresent());
            Awaitility.await().until(() -> events.size() == 2);
            assertThat(events.getLast().message()).contains("listens on " + address + " now");
            assertThat(listener.facts().listen()).isEqualTo(address);
            assertThat(listener.facts().problems()).isEmpty();
        }
    }

    @Test
    void aDamagedCertificateAndATakenPortAreBothFoundBeforeTheStart() throws IOException {
        Path certificate = Files.writeString(folder.resolve("gw.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        Path key = Files.writeString(folder.resolve("gw.key"), "nothing");
        Files.writeString(folder.resolve("tokens"), "no token\n");
        ApiConfig config = config(new ApiConfig.Tls(certificate, key, null, List.of()));
        assertThat(ApiListener.trial(config).problems())
                .anySatisfy(it -> assertThat(it).contains("gw.pem"))
                .anySatisfy(it -> assertThat(it).contains("tokens:1"))
                .anySatisfy(it -> assertThat(it).contains("Address already in use"));
        try (ApiListener listener = new ApiListener(config)) {
            listener.open(server, events::add);
            assertThat(events)
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.message()).contains("cannot take " + certificate, "mend the file"));
            assertThat(server.url()).isEmpty();
        }
        assertThat(ApiListener.trial(ApiConfig.DEFAULT).problems()).isEmpty();
    }
}
