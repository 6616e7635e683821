package io.twinspan.crypto.ike.message;

import static io.twinspan.crypto.ike.message.Messages.join;
import static io.twinspan.crypto.ike.message.Messages.octets;
import static io.twinspan.crypto.ike.message.Messages.payload;
import static io.twinspan.crypto.ike.message.Messages.withChain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases of real daemons that broke, as far as reading a message goes. */
final class HostileMessageTest {
    private static final int KE = PayloadType.KEY_EXCHANGE.number();
    private static final int ID_I = PayloadType.IDENTIFICATION_INITIATOR.number();
    private static final int NOTIFY = PayloadType.NOTIFY.number();
    private static final int DELETE = PayloadType.DELETE.number();
    private static final int TS_I = PayloadType.TRAFFIC_SELECTORS_INITIATOR.number();
    private static final int SK = PayloadType.ENCRYPTED.number();
    private static final int SKF = PayloadType.ENCRYPTED_FRAGMENT.number();

    @Test
    void a1_everyKeyExchangeNumberIsReadAndOnlyOursAreKnown() {
        int known = 0;
        for (int number = 0; number <= 65_535; number++) {
            byte[] message = withChain(KE, payload(0, 0, octets(number >> 8, number, 0, 0, 1, 2, 3)));
            assertThat(decoded(message)
                            .first(IkePayload.KeyExchange.class)
                            .orElseThrow()
                            .method())
                    .isEqualTo(number);
            known += ProposalSelection.keyExchangeOf(number).isPresent() ? 1 : 0;
        }
        assertThat(known).isEqualTo(14);
        assertThat(ProposalSelection.keyExchangeOf(1025)).isEmpty();
    }

