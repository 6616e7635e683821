package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinspan.config.model.ApiConfig;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document says what the gateway does: the same routes, roles, parameters, and answers of the same form. */
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
        try (ApiBench api = new ApiBench(folder)) {
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
        try (ApiBench api = new ApiBench(folder)) {
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

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/status",
        "GET, /v1/sas",
        "GET, /v1/check",
        "GET, /v1/events",
        "GET, /v1/drills",
        "GET, /v1/drills/report",
        "GET, /v1/drills/follow?id=2026-11-23-0001",
        "GET, /v1/history?connection=prod",
        "GET, /v1/session",
        "POST, /v1/mtu?connection=prod",
        "POST, /v1/up?connection=prod",
        "POST, /v1/down?connection=prod",
        "POST, /v1/switch?connection=prod&tunnel=2",
        "POST, /v1/rekey?connection=prod",
        "POST, /v1/logout",
        "GET, /v1/status?connection=nobody",
        "POST, /v1/switch?connection=prod&tunnel=1",
        "POST, /v1/drills/run?scenario=nothing&connection=prod",
        "POST, /v1/follow?connection=prod&state=on",
        "POST, /v1/config/diff",
        "POST, /v1/config/apply",
        "POST, /v1/config/confirm",
        "POST, /v1/config/rollback",
        "GET, /v1/events?lines=1",
        "GET, /v1/events?connection=nobody",
        "GET, /v1/doctor",
        "GET, /v1/doctor?connection=prod",
        "GET, /v1/doctor?connection=nobody",
        "GET, /v1/trace?from=10.0.0.1&to=172.31.0.1:443&size=1500",
        "GET, /v1/trace?from=10.0.0.1&to=8.8.8.8",
        "GET, /v1/trace?from=10.1&to=8.8.8.8",
        "GET, /v1/trace?from=10.0.0.1&to=8.8.8.8&df=true",
        "POST, /v1/capture?connection=prod&tunnel=1&layers=innner",
        "GET, /v1/routes",
        "GET, /v1/routes?connection=nobody",
        "GET, /v1/explain?code=7",
        "GET, /v1/explain?code=last",
        "GET, /v1/explain?code=last&subject=nobody",
        "GET, /v1/bundle",
        "POST, /v1/ping?connection=prod",
        "POST, /v1/ping?connection=nobody",
        "POST, /v1/capture?connection=prod&tunnel=1",
        "POST, /v1/capture?connection=nobody&tunnel=1",
        "POST, /v1/capture/keys?connection=nobody&tunnel=1",
    })
    void answerHasTheFormThatIsPromised(String method, String target) throws IOException {
        try (ApiBench api = new ApiBench(folder)) {
            api.listen(null);
            api.gateway.happen("something");
            HttpExchange answer = api.ask(method, target, ApiConfig.Role.ADMIN);
            JsonNode responses = operation(method, target.split("\\?")[0]).path("responses");
            JsonNode response = responses.path(Integer.toString(answer.status()));
            assertThat(response.isMissingNode())
                    .as(target + " answers " + answer.status() + ": " + answer.body())
                    .isFalse();
            String type = answer.header("Content-Type").orElseThrow().split(";")[0];
            JsonNode schema = resolved(response).path("content").path(type).path("schema");
            assertThat(schema.isMissingNode()).as(target + " answers " + type).isFalse();
            for (JsonNode piece : answer.documents()) {
                assertThat(validator(schema).validate(piece))
                        .as(target + ": correct " + schema + " in openapi.yaml; got " + piece)
                        .isEmpty();
            }
        }
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
                and a line to answerHasTheFormThatIsPromised in OpenApiTest""".formatted(method, path, path, method.toLowerCase(Locale.ROOT), role);
    }

    /** Members that the document does not name are an error here, though clients must bear them. */
    private Schema validator(JsonNode wanted) {
        ObjectNode whole = (ObjectNode) document.deepCopy();
        whole.at("/components/schemas").values().forEach(OpenApiTest::close);
        ObjectNode schema = (ObjectNode) wanted.deepCopy();
        schema.set("components", whole.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.values().forEach(OpenApiTest::close);
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
