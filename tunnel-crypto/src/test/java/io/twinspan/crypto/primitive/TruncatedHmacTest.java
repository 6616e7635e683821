package io.twinspan.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.vectors.VectorFile;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class TruncatedHmacTest {
    static Stream<JsonNode> rfc4868() {
        return VectorFile.tests("hmac/rfc4868-auth.json");
    }

    @ParameterizedTest
    @MethodSource("rfc4868")
    void makesTheCheckValuesOfRfc4868(JsonNode test) throws Exception {
        byte[] key = VectorFile.hex(test, "key");
        IntegrityAlgorithm algorithm = algorithmOfKey(key.length);
        byte[] expected = VectorFile.hex(test.get("mac"), truncatedName(algorithm));
        byte[] data = VectorFile.hex(test, "data");
        TruncatedHmac hmac = new TruncatedHmac(algorithm, SecretBytes.copyOf(key));
        assertThat(hmac.icvBytes()).isEqualTo(expected.length);

        byte[] written = new byte[expected.length + 2];
        hmac.update(data, 0, data.length);
        hmac.write(written, 1);
        assertThat(Arrays.copyOfRange(written, 1, 1 + expected.length)).isEqualTo(expected);
        assertThat(written[0] | written[expected.length + 1]).isZero();

        hmac.update(data, 0, data.length);
        assertThat(hmac.matches(expected, 0)).isTrue();
        expected[expected.length - 1] ^= 1;
        hmac.update(data, 0, data.length);
        assertThat(hmac.matches(expected, 0)).isFalse();
    }

    private static IntegrityAlgorithm algorithmOfKey(int keyBytes) {
        return Stream.of(IntegrityAlgorithm.values())
                .filter(candidate -> candidate.keyBytes() == keyBytes)
                .findFirst()
                .orElseThrow();
    }

    private static String truncatedName(IntegrityAlgorithm algorithm) {
        return algorithm.name().replace("SHA2", "SHA").replace('_', '-');
    }

    static Stream<JsonNode> rfc2202() {
        return VectorFile.tests("hmac/rfc2202-sha1.json")
                .filter(test -> VectorFile.hex(test, "key").length == IntegrityAlgorithm.HMAC_SHA1_96.keyBytes());
    }

    @ParameterizedTest
    @MethodSource("rfc2202")
    void sha1IsCutTo96Bits(JsonNode test) throws Exception {
        byte[] data = VectorFile.hex(test, "data");
        byte[] expected = VectorFile.hex(test, "mac96");
        TruncatedHmac hmac =
                new TruncatedHmac(IntegrityAlgorithm.HMAC_SHA1_96, SecretBytes.copyOf(VectorFile.hex(test, "key")));
        byte[] written = new byte[12];
        hmac.update(data, 0, data.length);
        hmac.write(written, 0);
        assertThat(written).isEqualTo(expected);
    }
}