    @Test
    void a7_lengthsBelowTheHeaderAreMalformed() {
        for (int length = 0; length < IkeHeader.BYTES; length++) {
            assertThat(IkeMessageDecoder.decode(new byte[length])).isInstanceOf(DecodeResult.Malformed.class);
            assertThat(IkeMessageDecoder.decodeHeader(new byte[length])).isInstanceOf(HeaderResult.Refused.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 27, 28, 34, 36, 65_535, 0x8000_0000L, 0xffff_ffffL})
    void a7_lengthFieldThatDisagreesWithTheDatagramIsMalformed(long claimed) {
        byte[] message = withChain(43, payload(0, 0, octets(1, 2, 3)));
        assertThat(message).hasSize(35);
        for (int i = 0; i < 4; i++) {
            message[24 + i] = (byte) (claimed >>> (24 - 8 * i));
        }
        assertThat(IkeMessageDecoder.decode(message)).isInstanceOf(DecodeResult.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({"0x30,3", "0x40,4", "0xf0,15", "0x31,3", "0x10,1", "0x00,0"})
    void a7_otherMajorVersionsAreReportedWithTheHeaderToAnswerTo(String octet, int major) {
        byte[] message = withChain(0, new byte[0]);
        message[17] = (byte) (int) Integer.decode(octet);
        assertThat(IkeMessageDecoder.decode(message))
                .isInstanceOfSatisfying(DecodeResult.UnsupportedVersion.class, refused -> {
                    assertThat(refused.majorVersion()).isEqualTo(major);
                    assertThat(refused.header().initiatorSpi()).isEqualTo(1L << 56);
                });
    }

    @Test
    void a7_minorVersionIsIgnored() {
        byte[] message = withChain(0, new byte[0]);
        message[17] = 0x2f;
        assertThat(IkeMessageDecoder.decode(message)).isInstanceOf(DecodeResult.Decoded.class);
    }

    @Test
    void a8_payloadTypesOfIkev1AreSkippedWithoutTheCriticalBitAndReportedWithIt() {
        for (int number = 1; number <= 255; number++) {
            if (PayloadType.of(number).isPresent()) {
                continue;
            }
            byte[] nonce = payload(0, 0, new byte[16]);
            byte[] skipped = withChain(number, join(payload(40, 0, octets(9)), nonce));
            assertThat(decoded(skipped).first(IkePayload.Nonce.class)).isPresent();
            byte[] critical = withChain(number, join(payload(40, 0x80, octets(9)), nonce));
            IkeHeader header = new IkeHeader(1L << 56, 0, 34, IkeHeader.FLAG_INITIATOR, 0);
            assertThat(IkeMessageDecoder.decode(critical))
                    .isEqualTo(new DecodeResult.UnsupportedCritical(number, header));
        }
    }

    @Test
    void a8_criticalBitOfAKnownPayloadIsIgnored() {
        assertThat(decoded(withChain(40, payload(0, 0x80, new byte[16]))).first(IkePayload.Nonce.class))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "1,0", "2,1", "65535,65534", "0,65535"})
    void a15_impossibleFragmentNumbersAreMalformed(int number, int total) {
        byte[] body = octets(number >> 8, number, total >> 8, total, 1, 2, 3, 4);
        assertThat(IkeMessageDecoder.decode(withChain(SKF, payload(0, 0, body))))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a15_fragmentPayloadLengthsBelowTheirOwnHeaderAreMalformed() {
        for (int length = 0; length < 8; length++) {
            byte[] message = withChain(SKF, payload(0, 0, octets(0, 1, 0, 1, 5, 6, 7, 8)));
            message[IkeHeader.BYTES + 3] = (byte) length;
            assertThat(IkeMessageDecoder.decode(message)).isInstanceOf(DecodeResult.Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 21, IkeMessageDecoder.MAX_PAYLOADS})
    void a17_unknownPayloadsUpToTheLimitAreRead(int count) {
        assertThat(decoded(withChain(200, unknownPayloads(count))).payloads()).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(ints = {IkeMessageDecoder.MAX_PAYLOADS + 1, 5_000})
    void a17_unknownPayloadsPastTheLimitAreRefused(int count) {
        assertThat(IkeMessageDecoder.decode(withChain(200, unknownPayloads(count))))
                .asInstanceOf(type(DecodeResult.Malformed.class))
                .satisfies(refused -> assertThat(refused.reason()).contains("more than 128 payloads"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void a20_identityBodiesWithoutRoomForTheirTypeAreMalformed(int length) {
        assertThat(IkeMessageDecoder.decode(withChain(ID_I, payload(0, 0, new byte[length]))))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a20_identitiesOfAnyTypeAreOpaqueAndBounded() {
        for (int idType = 0; idType <= 255; idType++) {
            byte[] body = octets(idType, 0, 0, 0, 1, 2, 3);
            assertThat(decoded(withChain(ID_I, payload(0, 0, body))).payloads())
                    .containsExactly(new IkePayload.IdentificationInitiator(idType, octets(1, 2, 3)));
        }
        assertThat(decoded(withChain(ID_I, payload(0, 0, new byte[4]))).payloads())
                .containsExactly(new IkePayload.IdentificationInitiator(0, Octets.EMPTY));
        assertThat(IkeMessageDecoder.decode(withChain(ID_I, payload(0, 0, new byte[65_531]))))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a21_octetsOfThePeerBecomeBoundedPrintableText() {
        byte[] evil = "x'\"\n\r\t\u001b[31m$(reboot)`id`\\\u0000%n{}".getBytes(StandardCharsets.ISO_8859_1);
        String text = PeerText.escape(Octets.copyOf(evil));
        assertThat(text).matches("[\\x20-\\x7e]*").doesNotContain("'", "\"", "$", "`", "%", "{");
        assertThat(text).startsWith("x\\x27\\x22\\x0a\\x0d\\x09\\x1b[31m\\x24(reboot)");
        String huge = PeerText.escape(Octets.copyOf(new byte[60_000]));
        assertThat(huge).hasSizeLessThan(300).endsWith("...(60000 octets)");
    }

    @Test
    void a21_reasonsAndPrintedPayloadsHoldNoOctetOfThePeer() {
        byte[] text = "secret text".getBytes(StandardCharsets.US_ASCII);
        assertThat(new IkePayload.Notify(NotifyType.INVALID_SYNTAX, text).toString())
                .doesNotContain("secret");
        assertThat(new IkePayload.VendorId(Octets.copyOf(text)).toString()).doesNotContain("secret");
    }

    @Test
    void a24_unknownNumbersStayNumbersAndPrintAsSuch() {
        IkeHeader header = new IkeHeader(1, 2, 250, 0xff, -1);
        assertThat(header.label()).isEqualTo("exchange 250 response 4294967295");
        assertThat(NotifyType.label(40_961)).isEqualTo("notify 40961");
        byte[] transform = octets(0, 0, 0, 12, 77, 0, 0xab, 0xcd, 0xff, 0xff, 0x12, 0x34);
        byte[] proposal = join(octets(0, 0, 0, 8 + transform.length, 1, 99, 0, 1), transform);
        IkePayload.SecurityAssociation sa = decoded(withChain(33, payload(0, 0, proposal)))
                .first(IkePayload.SecurityAssociation.class)
                .orElseThrow();
        assertThat(sa.proposals().getFirst().protocolId()).isEqualTo(99);
        Transform read = sa.proposals().getFirst().transforms().getFirst();
        assertThat(read.type()).isEqualTo(77);
        assertThat(read.id()).isEqualTo(0xabcd);
        assertThat(read.attributes())
                .containsExactly(new TransformAttribute(0x7fff, true, Octets.copyOf(octets(0x12, 0x34))));
    }

    @Test
    void b1_selectorCountsThatDisagreeWithTheLengthAreMalformed() {
        byte[] one = octets(7, 0, 0, 16, 0, 0, 255, 255, 10, 0, 0, 0, 10, 255, 255, 255);
        for (int count : new int[] {0, 2, 255}) {
            assertThat(IkeMessageDecoder.decode(withChain(TS_I, payload(0, 0, join(octets(count, 0, 0, 0), one)))))
                    .isInstanceOf(DecodeResult.Malformed.class);
        }
        for (int length : new int[] {0, 3, 4, 8, 15, 17, 40}) {
            byte[] wrong = one.clone();
            wrong[3] = (byte) length;
            assertThat(IkeMessageDecoder.decode(withChain(TS_I, payload(0, 0, join(octets(1, 0, 0, 0), wrong)))))
                    .isInstanceOf(DecodeResult.Malformed.class);
        }
        byte[][] many = Collections.nCopies(255, one).toArray(new byte[0][]);
        byte[] full = withChain(TS_I, payload(0, 0, join(octets(255, 0, 0, 0), join(many))));
        assertThat(decoded(full)
                        .first(IkePayload.TrafficSelectorsInitiator.class)
                        .orElseThrow()
                        .ranges())
                .hasSize(255);
    }

    @ParameterizedTest
    @CsvSource({"80,100,true", "128,60,true", "129,1,false", "255,1,false"})
    void e28_proposalsAreReadUpToTheLimit(int proposals, int transforms, boolean readable) {
        List<Transform> list = Collections.nCopies(transforms, new Transform(TransformType.PSEUDORANDOM_FUNCTION, 5));
        List<Proposal> offer = new ArrayList<>();
        for (int number = 1; number <= proposals; number++) {
            offer.add(new Proposal(number, SecurityProtocol.IKE, Octets.EMPTY, list));
        }
        IkeHeader header = IkeHeader.request(ExchangeType.IKE_SA_INIT, 1, 0, true, 0);
        IkeMessage message = new IkeMessage(header, List.of(new IkePayload.SecurityAssociation(offer)));
        DecodeResult result = IkeMessageDecoder.decode(IkeMessageEncoder.encode(message));
        if (readable) {
            assertThat(result).isEqualTo(new DecodeResult.Decoded(message));
        } else {
            assertThat(result).isInstanceOf(DecodeResult.Malformed.class);
        }
    }

    @Test
    void selectorRangesThatDescendAreMalformedAndOpaquePortsAreNot() {
        byte[] descending = octets(7, 0, 0, 16, 0, 0, 255, 255, 10, 0, 0, 2, 10, 0, 0, 1);
        byte[] ports = octets(7, 6, 0, 16, 0, 80, 0, 79, 10, 0, 0, 1, 10, 0, 0, 1);
        byte[] opaque = octets(7, 6, 0, 16, 255, 255, 0, 0, 10, 0, 0, 1, 10, 0, 0, 1);
        assertThat(IkeMessageDecoder.decode(selector(descending))).isInstanceOf(DecodeResult.Malformed.class);
        assertThat(IkeMessageDecoder.decode(selector(ports))).isInstanceOf(DecodeResult.Malformed.class);
        assertThat(IkeMessageDecoder.decode(selector(opaque))).isInstanceOf(DecodeResult.Decoded.class);
    }

    @Test
    void ipv4MappedSelectorsStayIpv6() {
        byte[] mapped = octets(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 1);
        byte[] one = join(octets(8, 0, 0, 40, 0, 0, 255, 255), mapped, mapped);
        assertThat(decoded(selector(one))
                        .first(IkePayload.TrafficSelectorsInitiator.class)
                        .orElseThrow()
                        .ranges()
                        .getFirst()
                        .first()
                        .getAddress())
                .hasSize(16);
    }

    @Test
    void spiSizesOfDeleteAndNotifyAreChecked() {
        List<byte[]> bad = List.of(
                withChain(DELETE, payload(0, 0, octets(1, 4, 0, 1, 0, 0, 0, 1))),
                withChain(DELETE, payload(0, 0, octets(1, 0, 0, 1))),
                withChain(DELETE, payload(0, 0, octets(3, 8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1))),
                withChain(DELETE, payload(0, 0, octets(3, 4, 0, 2, 0, 0, 0, 1))),
                withChain(DELETE, payload(0, 0, octets(3, 4, 0, 0, 0, 0, 0, 1))),
                withChain(DELETE, payload(0, 0, octets(9, 4, 0, 1, 0, 0, 0, 1))),
                withChain(DELETE, payload(0, 0, octets(3, 4, 255, 255))),
                withChain(NOTIFY, payload(0, 0, octets(3, 3, 64, 9, 1, 2, 3))),
                withChain(NOTIFY, payload(0, 0, octets(3, 4, 64, 9, 1, 2, 3))),
                withChain(NOTIFY, payload(0, 0, octets(3, 255, 64, 9))));
        assertThat(bad)
                .allSatisfy(message ->
                        assertThat(IkeMessageDecoder.decode(message)).isInstanceOf(DecodeResult.Malformed.class));
        assertThat(decoded(withChain(DELETE, payload(0, 0, octets(3, 4, 0, 1, 0xc0, 0, 0, 1))))
                        .payloads())
                .containsExactly(IkePayload.Delete.ofEsp(0xc000_0001));
    }

    @Test
    void substructureMarksThatLieAreMalformed() {
        byte[] transform = octets(0, 0, 0, 8, 2, 0, 0, 5);
        for (int mark : new int[] {1, 3, 255}) {
            assertThat(IkeMessageDecoder.decode(proposals(join(octets(mark, 0, 0, 16, 1, 1, 0, 1), transform))))
                    .isInstanceOf(DecodeResult.Malformed.class);
        }
        byte[] endless = transform.clone();
        endless[0] = 3;
        byte[] surplus = join(octets(0, 0, 0, 24, 1, 1, 0, 1), transform, transform);
        byte[] missing = join(octets(0, 0, 0, 16, 1, 1, 0, 2), endless);
        byte[] longKeyLength =
                join(octets(0, 0, 0, 22, 1, 1, 0, 1), octets(0, 0, 0, 14, 1, 0, 0, 12, 0, 14, 0, 2, 1, 0));
        assertThat(List.of(join(octets(0, 0, 0, 16, 1, 1, 0, 1), endless), surplus, missing, longKeyLength))
                .allSatisfy(chain -> assertThat(IkeMessageDecoder.decode(proposals(chain)))
                        .isInstanceOf(DecodeResult.Malformed.class));
    }

    @Test
    void anEncryptedPayloadIsTheLastOneAndNeverInsideAnother() {
        byte[] behind = withChain(SK, join(payload(40, 0, new byte[40]), payload(0, 0, new byte[16])));
        assertThat(IkeMessageDecoder.decode(behind)).isInstanceOf(DecodeResult.Malformed.class);
        IkeHeader header = IkeHeader.request(ExchangeType.IKE_AUTH, 1, 2, true, 1);
        assertThat(IkeMessageDecoder.decodeInner(header, SK, payload(0, 0, new byte[40])))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    private static byte[] selector(byte[] one) {
        return withChain(TS_I, payload(0, 0, join(octets(1, 0, 0, 0), one)));
    }

    private static byte[] proposals(byte[] body) {
        return withChain(33, payload(0, 0, body));
    }

    private static byte[] unknownPayloads(int count) {
        byte[][] parts = new byte[count][];
        for (int i = 0; i < count; i++) {
            parts[i] = payload(i == count - 1 ? 0 : 200, 0);
        }
        return join(parts);
    }

    private static IkeMessage decoded(byte[] message) {
        DecodeResult result = IkeMessageDecoder.decode(message);
        assertThat(result).isInstanceOf(DecodeResult.Decoded.class);
        return ((DecodeResult.Decoded) result).message();
    }
}
