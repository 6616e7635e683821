package io.twinspan.crypto.kex;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.vectors.VectorFile;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class KeyExchangeVectorTest {
    static Stream<JsonNode> modpExchanges() {
        return VectorFile.tests("dh/modp-exchange.json");
    }

    static Stream<JsonNode> ecpExchanges() {
        return VectorFile.tests("dh/ecp-exchange.json");
    }

    @ParameterizedTest
    @MethodSource("modpExchanges")
    void repeatsThePublishedModpExchanges(JsonNode test) {
        KeyExchangeMethod method = method(test.get("group").asInt());
        String first = test.has("privI") ? "I" : "A";
        String second = test.has("privR") ? "R" : "B";
        assertExchange(method, test, first, second, "shared");
    }

    @ParameterizedTest
    @MethodSource("ecpExchanges")
    void repeatsTheExchangesOfRfc5903(JsonNode test) {
        KeyExchangeMethod method = method(test.get("group").asInt());
        assertExchange(method, test, "I", "R", "sharedX");
        assertThat(VectorFile.text(test, "kePayloadI")).endsWith(VectorFile.text(test, "pubI"));
    }

    @ParameterizedTest
    @EnumSource(ModpGroup.class)
    void theGroupsAreThoseOfTheRfcs(ModpGroup group) {
        JsonNode published = VectorFile.read("dh/modp-groups.json")
                .get("groups")
                .get(group.method().label());
        assertThat(group.prime()).isEqualTo(number(published, "p"));
        assertThat(group.generator()).isEqualTo(number(published, "g"));
        assertThat(group.prime().bitLength())
                .isEqualTo(published.get("bits").asInt())
                .isEqualTo(group.method().publicValueBytes() * 8);
    }

    @ParameterizedTest
    @EnumSource(
            value = ModpGroup.class,
            names = {"MODP_1024_160", "MODP_2048_224", "MODP_2048_256"})
    void theSmallSubgroupsHaveTheOrderOfRfc5114(ModpGroup group) {
        BigInteger order = number(
                VectorFile.read("dh/modp-groups.json")
                        .get("groups")
                        .get(group.method().label()),
                "q");
        assertThat(group.generator().modPow(order, group.prime())).isEqualTo(BigInteger.ONE);
        assertThat(group.privateExponent(target -> Arrays.fill(target, (byte) 0xff)))
                .isBetween(BigInteger.ONE, order.subtract(BigInteger.ONE));
        assertThat(group.privateExponent(target -> Arrays.fill(target, (byte) 0)))
                .isEqualTo(BigInteger.ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "ECP_256,ecdh_secp256r1_ecpoint_test.json",
        "ECP_384,ecdh_secp384r1_ecpoint_test.json",
        "ECP_521,ecdh_secp521r1_ecpoint_test.json"
    })
    void agreesWithWycheproofOnTheCurves(KeyExchangeMethod method, String file) {
        assertThat(VectorFile.wycheproof(file)).hasSizeGreaterThan(100).allSatisfy(test -> {
            byte[] point = VectorFile.hex(test, "public");
            // IKE carries x and y without the octet 4 in front; other forms of a point do not exist there.
            boolean uncompressed = point.length > 0 && point[0] == 4;
            byte[] wire = uncompressed ? Arrays.copyOfRange(point, 1, point.length) : point;
            KeyExchange exchange = KnownKeys.pair(method, VectorFile.hex(test, "private"));
            Optional<SecretBytes> shared = exchange.agree(wire);
            if (uncompressed && VectorFile.text(test, "result").equals("valid")) {
                assertThat(shared.orElseThrow().expose()).isEqualTo(VectorFile.hex(test, "shared"));
            } else {
                assertThat(shared).isEmpty();
            }
        });
    }

    @Test
    void agreesWithWycheproofOnCurve25519() {
        assertThat(VectorFile.wycheproof("x25519_test.json"))
                .hasSizeGreaterThan(100)
                .allSatisfy(test -> {
                    KeyExchange exchange =
                            KnownKeys.pair(KeyExchangeMethod.CURVE25519, VectorFile.hex(test, "private"));
                    Optional<SecretBytes> shared = exchange.agree(VectorFile.hex(test, "public"));
                    // "acceptable" covers twist points and other encodings, which RFC 7748 wants computed, and points
                    // of small order, whose all-zero secret RFC 8031 section 3.2 wants refused.
                    byte[] expected = VectorFile.hex(test, "shared");
                    if (Arrays.equals(expected, new byte[32])) {
                        assertThat(shared).isEmpty();
                    } else {
                        assertThat(shared.orElseThrow().expose()).isEqualTo(expected);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(KeyExchangeMethod.class)
    void everyMethodGivesItsIndependentlyComputedAnswer(KeyExchangeMethod method) {
        assertThat(KeyExchangeSelfTest.passes(method)).isTrue();
    }

    private static void assertExchange(
            KeyExchangeMethod method, JsonNode test, String first, String second, String sharedField) {
        KeyExchange one = KnownKeys.pair(method, VectorFile.hex(test, "priv" + first));
        KeyExchange other = KnownKeys.pair(method, VectorFile.hex(test, "priv" + second));
        assertThat(one.publicValue()).isEqualTo(VectorFile.hex(test, "pub" + first));
        assertThat(other.publicValue()).isEqualTo(VectorFile.hex(test, "pub" + second));
        byte[] expected = VectorFile.hex(test, sharedField);
        assertThat(one.agree(other.publicValue()).orElseThrow().expose()).isEqualTo(expected);
        assertThat(other.agree(one.publicValue()).orElseThrow().expose()).isEqualTo(expected);
    }

    private static BigInteger number(JsonNode node, String field) {
        return new BigInteger(VectorFile.text(node, field), 16);
    }

    private static KeyExchangeMethod method(int group) {
        return Arrays.stream(KeyExchangeMethod.values())
                .filter(method -> method.transformId() == group)
                .findFirst()
                .orElseThrow(() -> new AssertionError(HexFormat.of().toHexDigits(group)));
    }
}
