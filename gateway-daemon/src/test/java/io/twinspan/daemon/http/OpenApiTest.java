package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.metrics.GatewayMetrics;
import io.twinspan.daemon.metrics.MetricsRoutes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document says what the gateway does: the same routes, roles and parameters; OpenApiAnswersTest has the answers. */
final class OpenApiTest {
    private static final Path SOURCES = Path.of("src/main/java/io/twinspan/daemon");
    private static final Pattern ROUTE =
            Pattern.compile("Route\\.(get|post|open|openPost|stream)\\(\\s*(?:\"(GET|POST)\",\\s*)?\"(/[^\"]*)\"");
    private static final Pattern PARAMETER =
            Pattern.compile("(?:parameter|flag)\\(\"([a-z-]+)\"\\)|(?:number|time)\\(request, \"([a-z-]+)\"");

    @TempDir
    private Path folder = Path.of("");

    private final JsonNode document = YAMLMapper.shared().readTree(OpenApiRoutes.document());

    @Test
    void everyRouteIsThereWithItsRole() throws IOException {
        try (GatewayMetrics metrics = new GatewayMetrics("0.1.0", CompletableFuture::new);
                ApiBench api = whole(metrics)) {
            for (Route route : api.server().routes()) {
                String role = route.open() ? "open" : route.role().label();
                if (route.open() && !route.path().startsWith("/v1/")) {
                    continue; // the dashboard's own files are no API
                }
                JsonNode operation = operation(route.method(), route.path());
                assertThat(operation.path("x-twinspan-role").asString(""))
                        .as(missing(route.method(), route.path(), role))
                        .isEqualTo(role);
                assertThat(operation.path("summary").asString(""))
                        .as(route.path())
                        .isNotEmpty();
                assertThat(operation.path("responses").has("200"))
                        .as(route.path())
                        .isTrue();
            }
        }
    }

    @Test
    void everyRouteOfTheSourcesIsThereAndNoOther() throws IOException {
        Map<String, String> routes = new TreeMap<>();
        for (String source : sources("Routes.java")) {
            Matcher matcher = ROUTE.matcher(source);
            while (matcher.find()) {
                String method = matcher.group(2) != null
                        ? matcher.group(2)
                        : matcher.group(1).toLowerCase(Locale.ROOT).endsWith("post") ? "POST" : "GET";
                if (!matcher.group(1).equals("open")) {
                    routes.put(method + " " + matcher.group(3), "");
                }
            }
        }
        routes.put("POST " + SessionRoutes.LOGIN, "");
        routes.put("POST " + SessionRoutes.LOGOUT, "");
        TreeSet<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        List<String> forgotten = new ArrayList<>(routes.keySet());
        forgotten.removeAll(documented);
        assertThat(forgotten)
                .as(String.join(
                        "\n",
                        forgotten.stream()
                                .map(it -> missing(it.split(" ")[0], it.split(" ")[1], "viewer, operator or admin"))
                                .toList()))
                .isEmpty();
        // A path that a constant holds is found by its text.
        String everything = String.join("\n", sources(".java"));
        documented.removeAll(routes.keySet());
        assertThat(documented)
                .as("in openapi.yaml, but no route of that path is in the sources: take it out")
                .allMatch(it -> everything.contains("\"" + it.split(" ")[1] + "\""));
    }

    @Test
    void everyParameterThatARouteReadsIsThere() throws IOException {
        TreeSet<String> documented = new TreeSet<>();
        document.at("/components/parameters")
                .values()
                .forEach(it -> documented.add(it.path("name").asString()));
        TreeSet<String> read = new TreeSet<>();
        for (String source : sources(".java")) {
            Matcher matcher = PARAMETER.matcher(source);
            while (matcher.find()) {
                read.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
        }
        assertThat(documented)
                .as("a route reads a query parameter that openapi.yaml lacks:"
                        + " add it under components.parameters and to the parameters of its operation")
                .containsAll(read);
        assertThat(read).as("openapi.yaml has a parameter that no route reads").containsAll(documented);
    }

    @Test
    void everyRouteTakesTheParametersThatItsOperationHasAndNoOther() throws IOException {
        try (GatewayMetrics metrics = new GatewayMetrics("0.1.0", CompletableFuture::new);
                ApiBench api = whole(metrics)) {
            for (Route route : api.server().routes()) {
                Set<String> documented = new TreeSet<>();
                operation(route.method(), route.path())
                        .path("parameters")
                        .values()
                        .forEach(it -> documented.add(resolved(it).path("name").asString()));
                documented.removeAll(Route.DISPLAY);
                assertThat(route.parameters())
                        .as(route.method() + " " + route.path() + ": Route.taking() and openapi.yaml")
                        .isEqualTo(documented);
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        document.findValues("$ref").forEach(reference -> {
            String pointer = reference.asString().substring(1);
            if (document.at(pointer).isMissingNode()) {
                broken.add(pointer);
            }
        });
        assertThat(broken).isEmpty();
    }

    @Test
    void everyOperationHasANameOfItsOwnForMadeClients() {
        List<String> names = document.findValues("operationId").stream()
                .map(JsonNode::asString)
                .toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .hasSize(document.findValues("x-twinspan-role").size());
    }

    @Test
    void documentIsServed() throws IOException {
        try (ApiBench api = new ApiBench(folder)) {
            api.listen(null);
            HttpExchange answer = api.ask("GET", "/v1/openapi.yaml", ApiConfig.Role.VIEWER);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains("application/yaml; charset=utf-8");
            assertThat(answer.body()).contains("openapi: 3.1.0");
        }
    }

    /** With every route of a gateway. */
    private ApiBench whole(GatewayMetrics metrics) throws IOException {
        return new ApiBench(
                folder,
                new FakeDiagnosis(),
                List.of(new MetricsRoutes(metrics), new RunningConfigRoutes(CompletableFuture::new)));
    }

    private JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** What to paste. */
    private static String missing(String method, String path, String role) {
        return """

                openapi.yaml lacks %s %s, or its role; add under 'paths:'
                  %s:
                    %s:
                      summary: ...
                      x-twinspan-role: %s
                      parameters:
                      - {$ref: '#/components/parameters/connection'}
                      responses:
                        '200':
                          description: ...
                          content:
                            application/json:
                              schema: {$ref: '#/components/schemas/...'}
                        default: {$ref: '#/components/responses/error'}
                and a line for each answer to a list in PromisedAnswers""".formatted(method, path, path, method.toLowerCase(Locale.ROOT), role);
    }

    private static List<String> sources(String ending) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String folder : List.of("http", "metrics", "reload", "diagnosis")) {
            Path sources = SOURCES.resolve(folder);
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file :
                            files.filter(it -> it.toString().endsWith(ending)).toList()) {
                        texts.add(Files.readString(file));
                    }
                }
            }
        }
        return texts;
    }
}
