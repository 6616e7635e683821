package io.twinspan.daemon.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.NamespaceRequirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus on a loopback port that scrapes one target each second and evaluates our rules. */
final class PrometheusServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Path log;

    private PrometheusServer(Process process, String address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** Skips or fails where it is not installed. */
    static void require() {
        for (String program : List.of("prometheus", "promtool")) {
            if (!Files.isExecutable(Path.of("/usr/bin", program))) {
                NamespaceRequirement.missing("this needs " + program + " (package prometheus)");
            }
        }
    }

    static PrometheusServer start(Path folder, Path rules, String target) throws IOException {
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: twinspan
                    static_configs: [{targets: ["%s"]}]
                """.formatted(rules.toAbsolutePath(), target));
        String address;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = "127.0.0.1:" + free.getLocalPort();
        }
        Path log = folder.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        "/usr/bin/prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=" + address)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new PrometheusServer(process, address, log);
    }

    /** The {@code data} of an answer of its HTTP API. */
    JsonNode ask(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/" + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode body = JSON.readTree(answer.body());
        if (!body.path("status").asString("").equals("success")) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return body.path("data");
    }

    /** Results of an expression, now. */
    JsonNode query(String expression) throws IOException, InterruptedException {
        return ask("query?query=" + URLEncoder.encode(expression, UTF_8)).path("result");
    }

    /** True once so many scrapes of the target have worked. */
    boolean hasScraped(int times) {
        try {
            JsonNode result = query("sum_over_time(up{job=\"twinspan\"}[5m])");
            return !result.isEmpty()
                    && result.get(0).path("value").get(1).asString("0").compareTo("0") > 0
                    && Double.parseDouble(result.get(0).path("value").get(1).asString("0")) >= times;
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw new AssertionError("prometheus ended: " + log());
            }
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
