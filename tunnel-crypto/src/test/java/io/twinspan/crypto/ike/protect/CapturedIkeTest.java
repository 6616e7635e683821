package io.twinspan.crypto.ike.protect;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageDecoder;
import io.twinspan.crypto.ike.message.IkeMessageEncoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.testing.CapturedDatagrams;
import io.twinspan.crypto.vectors.VectorFile;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Conversations of other daemons with known keys. */
final class CapturedIkeTest {
    private static final String KEYS = "ike/captures/wireshark-ike-keys.json";
    private static final String GCM = "ikev2-decrypt-aes256gcm16.pcap";

    @Test
    void decryptsTheAesGcmConversationOfAnotherDaemon() {
        JsonNode capture = captures()
                .filter(one -> VectorFile.text(one, "file").equals(GCM))
                .findFirst()
                .orElseThrow();
        List<byte[]> datagrams = CapturedDatagrams.ike("/vectors/ike/captures/" + GCM);
        JsonNode keys = capture.get("keys");
        byte[] ofInitiator = VectorFile.hex(keys, "SK_ei");
        byte[] ofResponder = VectorFile.hex(keys, "SK_er");
        int opened = 0;
        for (JsonNode expected : capture.get("messages")) {
            byte[] datagram = datagrams.get(expected.get("frame").asInt() - 1);
            assertThat(datagram).hasSize(expected.get("length").asInt());
            if (expected.has("innerPayloads")) {
                boolean byInitiator = (expected.get("flags").asInt() & IkeHeader.FLAG_INITIATOR) != 0;
                SkPayload opener = byInitiator ? opener(ofResponder, ofInitiator) : opener(ofInitiator, ofResponder);
                assertThat(opener.open(datagram)).isInstanceOfSatisfying(OpenResult.Authentic.class, result -> {
                    assertThat(result.header().messageId())
                            .isEqualTo(expected.get("messageId").asInt());
                    assertThat(inner(result.content())).isEqualTo(chain(expected));
                });
                opened++;
            }
        }
        assertThat(opened).isEqualTo(4);
    }

    @Test
    void theAuthValueIsTheOneThatWiresharkFinds() {
        List<byte[]> datagrams = CapturedDatagrams.ike("/vectors/ike/captures/" + GCM);
        JsonNode capture = captures()
                .filter(one -> VectorFile.text(one, "file").equals(GCM))
                .findFirst()
                .orElseThrow();
        byte[] key = VectorFile.hex(capture.get("keys"), "SK_er");
        assertThat(opener(key, key).open(datagrams.get(3)))
                .isInstanceOfSatisfying(
                        OpenResult.Authentic.class,
                        result -> assertThat(((DecodeResult.Decoded) result.content())
                                        .message()
                                        .first(IkePayload.Authentication.class)
                                        .orElseThrow()
                                        .data())
                                .isEqualTo(Octets.copyOf(VectorFile.hex(capture, "expectedAuthData"))));
    }

    @ParameterizedTest
    @MethodSource("decryptedMessages")
    void readsAndRewritesThePayloadChainsThatWereInsideSk(JsonNode message) {
        byte[] chain = chain(message);
        IkeHeader header = new IkeHeader(
                1,
                2,
                message.get("exchange").asInt(),
                message.get("flags").asInt(),
                message.get("messageId").asInt());
        JsonNode payloads = message.get("innerPayloads");
        int first = payloads.isEmpty() ? 0 : payloads.get(0).get("type").asInt();
        assertThat(inner(IkeMessageDecoder.decodeInner(header, first, chain))).isEqualTo(chain);
    }

    /** An SA that opens with the second key, and would seal with the first, under AES-GCM-16-256. */
    static SkPayload opener(byte[] sealing, byte[] opening) {
        SecretBytes none = SecretBytes.copyOf(new byte[0]);
        IkeKeyMaterial keys = new IkeKeyMaterial(
                none, none, none, SecretBytes.copyOf(sealing), SecretBytes.copyOf(opening), none, none);
        return SkPayload.forInitiator(ProtectFixture.GCM, keys, new Random(1)::nextBytes);
    }

    static Stream<JsonNode> decryptedMessages() {
        return captures()
                .flatMap(capture -> VectorFile.elements(capture.get("messages")))
                .filter(message -> message.has("innerPayloads"));
    }

    private static Stream<JsonNode> captures() {
        return VectorFile.elements(VectorFile.read(KEYS).get("captures"));
    }

    private static byte[] inner(DecodeResult content) {
        assertThat(content).isInstanceOf(DecodeResult.Decoded.class);
        IkeMessage message = ((DecodeResult.Decoded) content).message();
        return IkeMessageEncoder.encodeInner(message.payloads());
    }

    /** The payloads of the vector with generic headers put in front. */
    private static byte[] chain(JsonNode message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonNode payloads = message.get("innerPayloads");
        for (int i = 0; i < payloads.size(); i++) {
            byte[] body = HexFormat.of().parseHex(payloads.get(i).get("body").asString());
            out.write(
                    i == payloads.size() - 1
                            ? 0
                            : payloads.get(i + 1).get("type").asInt());
            out.write(0);
            out.write((body.length + 4) >> 8);
            out.write(body.length + 4);
            out.writeBytes(body);
        }
        return out.toByteArray();
    }
}
