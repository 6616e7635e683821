package io.twinspan.daemon.http;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The OpenAPI document as its tests read it. */
final class OpenApiDocument {
    private final JsonNode document = YAMLMapper.shared().readTree(OpenApiRoutes.document());

    JsonNode whole() {
        return document;
    }

    /** What the document says of one route; missing where it says nothing. */
    JsonNode operation(String method, String path) {
        return document.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    }

    /** What it says of one answer of that route, references followed. */
    JsonNode response(String method, String path, int status) {
        JsonNode node = operation(method, path).path("responses").path(Integer.toString(status));
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** Every answer that is promised by name: {@code GET /v1/status 200 text/plain}; of errors their JSON. */
    List<String> promised() {
        List<String> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String route = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
                    method.getValue().path("responses").propertyNames().forEach(status -> {
                        if (status.equals("200")) {
                            method.getValue()
                                    .at("/responses/200/content")
                                    .propertyNames()
                                    .forEach(type -> all.add(route + " 200 " + type));
                        } else if (!status.equals("default")) {
                            all.add(route + " " + status + " application/json");
                        }
                    });
                }));
        return all;
    }

    /** What is wrong with a text of JSON; nothing where it has the form that the schema asks for. */
    String faults(JsonNode schema, String json) {
        JsonNode value = JsonMapper.shared().readTree(json);
        return validator(schema).validate(value).stream().map(Object::toString).collect(Collectors.joining("; "));
    }

    /** The same of a schema by its name. */
    String faults(String name, String json) {
        return faults(document.at("/components/schemas/" + name), json);
    }

    /** Members that the document does not name are an error here, though clients must bear them. */
    private Schema validator(JsonNode wanted) {
        ObjectNode components = (ObjectNode) document.path("components").deepCopy();
        components.path("schemas").values().forEach(OpenApiDocument::close);
        ObjectNode schema = (ObjectNode) wanted.deepCopy();
        close(schema);
        schema.set("components", components);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.values().forEach(OpenApiDocument::close);
    }
}
