package io.twinspan.daemon.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.app.GatewayDaemon;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.control.ConnectionStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What we ship for Prometheus and Grafana, against a real Prometheus that scrapes a running gateway. */
class MetricsIT {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Path RULES = DEPLOY.resolve("prometheus/alerts.yml");
    private static final Pattern NAME = Pattern.compile("\\b(twinspan|jvm|process|system)_[a-z0-9_]+");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SCRAPES = 100;
    private static final int STREAM_OCTETS = 1 << 20;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void allRulesHoldInTheTestsOfPromtool() throws Exception {
        PrometheusServer.require();
        Path rules = DEPLOY.resolve("prometheus");
        assertThat(promtool("", "check", "rules", RULES.toString())).contains("SUCCESS");
        assertThat(promtool(
                        "",
                        "check",
                        "config",
                        "--syntax-only",
                        rules.resolve("prometheus.yml").toString()))
                .contains("SUCCESS");
        promtool("", "test", "rules", rules.resolve("alerts_test.yml").toString());
        promtool("", "test", "rules", rules.resolve("alerts_slow_test.yml").toString());
    }

    @Test
    void everyAlertIsTestedBothWaysAndHasAPage() throws IOException {
        String tests = Files.readString(DEPLOY.resolve("prometheus/alerts_test.yml"))
                + Files.readString(DEPLOY.resolve("prometheus/alerts_slow_test.yml"));
        String rules = Files.readString(RULES);
        List<String> alerts = matches(rules, "- alert: (\\w+)");
        assertThat(alerts).hasSizeGreaterThan(8);
        SoftAssertions all = new SoftAssertions();
        for (String alert : alerts) {
            all.assertThat(tests)
                    .describedAs(alert + " fires")
                    .containsPattern("alertname: " + alert + "\\s+exp_alerts:\\s+- exp_labels");
            all.assertThat(tests)
                    .describedAs(alert + " rests")
                    .containsPattern("alertname: " + alert + "\\s+exp_alerts: \\[\\]");
            String page = "docs/runbooks/" + alert + ".md";
            all.assertThat(rules).contains("runbook: " + page);
            all.assertThat(Path.of("..", page)).isRegularFile();
        }
        all.assertAll();
        assertThat(Files.readString(Path.of("../docs/runbooks/README.md"))).contains(alerts);
    }

    @Test
    void prometheusFindsWhatTheAlertsThePanelsAndTheDocumentationSpeakOf() throws Exception {
        NamespaceRequirement.require();
        PrometheusServer.require();
        LabOptions options =
                new LabOptions(LabOptions.Peer.TWINSPAN, false, LinkImpairment.NONE, folder.resolve("gateway.sock"));
        try (Lab lab = Lab.start(options, GatewayDaemon::start)) {
            lab.await("redundant", 30, ConnectionStatus::redundant);
            try (SocketBridge bridge = new SocketBridge(options.socket());
                    PrometheusServer prometheus = PrometheusServer.start(folder, RULES, bridge.address())) {
                Awaitility.await().atMost(PATIENCE).until(() -> prometheus.hasScraped(3));
                live(lab);
                Awaitility.await().atMost(PATIENCE).until(() -> prometheus.hasScraped(12));
                assertThat(prometheus.query("up{job=\"twinspan\"} == 1")).isNotEmpty();
                Set<String> names = names(prometheus);
                documentedNamesAreThere(names);
                expressionsOfAlerts(prometheus, names);
                expressionsOfPanels(prometheus, names);
                whatHappenedIsSeen(prometheus);
            }
            aScrapeIsGoodAndQuick(options.socket());
            firstCommandsOfTheRunbooksRun(options.socket());
        }
    }

    /** Packets that have to be cut, a connection that has to be kept small, a move there and back, and new keys. */
    private void live(Lab lab) {
        LabNamespace host = lab.topology().hostA();
        host.run("ping", "-M", "do", "-s", "1460", "-c", "2", "-i", "0.2", LabTopology.VPC_HOST);
        host.run("ping", "-M", "dont", "-s", "3000", "-c", "2", "-i", "0.2", LabTopology.VPC_HOST);
        StreamCheck.run(host, LabTopology.ON_PREM_HOST, LabTopology.VPC_HOST, STREAM_OCTETS);
        StringWriter out = new StringWriter();
        int code = new LabDrill("planned", List.of("--for", "4s")).run(lab, new PrintWriter(out, true));
        assertThat(code).describedAs(out.toString()).isZero();
        assertThat(new ApiClient(lab.options().socket())
                        .exchange("POST", "/v1/rekey?connection=lab", true)
                        .status())
                .isEqualTo(200);
    }

