package io.twinspan.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.vectors.VectorFile;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PrfTest {
    private static final Map<PseudorandomFunction, String> RFC_NAMES = new EnumMap<>(Map.of(
            PseudorandomFunction.HMAC_SHA1, "HMAC-SHA-1",
            PseudorandomFunction.HMAC_SHA2_256, "HMAC-SHA-256",
            PseudorandomFunction.HMAC_SHA2_384, "HMAC-SHA-384",
            PseudorandomFunction.HMAC_SHA2_512, "HMAC-SHA-512"));

    static Stream<JsonNode> rfcVectors() {
        return Stream.of("hmac/rfc2202-sha1.json", "hmac/rfc4231.json", "hmac/rfc4868-prf.json")
                .flatMap(VectorFile::tests);
    }

    @ParameterizedTest
    @MethodSource("rfcVectors")
    void computesTheMacsOfTheRfcs(JsonNode test) {
        Map<PseudorandomFunction, String> expected = new EnumMap<>(PseudorandomFunction.class);
        RFC_NAMES.forEach((function, name) -> {
            for (String candidate : new String[] {name, "PRF-" + name}) {
                if (test.get("mac").has(candidate)) {
                    expected.put(function, VectorFile.text(test.get("mac"), candidate));
                }
            }
        });
        assertThat(expected).isNotEmpty();
        expected.forEach((function, mac) -> {
            byte[] output = Prf.of(function, VectorFile.hex(test, "key")).compute(VectorFile.hex(test, "data"));
            assertThat(HexFormat.of().formatHex(output)).startsWith(mac);
            assertThat(mac.length()).isEqualTo(test.has("truncatedToBits") ? 32 : 2 * function.outputBytes());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "HMAC_SHA1,hmac_sha1_test.json",
        "HMAC_SHA2_256,hmac_sha256_test.json",
        "HMAC_SHA2_384,hmac_sha384_test.json",
        "HMAC_SHA2_512,hmac_sha512_test.json"
    })
    void agreesWithWycheproof(PseudorandomFunction function, String file) {
        assertThat(VectorFile.wycheproof(file)).hasSizeGreaterThan(30).allSatisfy(test -> {
            byte[] tag = VectorFile.hex(test, "tag");
            byte[] output = Prf.of(function, VectorFile.hex(test, "key")).compute(VectorFile.hex(test, "msg"));
            boolean same = Arrays.equals(Arrays.copyOf(output, tag.length), tag);
            assertThat(same).isEqualTo(VectorFile.text(test, "result").equals("valid"));
        });
    }

    @Test
    void anEmptyKeyIsTheKeyOfOneZeroOctet() {
        byte[] message = {1, 2, 3};
        for (PseudorandomFunction function : PseudorandomFunction.values()) {
            byte[] withEmptyKey = Prf.of(function, new byte[0]).compute(message);
            assertThat(withEmptyKey)
                    .hasSize(function.outputBytes())
                    .isEqualTo(Prf.of(function, new byte[1]).compute(message));
        }
    }

    @Test
    void partsCountAsTheirConcatenationAndAnInstanceServesManyCalls() {
        Prf prf = Prf.of(PseudorandomFunction.HMAC_SHA2_256, SecretBytes.copyOf(new byte[] {9}));
        byte[] whole = prf.compute(new byte[] {1, 2, 3});
        assertThat(prf.compute(new byte[] {1}, new byte[0], new byte[] {2, 3})).isEqualTo(whole);
        assertThat(prf.compute(new byte[] {1, 2})).isNotEqualTo(whole);
        assertThat(prf.compute(new byte[] {1, 2, 3})).isEqualTo(whole);
    }
}
