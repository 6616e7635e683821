package io.twinspan.crypto.ike.protect;

import static io.twinspan.crypto.ike.protect.ProtectFixture.PAYLOADS;
import static io.twinspan.crypto.ike.protect.ProtectFixture.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageEncoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class SkPayloadTest {
    @ParameterizedTest
    @MethodSource("suites")
    void whatOneSideSealsTheOtherOpensForEverySuiteAndLength(IkeSuite suite) {
        ProtectFixture ends = ProtectFixture.of(suite);
        for (int length = 0; length < 40; length++) {
            List<IkePayload> payloads = List.of(new IkePayload.Nonce(new byte[length]));
            byte[] message = ends.initiator().seal(header(length), payloads);
            assertThat(ends.responder().open(message)).isEqualTo(authentic(header(length), payloads));
            IkeHeader answer = header(length).toResponse();
            assertThat(ends.initiator().open(ends.responder().seal(answer, payloads)))
                    .isEqualTo(authentic(answer, payloads));
        }
        assertThat(ends.responder().open(ends.initiator().seal(header(9), List.of())))
                .isEqualTo(authentic(header(9), List.of()));
    }

    @ParameterizedTest
    @EnumSource(ExchangeType.class)
    void b8_everyFlippedBitIsRefusedAndTheGoodMessageStillOpensAfterwards(ExchangeType exchange) {
        for (IkeSuite suite : List.of(ProtectFixture.GCM, ProtectFixture.CBC)) {
            ProtectFixture ends = ProtectFixture.of(suite);
            IkeHeader header = IkeHeader.request(exchange, 1, 2, true, 3);
            byte[] message = ends.initiator().seal(header, PAYLOADS);
            for (int bit = 0; bit < message.length * 8; bit++) {
                byte[] forged = message.clone();
                forged[bit >> 3] ^= (byte) (1 << (bit & 7));
                OpenResult result = ends.responder().open(forged);
                // The minor version and the reserved bits of payloads are covered by the check value too.
                assertThat(result)
                        .as("bit " + bit)
                        .isNotInstanceOf(OpenResult.Authentic.class)
                        .isNotInstanceOf(OpenResult.AuthenticFragment.class);
            }
            assertThat(ends.responder().open(message)).isEqualTo(authentic(header, PAYLOADS));
        }
    }

    @Test
    void b8_everyTruncationAndReflectionIsRefused() {
        for (IkeSuite suite : List.of(ProtectFixture.GCM, ProtectFixture.CBC)) {
            ProtectFixture ends = ProtectFixture.of(suite);
            byte[] message = ends.initiator().seal(header(1), PAYLOADS);
            assertThat(ends.initiator().open(message)).isInstanceOf(OpenResult.IntegrityFailed.class);
            for (int length = 0; length < message.length; length++) {
                byte[] cut = shortened(message, length);
                assertThat(ends.responder().open(cut)).isNotInstanceOf(OpenResult.Authentic.class);
            }
        }
    }

    @Test
    void openingLeavesTheDatagramAsItWas() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.GCM);
        byte[] message = ends.initiator().seal(header(1), PAYLOADS);
        byte[] before = message.clone();
        ends.responder().open(message);
        assertThat(message).isEqualTo(before);
    }

    @Test
    void nothingIsSealedOrOpenedAfterTheKeysAreErased() {
        for (IkeSuite suite : ProtectFixture.suites()) {
            ProtectFixture ends = ProtectFixture.of(suite);
            byte[] message = ends.initiator().seal(header(1), PAYLOADS);
            ends.initiator().destroy();
            ends.responder().destroy();
            assertThat(ends.responder().open(message)).isEqualTo(new OpenResult.IntegrityFailed(header(1)));
            assertThatThrownBy(() -> ends.initiator().seal(header(2), PAYLOADS))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void d5_noIvComesTwiceUnderOneKey() {
        for (IkeSuite suite : List.of(ProtectFixture.GCM, ProtectFixture.CBC)) {
            ProtectFixture ends = ProtectFixture.of(suite);
            Set<Octets> ivs = new HashSet<>();
            for (int i = 0; i < 1_000; i++) {
                byte[] message = ends.initiator().seal(header(i), List.of());
                ivs.add(Octets.copyOf(
                        message, IkeHeader.BYTES + 4, suite.encryption().ivBytes()));
            }
            assertThat(ivs).hasSize(1_000);
        }
    }

    @Test
    void anyPaddingIsTakenAndPaddingLongerThanTheTextIsMalformed() {
        SecretBytes key = SecretBytes.copyOf(new byte[36]);
        PacketCipher cipher = PacketCipherEngine.jdk()
                .cipher(
                        EncryptionAlgorithm.AES_GCM_16_256,
                        IntegrityAlgorithm.NONE,
                        key,
                        SecretBytes.copyOf(new byte[0]));
        byte[] inner = IkeMessageEncoder.encodeInner(PAYLOADS);
        for (int padding : new int[] {0, 1, 3, 15, 255}) {
            byte[] text = Arrays.copyOf(inner, inner.length + padding + 1);
            Arrays.fill(text, inner.length, text.length, (byte) 0xa5);
            text[text.length - 1] = (byte) padding;
            assertThat(opened(cipher, text)).isEqualTo(authentic(header(1), PAYLOADS));
        }
        assertThat(opened(cipher, new byte[] {0, 0, 3}))
                .isInstanceOfSatisfying(
                        OpenResult.Authentic.class,
                        result -> assertThat(result.content()).isInstanceOf(DecodeResult.Malformed.class));
    }

    @Test
    void payloadsBesideSkAreNotAmongThoseThatComeOut() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.GCM);
        IkeMessage plain = new IkeMessage(header(1), List.of(new IkePayload.Nonce(new byte[16])));
        assertThat(ends.responder().open(IkeMessageEncoder.encode(plain)))
                .isEqualTo(new OpenResult.NotProtected(plain));
        IkeMessage empty = new IkeMessage(header(1), List.of());
        assertThat(ends.responder().open(IkeMessageEncoder.encode(empty)))
                .isEqualTo(new OpenResult.NotProtected(empty));
        IkeMessage mixed = new IkeMessage(
                header(1),
                List.of(new IkePayload.Nonce(new byte[16]), new IkePayload.Encrypted(0, Octets.copyOf(new byte[60]))));
        assertThat(ends.responder().open(IkeMessageEncoder.encode(mixed)))
                .isEqualTo(new OpenResult.IntegrityFailed(header(1)));
    }

    @Test
    void brokenAndUnknownContentOfAnAuthenticMessageIsReportedAsSuch() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.CBC);
        List<IkePayload> broken = List.of(new IkePayload.SecurityAssociation(List.of()));
        assertThat(ends.responder().open(ends.initiator().seal(header(1), broken)))
                .isInstanceOfSatisfying(
                        OpenResult.Authentic.class,
                        result -> assertThat(result.content()).isInstanceOf(DecodeResult.Malformed.class));
    }

    @Test
    void shortMessagesStayWholeAndLongOnesBecomeFragmentsOfTheSizeAskedFor() {
        for (IkeSuite suite : ProtectFixture.suites()) {
            ProtectFixture ends = ProtectFixture.of(suite);
            assertThat(ends.initiator().sealFragmented(header(1), PAYLOADS, SkPayload.UNFRAGMENTED_MESSAGE_BYTES))
                    .hasSize(1);
            for (int limit : new int[] {300, 548, SkPayload.UNFRAGMENTED_MESSAGE_BYTES}) {
                List<byte[]> messages = ends.initiator().sealFragmented(header(1), ProtectFixture.large(4_000), limit);
                assertThat(messages)
                        .hasSizeGreaterThan(3)
                        .allSatisfy(message -> assertThat(message).hasSizeLessThanOrEqualTo(limit));
                assertThat(messages.getFirst().length).isGreaterThan(limit - 16);
            }
        }
    }

    @Test
    void moreFragmentsThanTheLimitAreNeverMade() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.GCM);
        assertThatThrownBy(() -> ends.initiator().sealFragmented(header(1), ProtectFixture.large(9_000), 100))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ends.initiator().sealFragmented(header(1), PAYLOADS, 20))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Seals a text of our own making under the given cipher and opens it with an SA of the same key. */
    private static OpenResult opened(PacketCipher cipher, byte[] text) {
        byte[] room = new byte[8 + text.length + 16];
        byte[] message = IkeMessageEncoder.encode(new IkeMessage(
                header(1),
                List.of(new IkePayload.Encrypted(IkeMessageEncoder.firstType(PAYLOADS), Octets.copyOf(room)))));
        System.arraycopy(text, 0, message, IkeHeader.BYTES + 4 + 8, text.length);
        message[IkeHeader.BYTES + 4] = (byte) text.length;
        message[IkeHeader.BYTES + 5] = (byte) (text.length >> 8);
        assertThat(cipher.seal(message, 0, IkeHeader.BYTES + 4, text.length)).isTrue();
        return CapturedIkeTest.opener(new byte[36], new byte[36]).open(message);
    }

    private static byte[] shortened(byte[] message, int length) {
        byte[] cut = Arrays.copyOf(message, length);
        if (length >= IkeHeader.BYTES + 4) {
            cut[26] = (byte) (length >> 8);
            cut[27] = (byte) length;
            int payload = length - IkeHeader.BYTES;
            cut[30] = (byte) (payload >> 8);
            cut[31] = (byte) payload;
        }
        return cut;
    }

    private static OpenResult authentic(IkeHeader header, List<IkePayload> payloads) {
        return new OpenResult.Authentic(header, new DecodeResult.Decoded(new IkeMessage(header, payloads)));
    }

    static List<IkeSuite> suites() {
        return ProtectFixture.suites();
    }
}
