package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.Key;
import io.twinspan.config.bind.KeyTable;
import io.twinspan.config.bind.Words;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.yaml.YamlNode;
import io.twinspan.config.yaml.YamlReader;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The schema for editors says the same as the decoder: same keys, same words, same verdict on every sample. */
class SchemaTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonNode schema = JsonMapper.shared().readTree(read());

    static List<String> good() throws IOException {
        return TestResources.names("good", ".yaml");
    }

    static List<String> structure() throws IOException {
        return TestResources.names("bad/structure", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("good")
    void acceptsEveryGoodFile(String name) throws IOException {
        assertThat(validator().validate(json(name))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("structure")
    void refusesEveryFileOfWrongStructureAsTheDecoderDoes(String name) throws IOException {
        assertThat(validator().validate(json(name))).isNotEmpty();
    }

    @Test
    void hasExactlyTheKeysOfTheDecoder() {
        compare("document", ConfigKeys.DOCUMENT, schema);
        JsonNode connection = schema.at("/$defs/connection");
        compare("connection", ConfigKeys.CONNECTION, connection);
        assertThat(connection.at("/properties/tunnels/items/$ref").stringValue())
                .isEqualTo("#/$defs/tunnel");
        assertThat(schema.at("/$defs/tls/properties/clients/items/$ref").stringValue())
                .isEqualTo("#/$defs/client");
        compare("client", ConfigKeys.CLIENT, schema.at("/$defs/client"));
        compare("pacing", ConfigKeys.PACING_LIMITS, schema.at("/$defs/pacing"));
        compare("probe", ConfigKeys.PROBE, schema.at("/$defs/probe-settings"));
        compare("tunnel", ConfigKeys.TUNNEL, schema.at("/$defs/tunnel"));
    }

    @Test
    void hasExactlyTheWordsOfTheDecoder() {
        assertThat(words("/$defs/encryption/oneOf/0/enum")).containsExactlyElementsOf(Words.ENCRYPTION.keySet());
        assertThat(words("/$defs/integrity/oneOf/0/enum")).containsExactlyElementsOf(Words.INTEGRITY.keySet());
        assertThat(words("/$defs/ike/properties/prf/oneOf/0/enum")).containsExactlyElementsOf(Words.PRFS.keySet());
        assertThat(words("/$defs/esp/properties/esn/enum")).containsExactlyElementsOf(Words.ESN.keySet());
        assertThat(words("/$defs/tunnel/properties/encapsulation/enum"))
                .containsExactlyElementsOf(Words.ENCAPSULATION.keySet());
        assertThat(words("/$defs/dataplane/properties/crypto-engine/enum"))
                .containsExactlyElementsOf(Words.CRYPTO_ENGINES.keySet());
        assertThat(words("/$defs/connection/properties/df/enum")).containsExactlyElementsOf(Words.DF_POLICIES.keySet());
        assertThat(words("/$defs/probe/oneOf/0/enum")).containsExactlyElementsOf(Words.PROBE.keySet());
        assertThat(words("/$defs/client/properties/role/enum")).containsExactlyElementsOf(Words.ROLES.keySet());
        assertThat(words("/$defs/dataplane/properties/pacing/oneOf/0/enum"))
                .containsExactlyElementsOf(Words.PACING.keySet());
        assertThat(words("/$defs/ike/properties/groups/oneOf/0/enum"))
                .containsExactlyElementsOf(texts(Words.IKE_GROUPS.keySet()));
        assertThat(words("/$defs/esp/properties/groups/oneOf/0/enum"))
                .containsExactlyElementsOf(texts(Words.ESP_GROUPS.keySet()));
    }

    private void compare(String path, KeyTable table, JsonNode object) {
        JsonNode target = resolved(object);
        Set<String> names = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        for (Key<?> key : table.keys()) {
            names.add(key.name());
            if (key.isRequired()) {
                required.add(key.name());
            }
            key.table()
                    .ifPresent(below -> compare(
                            path + "." + key.name(),
                            below,
                            target.path("properties").path(key.name())));
        }
        assertThat(new TreeSet<>(target.path("properties").propertyNames()))
                .as(path)
                .isEqualTo(names);
        Set<String> wanted = new TreeSet<>();
        target.path("required").values().forEach(name -> wanted.add(name.stringValue()));
        assertThat(wanted).as(path + " required").isEqualTo(required);
        assertThat(target.path("additionalProperties").isBoolean()
                        && !target.path("additionalProperties").booleanValue())
                .as(path + " is closed")
                .isTrue();
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : schema.at(reference.substring(1));
    }

    private List<String> words(String pointer) {
        List<String> words = new ArrayList<>();
        schema.at(pointer).values().forEach(word -> words.add(word.asString()));
        return words;
    }

    private static List<String> texts(Collection<Integer> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    private static Schema validator() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(read());
    }

    private static String read() {
        try {
            return TestResources.text("twinspan.schema.json");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String name) throws IOException {
        return json(YamlReader.read(name, TestResources.text(name), new ProblemSink())
                .orElseThrow());
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
                yield object;
            }
            case YamlNode.Sequence sequence -> {
                ArrayNode array = NODES.arrayNode();
                sequence.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case YamlNode.Scalar scalar ->
                switch (scalar.kind()) {
                    case NULL -> NODES.nullNode();
                    case BOOLEAN -> NODES.booleanNode(scalar.text().equalsIgnoreCase("true"));
                    case INTEGER -> NODES.numberNode(new BigInteger(scalar.text()));
                    case FLOAT -> NODES.numberNode(Double.parseDouble(scalar.text()));
                    case TEXT -> NODES.stringNode(scalar.text());
                };
        };
    }
}
