package io.twinspan.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.testing.CipherEngines;
import io.twinspan.crypto.vectors.VectorFile;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PacketCipherVectorTest {
    private static final int IV_BYTES = 8;
    private static final int ICV_BYTES = 16;

    static Stream<JsonNode> aesGcm() {
        return VectorFile.wycheproof("aes_gcm_test.json");
    }

    static Stream<JsonNode> chacha() {
        return VectorFile.wycheproof("chacha20_poly1305_test.json");
    }

    @ParameterizedTest
    @MethodSource("aesGcm")
    void agreesWithWycheproofOnAesGcm(JsonNode test) {
        boolean shortKey = VectorFile.hex(test, "key").length == 16;
        agrees(shortKey ? EncryptionAlgorithm.AES_GCM_16_128 : EncryptionAlgorithm.AES_GCM_16_256, test);
    }

    @ParameterizedTest
    @MethodSource("chacha")
    void agreesWithWycheproofOnChaCha20Poly1305(JsonNode test) {
        agrees(EncryptionAlgorithm.CHACHA20_POLY1305, test);
    }

    private static void agrees(EncryptionAlgorithm encryption, JsonNode test) {
        CipherEngines.available().forEach(engine -> agrees(engine, encryption, test));
    }

    /** The nonce of 96 bits becomes salt and IV; the associated data becomes the header. */
    private static void agrees(PacketCipherEngine engine, EncryptionAlgorithm encryption, JsonNode test) {
        byte[] nonce = VectorFile.hex(test, "iv");
        byte[] aad = VectorFile.hex(test, "aad");
        byte[] iv = Arrays.copyOfRange(nonce, 4, 12);
        byte[] key = concat(VectorFile.hex(test, "key"), Arrays.copyOf(nonce, 4));
        PacketCipher cipher = aead(engine, encryption, key);
        byte[] message = VectorFile.hex(test, "msg");
        byte[] wire = concat(aad, iv, VectorFile.hex(test, "ct"), VectorFile.hex(test, "tag"));
        byte[] plain = concat(aad, iv, message, new byte[ICV_BYTES]);
        boolean valid = VectorFile.text(test, "result").equals("valid");

        byte[] received = wire.clone();
        assertThat(cipher.open(received, 0, aad.length, message.length)).isEqualTo(valid);
        if (valid) {
            assertThat(Arrays.copyOf(received, plain.length - ICV_BYTES))
                    .isEqualTo(Arrays.copyOf(plain, plain.length - ICV_BYTES));
            assertThat(cipher.seal(plain, 0, aad.length, message.length)).isTrue();
            assertThat(plain).isEqualTo(wire);
        } else {
            assertThat(received).isEqualTo(wire);
        }
    }

    static Stream<JsonNode> mcgrew() {
        return VectorFile.tests("esp/mcgrew-gcm-esp.json")
                .filter(test -> test.get("keyBits").asInt() != 192);
    }

    @ParameterizedTest
    @MethodSource("mcgrew")
    void makesThePacketsOfTheMcGrewDraft(JsonNode test) {
        CipherEngines.available().forEach(engine -> makesThePacketOfTheMcGrewDraft(engine, test));
    }

    private static void makesThePacketOfTheMcGrewDraft(PacketCipherEngine engine, JsonNode test) {
        boolean shortKey = test.get("keyBits").asInt() == 128;
        PacketCipher cipher = aead(
                engine,
                shortKey ? EncryptionAlgorithm.AES_GCM_16_128 : EncryptionAlgorithm.AES_GCM_16_256,
                concat(VectorFile.hex(test, "key"), VectorFile.hex(test, "salt")));
        byte[] sequence = VectorFile.hex(test, "seq");
        boolean extended = test.get("esn").asBoolean();
        int high = extended ? (int) (Long.parseUnsignedLong(VectorFile.text(test, "seq"), 16) >>> 32) : 0;
        byte[] low = Arrays.copyOfRange(sequence, sequence.length - 4, sequence.length);
        byte[] text = VectorFile.hex(test, "plaintextWithTrailer");
        byte[] packet = concat(VectorFile.hex(test, "spi"), low, VectorFile.hex(test, "iv"), text, new byte[ICV_BYTES]);

        assertThat(
                        extended
                                ? cipher.sealExtended(packet, 0, text.length, high)
                                : cipher.seal(packet, 0, 8, text.length))
                .isTrue();
        assertThat(packet).isEqualTo(VectorFile.hex(test, "wirePacket"));
        assertThat(
                        extended
                                ? cipher.openExtended(packet, 0, text.length, high)
                                : cipher.open(packet, 0, 8, text.length))
                .isTrue();
        assertThat(Arrays.copyOfRange(packet, 8 + IV_BYTES, 8 + IV_BYTES + text.length))
                .isEqualTo(text);
    }

    static Stream<JsonNode> rawCbc() {
        return VectorFile.tests("aes-cbc/rfc3602-raw.json");
    }

    @ParameterizedTest
    @MethodSource("rawCbc")
    void encryptsAsRfc3602(JsonNode test) {
        encryptsCbc(test, VectorFile.hex(test, "plaintext"), VectorFile.hex(test, "ciphertext"));
    }

    static Stream<JsonNode> wycheproofCbc() {
        return VectorFile.wycheproof("aes_cbc_pkcs5_test.json");
    }

    @ParameterizedTest
    @MethodSource("wycheproofCbc")
    void agreesWithWycheproofOnAesCbc(JsonNode test) {
        byte[] message = VectorFile.hex(test, "msg");
        byte[] padded = Arrays.copyOf(message, (message.length / 16 + 1) * 16);
        Arrays.fill(padded, message.length, padded.length, (byte) (padded.length - message.length));
        encryptsCbc(test, padded, VectorFile.hex(test, "ct"));
    }

    private static void encryptsCbc(JsonNode test, byte[] text, byte[] ciphertext) {
        byte[] key = VectorFile.hex(test, "key");
        PacketCipher cipher = PacketCipherEngine.jdk()
                .cipher(
                        key.length == 16 ? EncryptionAlgorithm.AES_CBC_128 : EncryptionAlgorithm.AES_CBC_256,
                        IntegrityAlgorithm.HMAC_SHA2_256_128,
                        SecretBytes.copyOf(key),
                        SecretBytes.copyOf(new byte[32]));
        byte[] packet = concat(new byte[8], VectorFile.hex(test, "iv"), text, new byte[16]);
        assertThat(cipher.seal(packet, 0, 8, text.length)).isTrue();
        assertThat(Arrays.copyOfRange(packet, 24, 24 + text.length)).isEqualTo(ciphertext);
        assertThat(cipher.open(packet, 0, 8, text.length)).isTrue();
        assertThat(Arrays.copyOfRange(packet, 24, 24 + text.length)).isEqualTo(text);
    }

    private static PacketCipher aead(PacketCipherEngine engine, EncryptionAlgorithm encryption, byte[] keyAndSalt) {
        return engine.cipher(
                encryption, IntegrityAlgorithm.NONE, SecretBytes.copyOf(keyAndSalt), SecretBytes.copyOf(new byte[0]));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