    private static Set<String> names(PrometheusServer prometheus) throws Exception {
        Set<String> names = new TreeSet<>();
        prometheus.ask("label/__name__/values").forEach(name -> names.add(name.asString()));
        return names;
    }

    private static void documentedNamesAreThere(Set<String> names) throws IOException {
        List<String> documented =
                matches(Files.readString(Path.of("../docs/metrics.md")), "(?m)^\\| `(twinspan_[a-z_]+)` \\|");
        Set<String> families = new TreeSet<>();
        names.stream()
                .filter(name -> name.startsWith("twinspan_") && !name.endsWith("_max"))
                .forEach(name -> families.add(name.replaceFirst("_(bucket|sum|count)$", "")));
        assertThat(families).containsExactlyInAnyOrderElementsOf(documented);
    }

    private static void expressionsOfAlerts(PrometheusServer prometheus, Set<String> names) throws Exception {
        JsonNode rules = prometheus.ask("rules").path("groups").get(0).path("rules");
        assertThat(rules).hasSizeGreaterThan(8);
        SoftAssertions all = new SoftAssertions();
        for (JsonNode rule : rules) {
            String name = rule.path("name").asString();
            all.assertThat(rule.path("health").asString()).describedAs(name).isEqualTo("ok");
            all.assertThat(names)
                    .describedAs(name)
                    .containsAll(namesIn(rule.path("query").asString()));
            // What an alert compares must be there; whether the comparison holds is another matter.
            for (String side : rule.path("query").asString().split(" and (?:on ?\\([a-z, ]*\\))?")) {
                String compared = side.replaceFirst("\\s(==|<|>)\\s[^<>=]*$", "");
                all.assertThat(prometheus.query(compared))
                        .describedAs(name + ": " + compared)
                        .isNotEmpty();
            }
        }
        all.assertAll();
    }

    private static void expressionsOfPanels(PrometheusServer prometheus, Set<String> names) throws Exception {
        SoftAssertions all = new SoftAssertions();
        int count = 0;
        try (Stream<Path> files = Files.list(DEPLOY.resolve("grafana"))) {
            for (Path file : files.sorted().toList()) {
                JsonNode dashboard = JsonMapper.builder().build().readTree(Files.readString(file));
                isADashboard(dashboard, all);
                for (JsonNode panel : dashboard.path("panels")) {
                    for (JsonNode target : panel.path("targets")) {
                        String title =
                                file.getFileName() + ": " + panel.path("title").asString();
                        String expression = filledIn(target.path("expr").asString());
                        count++;
                        all.assertThat(names).describedAs(title).containsAll(namesIn(expression));
                        all.assertThat(prometheus.query(expression))
                                .describedAs(title + ": " + expression)
                                .isNotEmpty();
                    }
                }
                // An annotation is the moment in which something happens: most of the time there is none.
                for (JsonNode annotation : dashboard.path("annotations").path("list")) {
                    String expression = filledIn(annotation.path("expr").asString());
                    all.assertThat(names).containsAll(namesIn(expression));
                    prometheus.query(expression);
                }
                for (JsonNode variable : dashboard.path("templating").path("list")) {
                    Matcher values = Pattern.compile("label_values\\((.*), (\\w+)\\)")
                            .matcher(variable.path("definition").asString(""));
                    if (values.matches()) {
                        all.assertThat(prometheus.query(
                                        "group by (" + values.group(2) + ") (" + filledIn(values.group(1)) + ")"))
                                .isNotEmpty();
                    }
                }
            }
        }
        all.assertAll();
        assertThat(count).isGreaterThan(40);
    }

