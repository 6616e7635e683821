package io.twinspan.crypto.ike.message;

import static io.twinspan.crypto.suite.EncryptionAlgorithm.AES_CBC_128;
import static io.twinspan.crypto.suite.EncryptionAlgorithm.AES_CBC_256;
import static io.twinspan.crypto.suite.EncryptionAlgorithm.AES_GCM_16_128;
import static io.twinspan.crypto.suite.EncryptionAlgorithm.AES_GCM_16_256;
import static io.twinspan.crypto.suite.EncryptionAlgorithm.CHACHA20_POLY1305;
import static io.twinspan.crypto.suite.IntegrityAlgorithm.HMAC_SHA1_96;
import static io.twinspan.crypto.suite.IntegrityAlgorithm.HMAC_SHA2_256_128;
import static io.twinspan.crypto.suite.KeyExchangeMethod.ECP_384;
import static io.twinspan.crypto.suite.KeyExchangeMethod.MODP_2048;
import static io.twinspan.crypto.suite.PseudorandomFunction.HMAC_SHA2_256;
import static io.twinspan.crypto.suite.PseudorandomFunction.HMAC_SHA2_384;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.ProposalSelection.EspSelection;
import io.twinspan.crypto.ike.message.ProposalSelection.IkeSelection;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProposalSelectionTest {
    private static final int OUR_SPI = 0xc000_0001;
    private static final int PEER_SPI = 0xcafe_0002;

    private static final IkeProposal IKE_GCM = new IkeProposal(
            List.of(AES_GCM_16_256, AES_GCM_16_128), List.of(), List.of(HMAC_SHA2_384), List.of(ECP_384, MODP_2048));
    private static final IkeProposal IKE_CBC = new IkeProposal(
            List.of(AES_CBC_256), List.of(HMAC_SHA2_256_128), List.of(HMAC_SHA2_256), List.of(MODP_2048));
    private static final EspProposal ESP_GCM = new EspProposal(
            List.of(AES_GCM_16_256),
            List.of(),
            List.of(ECP_384, MODP_2048),
            List.of(SequenceNumbers.EXTENDED_64, SequenceNumbers.SHORT_32));
    private static final EspProposal ESP_CBC =
            new EspProposal(List.of(AES_CBC_128), List.of(HMAC_SHA1_96), List.of(), List.of(SequenceNumbers.SHORT_32));

    private static final Transform ENCR_GCM_256 = WireProposals.of(AES_GCM_16_256);
    private static final Transform PRF_384 = WireProposals.of(HMAC_SHA2_384);
    private static final Transform KE_20 = WireProposals.of(ECP_384);
    private static final Transform KE_14 = WireProposals.of(MODP_2048);
    private static final Transform KE_NONE = new Transform(TransformType.KEY_EXCHANGE, 0);
    private static final Transform INTEG_NONE = WireProposals.of(IntegrityAlgorithm.NONE);
    private static final Transform ESN = WireProposals.of(SequenceNumbers.EXTENDED_64);
    private static final Transform NO_ESN = WireProposals.of(SequenceNumbers.SHORT_32);

    @Test
    void everySuiteSurvivesOfferChoiceAndCheck() {
        for (EncryptionAlgorithm encryption : EncryptionAlgorithm.values()) {
            for (IntegrityAlgorithm integrity : IntegrityAlgorithm.values()) {
                if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
                    continue;
                }
                List<IntegrityAlgorithm> separate = encryption.isAead() ? List.of() : List.of(integrity);
                for (KeyExchangeMethod method : KeyExchangeMethod.values()) {
                    for (PseudorandomFunction prf : PseudorandomFunction.values()) {
                        List<IkeProposal> policy =
                                List.of(new IkeProposal(List.of(encryption), separate, List.of(prf), List.of(method)));
                        requireIke(policy, new IkeSuite(encryption, integrity, prf, method));
                    }
                    for (SequenceNumbers numbers : SequenceNumbers.values()) {
                        List<EspProposal> policy = List.of(
                                new EspProposal(List.of(encryption), separate, List.of(method), List.of(numbers)));
                        requireEsp(policy, new EspSuite(encryption, integrity, numbers), method);
                    }
                }
            }
        }
    }

    @Test
    void ownPreferenceDecidesAndNotTheOrderOfTheOffer() {
        List<Proposal> offered = WireProposals.offerIke(List.of(IKE_CBC, IKE_GCM), Octets.EMPTY);
        assertThat(chooseIke(offered))
                .isEqualTo(new IkeSelection.Chosen(
                        new IkeSuite(AES_GCM_16_256, IntegrityAlgorithm.NONE, HMAC_SHA2_384, ECP_384),
                        new Proposal(2, SecurityProtocol.IKE, Octets.EMPTY, List.of(ENCR_GCM_256, PRF_384, KE_20)),
                        0));
    }

    @Test
    void whatOneSideOffersTheOtherChoosesAndTheFirstAccepts() {
        List<IkeProposal> policy = List.of(IKE_GCM, IKE_CBC);
        Octets ourSpi = Octets.ofLong(7);
        Octets theirSpi = Octets.ofLong(-9);
        IkeSelection chosen =
                ProposalSelection.chooseIke(List.of(IKE_CBC), WireProposals.offerIke(policy, ourSpi), theirSpi);
        assertThat(chosen).isInstanceOfSatisfying(IkeSelection.Chosen.class, answer -> {
            assertThat(answer.peerSpi()).isEqualTo(7);
            assertThat(answer.answer().number()).isEqualTo(2);
            assertThat(ProposalSelection.verifyIke(policy, ourSpi, List.of(answer.answer())))
                    .isInstanceOfSatisfying(IkeSelection.Chosen.class, accepted -> {
                        assertThat(accepted.suite()).isEqualTo(answer.suite());
                        assertThat(accepted.peerSpi()).isEqualTo(-9);
                    });
        });
    }

    @ParameterizedTest
    @EnumSource(ChildOccasion.class)
    void childSuitesAreChosenAndAcceptedWithAndWithoutPfs(ChildOccasion occasion) {
        List<EspProposal> policy = List.of(ESP_GCM, ESP_CBC);
        EspSelection chosen = ProposalSelection.chooseEsp(
                policy, WireProposals.offerEsp(policy, PEER_SPI, occasion), OUR_SPI, occasion);
        assertThat(chosen).isInstanceOfSatisfying(EspSelection.Chosen.class, answer -> {
            assertThat(answer.suite())
                    .isEqualTo(new EspSuite(AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.EXTENDED_64));
            assertThat(answer.peerSpi()).isEqualTo(PEER_SPI);
            assertThat(answer.answer().spi()).isEqualTo(Octets.ofInt(OUR_SPI));
            assertThat(answer.keyExchange().isPresent()).isEqualTo(occasion == ChildOccasion.CREATE_CHILD_SA);
            assertThat(ProposalSelection.verifyEsp(policy, occasion, List.of(answer.answer())))
                    .isInstanceOfSatisfying(EspSelection.Chosen.class, accepted -> {
                        assertThat(accepted.suite()).isEqualTo(answer.suite());
                        assertThat(accepted.peerSpi()).isEqualTo(OUR_SPI);
                    });
        });
    }

    @Test
    void integrityNoneBesideAnAeadCipherIsAcceptedAndAnswered() {
        assertThat(chooseIke(List.of(ike(ENCR_GCM_256, PRF_384, INTEG_NONE, KE_20))))
                .isInstanceOfSatisfying(
                        IkeSelection.Chosen.class,
                        chosen -> assertThat(chosen.answer().transforms())
                                .containsExactly(ENCR_GCM_256, PRF_384, INTEG_NONE, KE_20));
        Transform sha256 = WireProposals.of(HMAC_SHA2_256_128);
        assertThat(chooseIke(List.of(ike(ENCR_GCM_256, PRF_384, sha256, KE_20))))
                .isInstanceOf(IkeSelection.NoneAcceptable.class);
    }

    @Test
    void a5_aProposalThatLacksATransformTypeIsNotChosen() {
        Transform cbc = WireProposals.of(AES_CBC_256);
        Transform prf = WireProposals.of(HMAC_SHA2_256);
        Transform integrity = WireProposals.of(HMAC_SHA2_256_128);
        List<Transform> complete = List.of(cbc, prf, integrity, KE_14);
        assertThat(chooseIke(List.of(new Proposal(1, SecurityProtocol.IKE, Octets.EMPTY, complete))))
                .isInstanceOf(IkeSelection.Chosen.class);
        for (Transform missing : complete) {
            List<Transform> rest =
                    complete.stream().filter(one -> !one.equals(missing)).toList();
            assertThat(chooseIke(List.of(new Proposal(1, SecurityProtocol.IKE, Octets.EMPTY, rest))))
                    .isInstanceOf(IkeSelection.NoneAcceptable.class);
        }
        assertThat(chooseIke(List.of(ike()))).isInstanceOf(IkeSelection.NoneAcceptable.class);
    }

    @Test
    void a1_everyUnknownKeyExchangeIsNotChosenAndOursCanBeNamed() {
        for (int number = 0; number <= 65_535; number++) {
            if (number != ECP_384.transformId() && number != MODP_2048.transformId()) {
                Transform method = new Transform(TransformType.KEY_EXCHANGE, number);
                assertThat(chooseIke(List.of(ike(ENCR_GCM_256, PRF_384, method))))
                        .isInstanceOf(IkeSelection.NoneAcceptable.class);
            }
        }
        assertThat(ProposalSelection.ikeKeyExchangeMethods(List.of(IKE_GCM, IKE_CBC)))
                .containsExactly(ECP_384, MODP_2048);
        assertThat(ProposalSelection.espKeyExchangeMethods(List.of(ESP_CBC))).isEmpty();
    }

    @Test
    void b6_ciphersWithoutIntegrityOrWithAWrongKeyLengthAreNotChosen() {
        Transform integrity = WireProposals.of(HMAC_SHA1_96);
        List<List<Transform>> bad = List.of(
                List.of(new Transform(TransformType.ENCRYPTION, 11), NO_ESN),
                List.of(new Transform(TransformType.ENCRYPTION, 11), integrity, NO_ESN),
                List.of(withKeyLength(21, 128), NO_ESN),
                List.of(new Transform(TransformType.ENCRYPTION, 12), integrity, NO_ESN),
                List.of(withKeyLength(12, 0), integrity, NO_ESN),
                List.of(withKeyLength(12, 192), integrity, NO_ESN),
                List.of(withKeyLength(12, 65_535), integrity, NO_ESN),
                List.of(withKeyLength(12, 128), NO_ESN),
                List.of(withKeyLength(12, 128), INTEG_NONE, NO_ESN),
                List.of(withKeyLength(20, 0), NO_ESN),
                List.of(new Transform(TransformType.ENCRYPTION, 20), NO_ESN),
                List.of(withKeyLength(28, 256), NO_ESN),
                List.of(ENCR_GCM_256));
        EspProposal chacha =
                new EspProposal(List.of(CHACHA20_POLY1305), List.of(), List.of(), List.of(SequenceNumbers.SHORT_32));
        for (List<Transform> transforms : bad) {
            Proposal offered = new Proposal(1, SecurityProtocol.ESP, Octets.ofInt(PEER_SPI), transforms);
            assertThat(ProposalSelection.chooseEsp(
                            List.of(ESP_GCM, ESP_CBC, chacha), List.of(offered), OUR_SPI, ChildOccasion.IKE_AUTH))
                    .as(transforms.toString())
                    .isInstanceOf(EspSelection.NoneAcceptable.class);
        }
    }

    @Test
    void groupsOfferedInIkeAuthAreForLaterAndNotAnswered() {
        EspSelection selection = ProposalSelection.chooseEsp(
                List.of(ESP_GCM), List.of(esp(ENCR_GCM_256, KE_14, KE_20, ESN)), OUR_SPI, ChildOccasion.IKE_AUTH);

        assertThat(selection).isInstanceOfSatisfying(EspSelection.Chosen.class, chosen -> {
            assertThat(chosen.answer().transforms()).containsExactly(ENCR_GCM_256, ESN);
            assertThat(chosen.keyExchange()).isEmpty();
        });
    }

    @Test
    void noneIsAnsweredInIkeAuthWhereNoneWasOffered() {
        EspSelection selection = ProposalSelection.chooseEsp(
                List.of(ESP_GCM), List.of(esp(ENCR_GCM_256, KE_NONE, ESN)), OUR_SPI, ChildOccasion.IKE_AUTH);

        assertThat(selection)
                .isInstanceOfSatisfying(
                        EspSelection.Chosen.class,
                        chosen -> assertThat(chosen.answer().transforms()).containsExactly(ENCR_GCM_256, KE_NONE, ESN));
    }

    @Test
    void pfsMustBeWantedByBothSides() {
        assertThat(chooseEsp(ESP_GCM, esp(ENCR_GCM_256, ESN))).isInstanceOf(EspSelection.NoneAcceptable.class);
        assertThat(chooseEsp(ESP_GCM, esp(ENCR_GCM_256, KE_NONE, ESN))).isInstanceOf(EspSelection.NoneAcceptable.class);
        Transform cbc = WireProposals.of(AES_CBC_128);
        Transform integrity = WireProposals.of(HMAC_SHA1_96);
        assertThat(chooseEsp(ESP_CBC, esp(cbc, integrity, KE_14, NO_ESN)))
                .isInstanceOf(EspSelection.NoneAcceptable.class);
        assertThat(chooseEsp(ESP_CBC, esp(cbc, integrity, KE_14, KE_NONE, NO_ESN)))
                .isInstanceOfSatisfying(EspSelection.Chosen.class, chosen -> {
                    assertThat(chosen.answer().transforms()).containsExactly(cbc, integrity, KE_NONE, NO_ESN);
                    assertThat(chosen.keyExchange()).isEmpty();
                });
        assertThat(chooseEsp(ESP_GCM, esp(ENCR_GCM_256, KE_14, NO_ESN)))
                .isInstanceOfSatisfying(EspSelection.Chosen.class, chosen -> {
                    assertThat(chosen.keyExchange()).contains(KeyExchangeMethod.MODP_2048);
                    assertThat(chosen.suite().sequenceNumbers()).isEqualTo(SequenceNumbers.SHORT_32);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    void d3_reservedSpisAreNotAccepted(int spi) {
        Proposal offered = new Proposal(1, SecurityProtocol.ESP, Octets.ofInt(spi), List.of(ENCR_GCM_256, KE_20, ESN));
        assertThat(chooseEsp(ESP_GCM, offered)).isInstanceOf(EspSelection.NoneAcceptable.class);
    }

    @Test
    void spisOfAWrongLengthAreNotAccepted() {
        Proposal inInit = new Proposal(1, SecurityProtocol.IKE, Octets.ofLong(5), ikeTransforms());
        assertThat(chooseIke(List.of(inInit))).isInstanceOf(IkeSelection.NoneAcceptable.class);
        Proposal zero = new Proposal(1, SecurityProtocol.IKE, Octets.ofLong(0), ikeTransforms());
        assertThat(ProposalSelection.chooseIke(List.of(IKE_GCM), List.of(zero), Octets.ofLong(1)))
                .isInstanceOf(IkeSelection.NoneAcceptable.class);
        Proposal esp = new Proposal(1, SecurityProtocol.ESP, Octets.ofLong(5), List.of(ENCR_GCM_256, KE_20, ESN));
        assertThat(chooseEsp(ESP_GCM, esp)).isInstanceOf(EspSelection.NoneAcceptable.class);
    }

    @Test
    void e28_unknownTypesSpoilTheProposalAndUnknownAttributesTheTransform() {
        Transform additional = new Transform(6, 35);
        assertThat(chooseIke(List.of(ike(ENCR_GCM_256, PRF_384, KE_20, additional))))
                .isInstanceOf(IkeSelection.NoneAcceptable.class);
        Transform odd = new Transform(
                TransformType.ENCRYPTION,
                20,
                List.of(
                        TransformAttribute.keyLength(256),
                        new TransformAttribute(99, true, Octets.copyOf(new byte[2]))));
        assertThat(chooseIke(List.of(ike(odd, PRF_384, KE_20)))).isInstanceOf(IkeSelection.NoneAcceptable.class);
        Transform oddPrf =
                new Transform(TransformType.PSEUDORANDOM_FUNCTION, 6, List.of(TransformAttribute.keyLength(256)));
        assertThat(chooseIke(List.of(ike(ENCR_GCM_256, oddPrf, KE_20))))
                .isInstanceOf(IkeSelection.NoneAcceptable.class);
        assertThat(chooseIke(List.of(ike(odd, WireProposals.of(AES_GCM_16_128), PRF_384, KE_20))))
                .isInstanceOfSatisfying(
                        IkeSelection.Chosen.class,
                        chosen -> assertThat(chosen.suite().encryption()).isEqualTo(AES_GCM_16_128));
    }

    @Test
    void e28_aHundredProposalsOfAHundredTransformsAreSearchedForTheFirstOfOurs() {
        List<Proposal> offered = new ArrayList<>();
        for (int number = 1; number <= 100; number++) {
            List<Transform> transforms = new ArrayList<>();
            for (int i = 0; i < 97; i++) {
                transforms.add(withKeyLength(1_000 + i, i));
            }
            transforms.add(number == 100 ? ENCR_GCM_256 : WireProposals.of(AES_CBC_128));
            transforms.add(PRF_384);
            transforms.add(KE_20);
            offered.add(new Proposal(number, SecurityProtocol.IKE, Octets.EMPTY, transforms));
        }
        assertThat(chooseIke(offered))
                .isInstanceOfSatisfying(
                        IkeSelection.Chosen.class,
                        chosen -> assertThat(chosen.answer().number()).isEqualTo(100));
    }

    @Test
    void e28_proposalNumbersOutOfOrderAreRefusedInAnOfferAndFreeInAnAnswer() {
        for (int number : new int[] {0, 2, 255}) {
            IkePayload sa = new IkePayload.SecurityAssociation(
                    List.of(new Proposal(number, SecurityProtocol.IKE, Octets.EMPTY, ikeTransforms())));
            IkeHeader request = IkeHeader.request(ExchangeType.IKE_SA_INIT, 1, 0, true, 0);
            assertThat(IkeMessageDecoder.decode(IkeMessageEncoder.encode(new IkeMessage(request, List.of(sa)))))
                    .isInstanceOf(DecodeResult.Malformed.class);
            assertThat(IkeMessageDecoder.decode(
                            IkeMessageEncoder.encode(new IkeMessage(request.toResponse(), List.of(sa)))))
                    .isInstanceOf(DecodeResult.Decoded.class);
        }
    }

    @Test
    void answersThatWereNotOfferedAreNotAccepted() {
        List<IkeProposal> policy = List.of(IKE_GCM, IKE_CBC);
        Proposal good = ike(ENCR_GCM_256, PRF_384, KE_20);
        assertThat(verifyIke(policy, good)).isInstanceOf(IkeSelection.Chosen.class);
        assertThat(verifyIke(policy, ike(ENCR_GCM_256, PRF_384, INTEG_NONE, KE_20)))
                .isInstanceOf(IkeSelection.Chosen.class);
        List<Proposal> bad = List.of(
                new Proposal(2, SecurityProtocol.IKE, Octets.EMPTY, good.transforms()),
                new Proposal(0, SecurityProtocol.IKE, Octets.EMPTY, good.transforms()),
                new Proposal(3, SecurityProtocol.IKE, Octets.EMPTY, good.transforms()),
                new Proposal(1, SecurityProtocol.ESP, Octets.EMPTY, good.transforms()),
                new Proposal(1, SecurityProtocol.IKE, Octets.ofLong(1), good.transforms()),
                ike(ENCR_GCM_256, PRF_384),
                ike(ENCR_GCM_256, PRF_384, KE_20, KE_14),
                ike(ENCR_GCM_256, PRF_384, KE_20, KE_20),
                ike(ENCR_GCM_256, PRF_384, WireProposals.of(KeyExchangeMethod.MODP_1024)),
                ike(withKeyLength(20, 192), PRF_384, KE_20),
                ike(ENCR_GCM_256, PRF_384, KE_20, new Transform(6, 35)));
        assertThat(bad)
                .allSatisfy(answer ->
                        assertThat(verifyIke(policy, answer)).isInstanceOf(IkeSelection.NoneAcceptable.class));
        assertThat(ProposalSelection.verifyIke(policy, Octets.EMPTY, List.of()))
                .isInstanceOf(IkeSelection.NoneAcceptable.class);
        assertThat(ProposalSelection.verifyIke(policy, Octets.EMPTY, List.of(good, good)))
                .isInstanceOf(IkeSelection.NoneAcceptable.class);
    }

    @Test
    void anAnswerThatDropsPfsIsNotAccepted() {
        assertThat(ProposalSelection.verifyEsp(
                        List.of(ESP_GCM), ChildOccasion.CREATE_CHILD_SA, List.of(esp(ENCR_GCM_256, ESN))))
                .isInstanceOf(EspSelection.NoneAcceptable.class);
        assertThat(ProposalSelection.verifyEsp(
                        List.of(ESP_GCM), ChildOccasion.CREATE_CHILD_SA, List.of(esp(ENCR_GCM_256, KE_20, ESN))))
                .isInstanceOf(EspSelection.Chosen.class);
    }

    private static void requireIke(List<IkeProposal> policy, IkeSuite suite) {
        Octets spi = Octets.ofLong(3);
        IkeSelection chosen = ProposalSelection.chooseIke(policy, WireProposals.offerIke(policy, spi), spi);
        assertThat(chosen).isInstanceOfSatisfying(IkeSelection.Chosen.class, answer -> {
            assertThat(answer.suite()).isEqualTo(suite);
            assertThat(ProposalSelection.verifyIke(policy, spi, List.of(answer.answer())))
                    .isEqualTo(chosen);
        });
    }

    private static void requireEsp(List<EspProposal> policy, EspSuite suite, KeyExchangeMethod method) {
        ChildOccasion occasion = ChildOccasion.CREATE_CHILD_SA;
        EspSelection chosen = ProposalSelection.chooseEsp(
                policy, WireProposals.offerEsp(policy, PEER_SPI, occasion), OUR_SPI, occasion);
        assertThat(chosen).isInstanceOfSatisfying(EspSelection.Chosen.class, answer -> {
            assertThat(answer.suite()).isEqualTo(suite);
            assertThat(answer.keyExchange()).contains(method);
            assertThat(ProposalSelection.verifyEsp(policy, occasion, List.of(answer.answer())))
                    .isInstanceOfSatisfying(
                            EspSelection.Chosen.class,
                            accepted -> assertThat(accepted.suite()).isEqualTo(suite));
        });
    }

    private static IkeSelection chooseIke(List<Proposal> offered) {
        return ProposalSelection.chooseIke(List.of(IKE_GCM, IKE_CBC), offered, Octets.EMPTY);
    }

    private static IkeSelection verifyIke(List<IkeProposal> policy, Proposal answer) {
        return ProposalSelection.verifyIke(policy, Octets.EMPTY, List.of(answer));
    }

    private static EspSelection chooseEsp(EspProposal policy, Proposal offered) {
        return ProposalSelection.chooseEsp(List.of(policy), List.of(offered), OUR_SPI, ChildOccasion.CREATE_CHILD_SA);
    }

    private static List<Transform> ikeTransforms() {
        return List.of(ENCR_GCM_256, PRF_384, KE_20);
    }

    private static Proposal ike(Transform... transforms) {
        return new Proposal(1, SecurityProtocol.IKE, Octets.EMPTY, List.of(transforms));
    }

    private static Proposal esp(Transform... transforms) {
        return new Proposal(1, SecurityProtocol.ESP, Octets.ofInt(PEER_SPI), List.of(transforms));
    }

    private static Transform withKeyLength(int id, int bits) {
        return new Transform(TransformType.ENCRYPTION, id, List.of(TransformAttribute.keyLength(bits)));
    }
}
