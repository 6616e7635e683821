package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.WirePayloads.N_COOKIE;
import static io.twinspan.crypto.ike.sim.WirePayloads.N_INVALID_KE_PAYLOAD;
import static io.twinspan.crypto.ike.sim.WirePayloads.N_NO_PROPOSAL_CHOSEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import io.twinspan.crypto.ike.sim.WirePayloads.Transform;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives before there is any key, from anybody (cases A and E of the project's list of real failures). */
final class HostileFirstMessageTest {
    private static final int MODP_2048 = 14;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static MachineProbe responder() {
        return new MachineProbe(Side.RIGHT, PolicyBuilder.right());
    }

    private static ScriptedPeer stranger(long seed) {
        return new ScriptedPeer(true, seed, PolicyBuilder.LEFT_ADDRESS.getAddress());
    }

    private static List<Payload> withGroup(ScriptedPeer peer, int offered, int sent, byte[] data) {
        List<Payload> payloads = peer.initPayloads();
        payloads.set(0, WirePayloads.sa(1, new byte[0], WirePayloads.ikeTransforms(offered)));
        payloads.set(1, WirePayloads.ke(sent, data));
        return payloads;
    }

    private static void mustRefuseWithoutState(MachineProbe probe, List<byte[]> answers, int... notifies) {
        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        for (byte[] answer : answers) {
            assertThat(WireHeader.read(answer).responderSpi()).isZero();
            assertThat(StrictWalk.message(answer))
                    .singleElement()
                    .satisfies(payload -> assertThat(notifies).contains(WirePayloads.notifyType(payload)));
        }
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void a1_everyUnconfiguredGroupIsRefusedByNameAndLeavesNothing() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(1);
        int named = 0;
        List<Transform> both = new ArrayList<>(WirePayloads.ikeTransforms(0));
        for (int group = 0; group <= 0xffff; group += group < 1_100 ? 1 : 997) {
            if (group == WirePayloads.GROUP_CURVE25519) {
                continue;
            }
            probe.advance(SECOND);
            both.set(2, new Transform(4, group, 0));
            List<Transform> offer = new ArrayList<>(both);
            offer.add(new Transform(4, WirePayloads.GROUP_CURVE25519, 0));
            List<Payload> payloads = peer.initPayloads();
            payloads.set(0, WirePayloads.sa(1, new byte[0], offer));
            payloads.set(1, WirePayloads.ke(group, new byte[256]));
            List<byte[]> answers = probe.feed(peer.initRequest(payloads));
            mustRefuseWithoutState(probe, answers, N_INVALID_KE_PAYLOAD);
            for (byte[] answer : answers) {
                named++;
                byte[] data = WirePayloads.notifyData(StrictWalk.message(answer).getFirst());
                assertThat(data).containsExactly(0, WirePayloads.GROUP_CURVE25519);
            }
            probe.advance(SECOND);
            mustRefuseWithoutState(
                    probe,
                    probe.feed(peer.initRequest(withGroup(peer, group, group, new byte[256]))),
                    N_NO_PROPOSAL_CHOSEN);
        }
        assertThat(named).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void a2_valuesOutsideTheGroupMakeNoSa(int which) {
        BigInteger p = DHStandardGroups.rfc3526_2048.getP();
        List<BigInteger> values = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                p.subtract(BigInteger.ONE),
                p,
                p.add(BigInteger.ONE),
                BigInteger.TWO.pow(2048).subtract(BigInteger.ONE));
        MachineProbe probe = new MachineProbe(
                Side.RIGHT, PolicyBuilder.right().ike(PolicyBuilder.ikeProposal(KeyExchangeMethod.MODP_2048)));
        ScriptedPeer peer = stranger(which);
        List<byte[]> answers =
                probe.feed(peer.initRequest(withGroup(peer, MODP_2048, MODP_2048, fixed(values.get(which), 256))));
        assertThat(answers).isEmpty();
        assertThat(probe.gateway().localSpis()).isEmpty();
        assertThat(probe.gateway().misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA))
                .isEqualTo(1);
    }

    private static byte[] fixed(BigInteger value, int length) {
        byte[] octets = value.toByteArray();
        byte[] result = new byte[length];
        int copied = Math.min(octets.length, length);
        System.arraycopy(octets, octets.length - copied, result, length - copied, copied);
        return result;
    }

    @Test
    void a2_allZeroCurveValueMakesNoSa() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(1);
        int group = WirePayloads.GROUP_CURVE25519;
        assertThat(probe.feed(peer.initRequest(withGroup(peer, group, group, new byte[32]))))
                .isEmpty();
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void a3_badValueInAResponseLeavesTheExchangeWaitingForAGoodOne() {
        MachineProbe probe = new MachineProbe(Side.LEFT, PolicyBuilder.left());
        byte[] init = probe.fire(new IkeEvent.Initiate()).getFirst();
        ScriptedPeer bad = new ScriptedPeer(false, 1, PolicyBuilder.RIGHT_ADDRESS.getAddress());
        List<Payload> zero = bad.initPayloads();
        zero.set(1, WirePayloads.ke(WirePayloads.GROUP_CURVE25519, new byte[32]));
        assertThat(probe.feed(bad.answerInitUnderived(init, zero))).isEmpty();
        ScriptedPeer good = new ScriptedPeer(false, 2, PolicyBuilder.RIGHT_ADDRESS.getAddress());
        byte[] auth = probe.only(good.answerInit(init));
        probe.feed(good.answer(auth, good.authPayloads()));
        assertThat(probe.gateway().inbound()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64, 256, 65_531 - 200})
    void a4_wrongLengthOfKeyExchangeDataMakesNoSa(int length) {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(length);
        int group = WirePayloads.GROUP_CURVE25519;
        byte[] data = peer.bytes(length);
        assertThat(probe.feed(peer.initRequest(withGroup(peer, group, group, data))))
                .isEmpty();
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void a5_proposalWithoutANeededTransformIsNotChosen() {
        for (int missing = 0; missing < 3; missing++) {
            MachineProbe probe = responder();
            ScriptedPeer peer = stranger(missing);
            List<Transform> transforms = new ArrayList<>(WirePayloads.ikeTransforms(WirePayloads.GROUP_CURVE25519));
            transforms.remove(missing);
            List<Payload> payloads = peer.initPayloads();
            payloads.set(0, WirePayloads.sa(1, new byte[0], transforms));
            mustRefuseWithoutState(probe, probe.feed(peer.initRequest(payloads)), N_NO_PROPOSAL_CHOSEN, 7);
        }
    }

    @Test
    void a6_firstRequestWithAPayloadMissingOrDoubledMakesNoSa() {
        for (int victim = 0; victim < 3; victim++) {
            for (boolean doubled : new boolean[] {false, true}) {
                MachineProbe probe = responder();
                ScriptedPeer peer = stranger(victim);
                List<Payload> payloads = peer.initPayloads();
                if (doubled) {
                    payloads.add(payloads.get(victim));
                } else {
                    payloads.remove(victim);
                }
                mustRefuseWithoutState(probe, probe.feed(peer.initRequest(payloads)), 7);
            }
        }
    }

    @Test
    void a6_orderOfPayloadsInTheFirstRequestDoesNotMatter() {
        ScriptedPeer peer = stranger(5);
        List<Payload> payloads = peer.initPayloads();
        Collections.reverse(payloads);
        MachineProbe probe = responder();
        peer.acceptInit(probe.only(peer.initRequest(payloads)));
        assertThat(peer.proves(peer.open(probe.only(peer.request(WireHeader.IKE_AUTH, peer.authPayloads())))))
                .isTrue();
    }

    @Test
    void a6_firstResponseWithAPayloadMissingOrDoubledIsIgnored() {
        for (int victim = 0; victim < 3; victim++) {
            for (boolean doubled : new boolean[] {false, true}) {
                MachineProbe probe = new MachineProbe(Side.LEFT, PolicyBuilder.left());
                byte[] init = probe.fire(new IkeEvent.Initiate()).getFirst();
                ScriptedPeer peer = new ScriptedPeer(false, victim, PolicyBuilder.RIGHT_ADDRESS.getAddress());
                List<Payload> payloads = peer.initPayloads();
                if (doubled) {
                    payloads.add(payloads.get(victim));
                } else {
                    payloads.remove(victim);
                }
                assertThat(probe.feed(peer.answerInitUnderived(init, payloads))).isEmpty();
                assertThat(probe.only(peer.answerInit(init))).isNotEmpty();
            }
        }
    }

    @Test
    void a7_lengthsThatCannotBeAreDroppedAndCounted() {
        MachineProbe probe = responder();
        byte[] init = stranger(1).initRequest();
        int bad = 0;
        for (int length = 0; length < WireHeader.BYTES; length++) {
            assertThat(probe.feed(Arrays.copyOf(init, length))).isEmpty();
            bad++;
        }
        for (int field : new int[] {0, 27, init.length - 1, init.length + 1, Integer.MAX_VALUE, -1}) {
            byte[] message = init.clone();
            ByteBuffer.wrap(message).putInt(24, field);
            assertThat(probe.feed(message)).isEmpty();
            bad++;
        }
        assertThat(probe.gateway().misbehaved(IkeMisbehaviour.MALFORMED_HEADER)).isEqualTo(bad);
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void a7_higherMajorVersionIsToldOnceAndVersionOneNever() {
        MachineProbe probe = responder();
        byte[] init = stranger(1).initRequest();
        init[17] = 0x30;
        List<byte[]> told = probe.feed(init);
        assertThat(told)
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(answer -> assertThat(WirePayloads.hasNotify(
                                StrictWalk.message(answer), WirePayloads.N_INVALID_MAJOR_VERSION))
                        .isTrue());
        assertThat(probe.feed(init)).isEmpty();
        init[17] = 0x10;
        assertThat(probe.feed(init)).isEmpty();
        assertThat(probe.gateway().misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 21, 200, 5_000})
    void a8_a17_unknownPayloadsAreSkippedOrTheMessageIsDropped(int count) {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(count);
        List<Payload> payloads = peer.initPayloads();
        for (int i = 0; i < count; i++) {
            payloads.add(Payload.of(5, new byte[4]));
        }
        List<byte[]> answers = probe.feed(peer.initRequest(payloads));
        assertThat(answers).hasSizeLessThanOrEqualTo(1);
        if (count <= 20) {
            assertThat(WireHeader.read(answers.getFirst()).responderSpi()).isNotZero();
        }
    }

    @Test
    void a8_unknownCriticalPayloadIsNamedInTheRefusal() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(3);
        List<Payload> payloads = peer.initPayloads();
        payloads.add(new Payload(99, true, new byte[4]));
        List<byte[]> answers = probe.feed(peer.initRequest(payloads));
        mustRefuseWithoutState(probe, answers, WirePayloads.N_UNSUPPORTED_CRITICAL_PAYLOAD);
        for (byte[] answer : answers) {
            assertThat(WirePayloads.notifyData(StrictWalk.message(answer).getFirst()))
                    .containsExactly(99);
        }
    }

    @Test
    void a10_a27_nothingIsFoundByTheSpisOfARefusedFirstMessage() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(4);
        probe.feed(peer.initRequest(withGroup(peer, MODP_2048, MODP_2048, new byte[256])));
        assertThat(probe.gateway().localSpis()).isEmpty();
        for (long responderSpi : new long[] {0, 1, peer.ourSpi()}) {
            for (int exchange : new int[] {WireHeader.IKE_AUTH, WireHeader.CREATE_CHILD_SA}) {
                byte[] later = ScriptedPeer.plain(
                        exchange,
                        WireHeader.FLAG_INITIATOR,
                        1,
                        peer.ourSpi(),
                        responderSpi,
                        List.of(Payload.of(StrictWalk.SK, peer.bytes(64))));
                for (byte[] answer : probe.feed(later)) {
                    assertThat(StrictWalk.message(answer))
                            .allMatch(payload -> WirePayloads.notifyType(payload) == WirePayloads.N_INVALID_IKE_SPI);
                }
                assertThat(probe.gateway().localSpis()).isEmpty();
            }
        }
    }

    @Test
    void a16_fragmentsOutsideAnAgreedSaAreDropped() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(6);
        for (int exchange : new int[] {WireHeader.IKE_SA_INIT, WireHeader.IKE_AUTH, WireHeader.INFORMATIONAL}) {
            for (long responderSpi : new long[] {0, 77}) {
                byte[] fragment = ScriptedPeer.plain(
                        exchange,
                        WireHeader.FLAG_INITIATOR,
                        exchange == WireHeader.IKE_SA_INIT ? 0 : 1,
                        peer.ourSpi(),
                        responderSpi,
                        List.of(Payload.of(StrictWalk.SKF, new byte[] {0, 1, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9})));
                for (byte[] answer : probe.feed(fragment)) {
                    assertThat(StrictWalk.message(answer).getFirst().type()).isEqualTo(StrictWalk.NOTIFY);
                }
            }
        }
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void a25_garbageWithoutAStateIsCountedOnceEach() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(8);
        for (int i = 0; i < 500; i++) {
            int before = probe.gateway().reports(IkeReport.Misbehaved.class).size();
            byte[] garbage = peer.bytes(1 + i * 3);
            probe.feed(garbage);
            assertThat(probe.gateway().reports(IkeReport.Misbehaved.class)).hasSize(before + 1);
        }
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void a26_unknownSpisAreToldAtMostOnceAnIntervalAndResponsesNever() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(9);
        int told = 0;
        for (int i = 0; i < 200; i++) {
            int flags = WireHeader.FLAG_INITIATOR | (i % 2 == 0 ? 0 : WireHeader.FLAG_RESPONSE);
            byte[] message = ScriptedPeer.plain(
                    WireHeader.INFORMATIONAL,
                    flags,
                    i,
                    peer.ourSpi() + i,
                    peer.ourSpi() - i,
                    List.of(Payload.of(StrictWalk.SK, peer.bytes(60))));
            List<byte[]> answers = probe.feed(message);
            told += answers.size();
            if (i % 2 == 1) {
                assertThat(answers).isEmpty();
            }
        }
        assertThat(told).isLessThanOrEqualTo(1);
    }

    @Test
    void a28_aResponderAnswersOnceAndForgetsAHalfOpenSaSilently() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(10);
        probe.only(peer.initRequest());
        assertThat(probe.gateway().localSpis()).hasSize(1);
        assertThat(probe.advance(Duration.ofMinutes(3))).isEmpty();
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void aSlowPeerMayTakeLongerToAuthenticateThanALivePeerToAnswer() {
        Duration shortPatience = Duration.ofSeconds(2);
        MachineProbe probe = new MachineProbe(
                Side.RIGHT, PolicyBuilder.right().timers(SimTimers.withoutRekeying(shortPatience, shortPatience)));
        ScriptedPeer peer = stranger(10);
        peer.acceptInit(probe.only(peer.initRequest()));
        probe.advance(Duration.ofSeconds(10));
        byte[] answer = probe.only(peer.request(WireHeader.IKE_AUTH, peer.authPayloads()));
        assertThat(peer.proves(peer.open(answer))).isTrue();
    }

    @Test
    void e1_repeatedFirstRequestGetsTheSameAnswerAndMakesOneSa() {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(11);
        byte[] init = peer.initRequest();
        byte[] answer = probe.only(init);
        for (int i = 0; i < 3; i++) {
            assertThat(probe.only(init)).isEqualTo(answer);
        }
        assertThat(probe.gateway().localSpis()).hasSize(1);
    }

    @Test
    void e3_floodOfForgedFirstMessagesIsAnsweredWithCookiesAndARealPeerConnects() {
        MachineProbe probe =
                new MachineProbe(Side.RIGHT, PolicyBuilder.right().remote(IpPrefix.parseAddress("0.0.0.0")));
        ScriptedPeer forger = stranger(12);
        byte[] init = forger.initRequest();
        int cookies = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] forged = init.clone();
            System.arraycopy(forger.bytes(8), 0, forged, 0, 8);
            Endpoint from = new Endpoint(IpPrefix.parseAddress("203.0.113." + i % 250), 500 + i / 250);
            for (byte[] answer : probe.feedFrom(from, forged)) {
                if (WireHeader.read(answer).responderSpi() == 0) {
                    assertThat(answer.length).isLessThanOrEqualTo(forged.length);
                    cookies++;
                }
            }
            assertThat(probe.gateway().localSpis().size()).isLessThan(200);
        }
        assertThat(cookies).isGreaterThan(19_000);
        ScriptedPeer real = stranger(13);
        Endpoint home = new Endpoint(PolicyBuilder.LEFT_ADDRESS, PolicyBuilder.IKE_PORT);
        byte[] asked = probe.feedFrom(home, real.initRequest()).getFirst();
        Payload notify = StrictWalk.message(asked).getFirst();
        assertThat(WirePayloads.notifyType(notify)).isEqualTo(N_COOKIE);
        real.cookie(WirePayloads.notifyData(notify));
        real.acceptInit(probe.only(real.initRequest()));
        assertThat(real.proves(real.open(probe.only(real.request(WireHeader.IKE_AUTH, real.authPayloads())))))
                .isTrue();
        assertThat(probe.gateway().inbound()).hasSize(1);
        probe.advance(Duration.ofSeconds(5));
    }

    @Test
    void e3_aCookieOfTheLastSecretStillWorksAndAForgedOneDoesNot() {
        MachineProbe probe = responder();
        ScriptedPeer forger = stranger(14);
        byte[] init = forger.initRequest();
        for (int i = 0; i < 300; i++) {
            byte[] forged = init.clone();
            System.arraycopy(forger.bytes(8), 0, forged, 0, 8);
            probe.feed(forged);
        }
        ScriptedPeer real = stranger(15);
        byte[] cookie = WirePayloads.notifyData(
                StrictWalk.message(probe.only(real.initRequest())).getFirst());
        byte[] wrong = cookie.clone();
        wrong[wrong.length - 1] ^= 1;
        real.cookie(wrong);
        for (byte[] answer : probe.feed(real.initRequest())) {
            assertThat(WireHeader.read(answer).responderSpi()).isZero();
        }
        probe.advance(Duration.ofSeconds(5));
        real.cookie(cookie);
        assertThat(WireHeader.read(probe.only(real.initRequest())).responderSpi())
                .isNotZero();
    }

    @Test
    void e12_lowOrderPointsOfCurve25519MakeNoSa() {
        Set<Integer> refused = new HashSet<>();
        byte[][] points = {
            new byte[32],
            HexFormat.of().parseHex("0100000000000000000000000000000000000000000000000000000000000000"),
            HexFormat.of().parseHex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
            HexFormat.of().parseHex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
            HexFormat.of().parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")
        };
        for (int i = 0; i < points.length; i++) {
            MachineProbe probe = responder();
            ScriptedPeer peer = stranger(i);
            int group = WirePayloads.GROUP_CURVE25519;
            if (probe.feed(peer.initRequest(withGroup(peer, group, group, points[i])))
                    .isEmpty()) {
                refused.add(i);
            }
        }
        assertThat(refused).hasSize(points.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 256})
    void e16_noncesOfAllowedLengthsAreAccepted(int length) {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(length);
        peer.nonce(peer.bytes(length));
        peer.acceptInit(probe.only(peer.initRequest()));
        assertThat(peer.proves(peer.open(probe.only(peer.request(WireHeader.IKE_AUTH, peer.authPayloads())))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 257, 1_000})
    void e16_otherNoncesAreRefused(int length) {
        MachineProbe probe = responder();
        ScriptedPeer peer = stranger(length);
        peer.nonce(peer.bytes(length));
        mustRefuseWithoutState(probe, probe.feed(peer.initRequest()), 7);
    }

    @Test
    void e26_zeroInitiatorSpiIsRefused() {
        MachineProbe probe = responder();
        byte[] init = stranger(16).initRequest();
        Arrays.fill(init, 0, 8, (byte) 0);
        assertThat(probe.feed(init)).isEmpty();
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    @Test
    void e28_aHundredProposalsOfAHundredTransformsAreReadInBoundedTime() {
        ByteBuffer proposals = ByteBuffer.allocate(100 * (8 + 100 * 8));
        for (int i = 1; i <= 100; i++) {
            proposals.put((byte) (i == 100 ? 0 : 2)).put((byte) 0).putShort((short) 808);
            proposals.put((byte) i).put((byte) 1).put((byte) 0).put((byte) 100);
            for (int j = 0; j < 100; j++) {
                proposals.put((byte) (j == 99 ? 0 : 3)).put((byte) 0).putShort((short) 8);
                proposals.put((byte) (1 + j % 4)).put((byte) 0).putShort((short) (7_000 + j));
            }
        }
        MachineProbe probe = responder();
        // 80,800 octets do not fit a payload; as many proposals as fit do.
        byte[] fitting = Arrays.copyOf(proposals.array(), 80 * 808);
        fitting[79 * 808] = 0;
        ScriptedPeer peer = stranger(17);
        List<Payload> payloads = peer.initPayloads();
        payloads.set(0, Payload.of(StrictWalk.SA, fitting));
        byte[] request = peer.initRequest(payloads);
        // Milliseconds in truth; a search that multiplied proposals by transforms of ours would take minutes.
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 20; i++) {
                probe.advance(SECOND);
                mustRefuseWithoutState(probe, probe.feed(request), N_NO_PROPOSAL_CHOSEN, 7);
            }
        });
    }
}
