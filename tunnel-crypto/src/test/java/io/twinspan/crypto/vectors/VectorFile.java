package io.twinspan.crypto.vectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One JSON file of vectors. */
public final class VectorFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private VectorFile() {}

    /** The whole file, by its path under {@code vectors/}. */
    public static JsonNode read(String path) {
        try (InputStream stream = Objects.requireNonNull(
                VectorFile.class.getResourceAsStream("/vectors/" + path), path + " is not on the class path")) {
            return MAPPER.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries of the file's {@code tests} array. */
    public static Stream<JsonNode> tests(String path) {
        return elements(read(path).get("tests"));
    }

    /** The tests of all groups of a Wycheproof file. */
    public static Stream<JsonNode> wycheproof(String name) {
        return elements(read("wycheproof/" + name).get("testGroups")).flatMap(group -> elements(group.get("tests")));
    }

    /** The elements of an array node. */
    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Octets of a field in hexadecimal. */
    public static byte[] hex(JsonNode test, String field) {
        return HexFormat.of().parseHex(test.get(field).asString());
    }

    /** Text of a field. */
    public static String text(JsonNode test, String field) {
        return test.get(field).asString();
    }
}