    /** The parts of Grafana's schema without which a file does not load. */
    private static void isADashboard(JsonNode dashboard, SoftAssertions all) {
        all.assertThat(dashboard.path("uid").asString()).matches("[a-z-]{1,40}");
        all.assertThat(dashboard.path("schemaVersion").asInt()).isBetween(36, 41);
        all.assertThat(dashboard.path("id").isNull()).isTrue();
        Set<Integer> ids = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asString();
            all.assertThat(ids.add(panel.path("id").asInt())).describedAs(title).isTrue();
            JsonNode place = panel.path("gridPos");
            all.assertThat(place.path("x").asInt() + place.path("w").asInt())
                    .describedAs(title)
                    .isBetween(1, 24);
            all.assertThat(panel.path("type").asString())
                    .isIn("row", "stat", "timeseries", "state-timeline", "bargauge", "heatmap", "table");
        }
    }

    private static String filledIn(String expression) {
        return expression
                .replace("$__rate_interval", "10s")
                .replace("$__range", "1m")
                .replace("$connection", "lab")
                .replace("$tunnel", ".*");
    }

    private static void whatHappenedIsSeen(PrometheusServer prometheus) throws Exception {
        for (String expression : List.of(
                "twinspan_drills_total{scenario=\"planned\",result=\"passed\"} == 1",
                "sum(twinspan_failovers_total{reason=\"operator\"}) == 2",
                "sum(twinspan_rekeys_total{sa=\"esp\",initiator=\"us\",result=\"ok\"}) == 2",
                "sum(twinspan_ike_exchanges_total{exchange=\"create_child_sa\",result=\"ok\"}) >= 2",
                "twinspan_probe_rtt_seconds_count > 10",
                "sum(twinspan_fragments_total{direction=\"out\",action=\"made\"}) >= 4",
                "sum(twinspan_fragments_total{direction=\"out\",action=\"passed\"}) >= 2",
                "sum(twinspan_fragments_total{direction=\"in\",action=\"passed\"}) >= 2",
                "sum(twinspan_tcp_mss_clamped_total{direction=\"out\"}) >= 1",
                "sum(twinspan_esp_bytes_total{direction=\"out\"}) > sum(twinspan_tunnel_bytes_total{direction=\"out\"})",
                "sum(twinspan_esp_bytes_total{direction=\"in\"}) > sum(twinspan_tunnel_bytes_total{direction=\"in\"})",
                "min(twinspan_esp_sequence_used_ratio) > 0 and max(twinspan_esp_sequence_used_ratio) < 0.001",
                "twinspan_connection_redundant == 1",
                "sum(twinspan_tunnel_state) == 2")) {
            assertThat(prometheus.query(expression)).describedAs(expression).isNotEmpty();
        }
    }

    private static void aScrapeIsGoodAndQuick(Path socket) throws Exception {
        ApiClient client = new ApiClient(socket);
        String text = client.exchange("GET", "/metrics", true).body();
        promtool(text, "check", "metrics");
        long[] nanos = new long[SCRAPES];
        for (int i = 0; i < SCRAPES; i++) {
            long begun = System.nanoTime();
            client.exchange("GET", "/metrics", true);
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        System.out.println("scrape of " + text.length() + " octets: median "
                + TimeUnit.NANOSECONDS.toMicros(nanos[SCRAPES / 2]) + " us, 99th "
                + TimeUnit.NANOSECONDS.toMicros(nanos[SCRAPES - 2]) + " us");
        assertThat(Duration.ofNanos(nanos[SCRAPES / 2])).isLessThan(Duration.ofMillis(500));
    }

    private static void firstCommandsOfTheRunbooksRun(Path socket) throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("../docs/runbooks"))) {
            for (Path page : pages.sorted().toList()) {
                for (String command : matches(Files.readString(page), "(?m)^\\$ twinspan (.*)$")) {
                    StringWriter out = new StringWriter();
                    List<String> words = new ArrayList<>(List.of(command.split(" ")));
                    words.addAll(List.of("--socket", socket.toString()));
                    int code = TwinspanCommand.execute(
                            TwinspanCommand.create()
                                    .setOut(new PrintWriter(out))
                                    .setErr(new PrintWriter(out)),
                            words.toArray(String[]::new));
                    assertThat(code)
                            .describedAs(page + ": " + command + "\n" + out)
                            .isZero();
                }
            }
        }
    }

    private static List<String> namesIn(String expression) {
        return NAME.matcher(expression).results().map(result -> result.group()).toList();
    }

    private static List<String> matches(String text, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static String promtool(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .describedAs(String.join(" ", command) + ":\n" + out)
                .isZero();
        return out;
    }
}
