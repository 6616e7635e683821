package io.twinspan.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.twinspan.config.model.MetricsConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a receiver of OTLP gets. */
class OtlpPushTest {
    @TempDir
    private Path folder = Path.of("");

    private record Report(String authorization, String contentType, byte[] body) {}

    @Test
    void aReceiverGetsAFreshReadingOfAllMetersWithTheHeadersOfTheFile() throws Exception {
        Path headers = Files.writeString(folder.resolve("otlp.headers"), "Authorization: Bearer abc\nX-Scope: 1\n");
        BlockingQueue<Report> reports = new ArrayBlockingQueue<>(16);
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        receiver.createContext("/v1/metrics", exchange -> {
            reports.add(new Report(
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/v1/metrics");
        try (SampleGateway gateway = new SampleGateway()) {
            gateway.counted(77);
            gateway.metrics().push(new MetricsConfig.Otlp(url, Duration.ofSeconds(1), headers));
            Report report = reports.poll(20, TimeUnit.SECONDS);
            assertThat(report).isNotNull();
            assertThat(report.authorization()).isEqualTo("Bearer abc");
            assertThat(report.contentType()).isEqualTo("application/x-protobuf");
            Set<Metric> metrics =
                    ExportMetricsServiceRequest.parseFrom(report.body())
                            .getResourceMetrics(0)
                            .getScopeMetrics(0)
                            .getMetricsList()
                            .stream()
                            .collect(Collectors.toSet());
            assertThat(metrics.stream().map(Metric::getName))
                    .contains("twinspan.tunnel.up", "twinspan.probe.rtt", "twinspan.rekeys", "jvm.memory.used");
            assertThat(metrics)
                    .filteredOn(metric -> metric.getName().equals("twinspan.esp.packets"))
                    .flatExtracting(metric -> metric.getSum().getDataPointsList())
                    .isNotEmpty()
                    .allMatch(point -> point.getAsDouble() == 77);
        } finally {
            receiver.stop(0);
        }
    }
}
