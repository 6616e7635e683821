package io.twinspan.crypto.kdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.crypto.vectors.VectorFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class KeyDerivationVectorTest {
    static Stream<JsonNode> cases() {
        return VectorFile.tests("kdf/ikev2-kdf.json");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivesSkeyseedAndTheWholeKeyString(JsonNode test) {
        byte[] skeyseed = IkeKeyMaterial.firstSkeyseed(function(test), secret(test, "gir"), nonceI(test), nonceR(test));
        assertThat(skeyseed).isEqualTo(VectorFile.hex(test, "skeyseed"));

        byte[] expected = VectorFile.hex(test, "dkm");
        byte[] spis = concat(List.of(VectorFile.hex(test, "spii"), VectorFile.hex(test, "spir")));
        Prf keyed = Prf.of(function(test), skeyseed);
        assertThat(PrfPlus.expand(keyed, expected.length, nonceI(test), nonceR(test), spis))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cutsTheKeyStringInTheOrderOfTheRfc(JsonNode test) {
        for (IkeSuite suite : suites(function(test))) {
            IkeKeyMaterial keys = IkeKeyMaterial.first(
                    suite, secret(test, "gir"), nonceI(test), nonceR(test), spi(test, "spii"), spi(test, "spir"));
            assertBeginsLike(VectorFile.hex(test, "dkm"), allKeys(keys));
            assertThat(keys.skAi().length()).isEqualTo(suite.integrity().keyBytes());
            assertThat(keys.skEr().length())
                    .isEqualTo(
                            suite.encryption().keyBytes() + suite.encryption().saltBytes());
            assertThat(keys.skPr().length()).isEqualTo(function(test).outputBytes());
        }
    }

    @Test
    void derivesTheSkeyseedOfARekeyedIkeSa() {
        JsonNode test = withRekey();
        byte[] skeyseed = IkeKeyMaterial.rekeyedSkeyseed(
                function(test), skD(test), secret(test, "girNew"), nonceI(test), nonceR(test));
        assertThat(skeyseed).isEqualTo(VectorFile.hex(test, "skeyseedRekey"));
    }

    @Test
    void aRekeyUsesTheOldPrfForSkeyseedAndTheNewOneAfterIt() {
        JsonNode test = withRekey();
        IkeSuite newSuite = suites(PseudorandomFunction.HMAC_SHA2_512).getFirst();
        IkeKeyMaterial keys = IkeKeyMaterial.rekeyed(
                newSuite, function(test), skD(test), secret(test, "girNew"), nonceI(test), nonceR(test), 1, -2);

        byte[] spis = ByteBuffer.allocate(16)
                .putLong(1)
                .putLong(0xffff_ffff_ffff_fffeL)
                .array();
        Prf keyed = Prf.of(PseudorandomFunction.HMAC_SHA2_512, VectorFile.hex(test, "skeyseedRekey"));
        byte[] concatenated = concat(allKeys(keys));
        assertThat(PrfPlus.expand(keyed, concatenated.length, nonceI(test), nonceR(test), spis))
                .isEqualTo(concatenated);
    }

    @Test
    void derivesChildKeysWithAndWithoutPfs() {
        JsonNode test = withRekey();
        for (EspSuite suite : childSuites()) {
            assertBeginsLike(
                    VectorFile.hex(test, "dkmChild"),
                    allKeys(ChildKeyMaterial.withoutPfs(suite, function(test), skD(test), nonceI(test), nonceR(test))));
            assertBeginsLike(
                    VectorFile.hex(test, "dkmChildDh"),
                    allKeys(ChildKeyMaterial.withPfs(
                            suite, function(test), skD(test), secret(test, "girNew"), nonceI(test), nonceR(test))));
        }
    }

    @Test
    void prfPlusEndsAt255Blocks() {
        Prf keyed = Prf.of(PseudorandomFunction.HMAC_SHA1, new byte[] {1});
        assertThat(PrfPlus.expand(keyed, 255 * 20, new byte[8])).hasSize(5100);
        assertThatThrownBy(() -> PrfPlus.expand(keyed, 255 * 20 + 1, new byte[8]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void destroyingZeroesEveryKeyAndNoKeyIsPrinted() {
        JsonNode test = withRekey();
        IkeKeyMaterial keys = IkeKeyMaterial.first(
                suites(function(test)).getFirst(), secret(test, "gir"), nonceI(test), nonceR(test), 1, 2);
        assertThat(keys.toString()).contains("SecretBytes[20 octets]").doesNotContain("[B@");
        keys.destroy();
        assertThat(concat(allKeys(keys))).containsOnly(0);
    }

    private static JsonNode withRekey() {
        return cases().filter(test -> test.has("dkmChild")).findFirst().orElseThrow();
    }

    private static List<IkeSuite> suites(PseudorandomFunction function) {
        return List.of(
                new IkeSuite(
                        EncryptionAlgorithm.AES_CBC_128,
                        IntegrityAlgorithm.HMAC_SHA1_96,
                        function,
                        KeyExchangeMethod.MODP_2048),
                new IkeSuite(
                        EncryptionAlgorithm.AES_GCM_16_128,
                        IntegrityAlgorithm.NONE,
                        function,
                        KeyExchangeMethod.ECP_256));
    }

    private static List<EspSuite> childSuites() {
        return List.of(
                new EspSuite(
                        EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA1_96, SequenceNumbers.SHORT_32),
                new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.SHORT_32),
                new EspSuite(
                        EncryptionAlgorithm.AES_CBC_256,
                        IntegrityAlgorithm.HMAC_SHA2_256_128,
                        SequenceNumbers.EXTENDED_64));
    }

    private static void assertBeginsLike(byte[] expected, List<byte[]> keys) {
        byte[] derived = concat(keys);
        int common = Math.min(expected.length, derived.length);
        assertThat(common).isGreaterThanOrEqualTo(72);
        assertThat(Arrays.copyOf(derived, common)).isEqualTo(Arrays.copyOf(expected, common));
    }

    private static List<byte[]> allKeys(IkeKeyMaterial keys) {
        return Stream.of(keys.skD(), keys.skAi(), keys.skAr(), keys.skEi(), keys.skEr(), keys.skPi(), keys.skPr())
                .map(SecretBytes::expose)
                .toList();
    }

    private static List<byte[]> allKeys(ChildKeyMaterial keys) {
        EspKeys first = keys.initiatorToResponder();
        EspKeys second = keys.responderToInitiator();
        return Stream.of(first.encryption(), first.integrity(), second.encryption(), second.integrity())
                .map(SecretBytes::expose)
                .toList();
    }

    private static byte[] concat(List<byte[]> parts) {
        ByteBuffer whole =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(whole::put);
        return whole.array();
    }

    private static PseudorandomFunction function(JsonNode test) {
        return PseudorandomFunction.valueOf(VectorFile.text(test, "prf").replace('-', '_'));
    }

    /** SK_d is the front of the key string. */
    private static SecretBytes skD(JsonNode test) {
        return SecretBytes.copyOf(VectorFile.hex(test, "dkm"), 0, function(test).outputBytes());
    }

    private static SecretBytes secret(JsonNode test, String field) {
        return SecretBytes.copyOf(VectorFile.hex(test, field));
    }

    private static byte[] nonceI(JsonNode test) {
        return VectorFile.hex(test, "ni");
    }

    private static byte[] nonceR(JsonNode test) {
        return VectorFile.hex(test, "nr");
    }

    private static long spi(JsonNode test, String field) {
        return ByteBuffer.wrap(VectorFile.hex(test, field)).getLong();
    }
}
