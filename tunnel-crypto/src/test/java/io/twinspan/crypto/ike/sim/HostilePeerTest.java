package io.twinspan.crypto.ike.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.sim.MachineProbe.Established;
import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import io.twinspan.crypto.net.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that holds the right keys and misbehaves (cases B and E of the project's list of real failures). */
final class HostilePeerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int TS_I = 4;

    private static Established established(Side machine) {
        return machine == Side.RIGHT
                ? MachineProbe.respondingTo(PolicyBuilder.right())
                : MachineProbe.initiatingTo(PolicyBuilder.left());
    }

    private static List<Payload> ask(Established tunnel, int exchange, List<Payload> payloads) {
        return tunnel.peer().open(tunnel.probe().only(tunnel.peer().request(exchange, payloads)));
    }

    private static void mustKeepTheChild(Established tunnel) {
        assertThat(tunnel.probe().gateway().inbound()).containsOnlyKeys(tunnel.machineChildSpi());
        assertThat(tunnel.probe().gateway().sendingOn()).hasValue(tunnel.machineChildSpi());
        tunnel.mustStillAnswer();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void aProperRekeyAndDeleteByTheScriptedPeerWork(Side machine) {
        Established tunnel = established(machine);
        List<Payload> answer =
                ask(tunnel, WireHeader.CREATE_CHILD_SA, tunnel.peer().rekeyPayloads(tunnel.peerChildSpi()));
        int spi = WirePayloads.number(WirePayloads.spiOfSa(WirePayloads.need(answer, StrictWalk.SA)));
        assertThat(tunnel.probe().gateway().inbound()).containsOnlyKeys(tunnel.machineChildSpi(), spi);
        List<Payload> deleted =
                ask(tunnel, WireHeader.INFORMATIONAL, List.of(WirePayloads.deleteEsp(tunnel.peerChildSpi())));
        assertThat(WirePayloads.need(deleted, StrictWalk.DELETE).body())
                .isEqualTo(WirePayloads.deleteEsp(tunnel.machineChildSpi()).body());
        assertThat(tunnel.probe().gateway().sendingOn()).hasValue(spi);
        assertThat(tunnel.probe().advance(Duration.ofSeconds(5))).isEmpty();
        assertThat(tunnel.probe().gateway().inbound()).containsOnlyKeys(spi);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void deleteTimeout_aReplacedChildThatThePeerNeverDeletesEndsByItself(Side machine) {
        Established tunnel = established(machine);
        ask(tunnel, WireHeader.CREATE_CHILD_SA, tunnel.peer().rekeyPayloads(tunnel.peerChildSpi()));
        assertThat(tunnel.probe().gateway().inbound()).hasSize(2).containsKey(tunnel.machineChildSpi());
        for (int i = 0; i < 60; i++) {
            for (byte[] request : tunnel.probe().advance(SECOND)) {
                if (!WireHeader.read(request).isResponse()) {
                    tunnel.probe().feed(tunnel.peer().answer(request));
                }
            }
        }
        assertThat(tunnel.probe().gateway().inbound()).hasSize(1).doesNotContainKey(tunnel.machineChildSpi());
        assertThat(tunnel.probe().gateway().sendingOn()).isPresent();
        tunnel.mustStillAnswer();
    }

    @Test
    void b1_selectorsOfAFalseLengthAreRefusedAndTheOldChildStays() {
        Payload good = WirePayloads.everything(StrictWalk.TS_I);
        byte[] longer = good.body().clone();
        longer[7] = 17;
        byte[] shorter = good.body().clone();
        shorter[7] = 15;
        byte[] tooMany = good.body().clone();
        tooMany[0] = (byte) 255;
        byte[] tooFew = WirePayloads.selectors(StrictWalk.TS_I, new int[] {0, 1}, new int[] {2, 3})
                .body();
        tooFew[0] = 1;
        byte[] none = {0, 0, 0, 0};
        byte[] backwards =
                WirePayloads.selectors(StrictWalk.TS_I, new int[] {9, 3}).body();
        for (byte[] body : List.of(longer, shorter, tooMany, tooFew, none, backwards, new byte[0], new byte[3])) {
            Established tunnel = established(Side.RIGHT);
            List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
            rekey.set(TS_I, Payload.of(StrictWalk.TS_I, body));
            List<Payload> answer = ask(tunnel, WireHeader.CREATE_CHILD_SA, rekey);
            assertThat(answer).singleElement().matches(payload -> payload.type() == StrictWalk.NOTIFY);
            assertThat(WirePayloads.notifyType(answer.getFirst()))
                    .isIn(WirePayloads.N_INVALID_SYNTAX, WirePayloads.N_TS_UNACCEPTABLE);
            mustKeepTheChild(tunnel);
        }
    }

    @Test
    void b1_manySelectorsAreNarrowedOrRefusedButRead() {
        Established tunnel = established(Side.RIGHT);
        int[][] ranges = new int[255][];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = new int[] {i << 8, (i << 8) + 255};
        }
        List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
        rekey.set(TS_I, WirePayloads.selectors(StrictWalk.TS_I, ranges));
        ask(tunnel, WireHeader.CREATE_CHILD_SA, rekey);
        tunnel.mustStillAnswer();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 200, 255})
    void b2_rekeyNotifyOfAnIllegalProtocolIsRefusedWithoutEchoingIt(int protocol) {
        Established tunnel = established(Side.RIGHT);
        List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
        rekey.set(
                0,
                WirePayloads.notify(
                        protocol, WirePayloads.octets(tunnel.peerChildSpi()), WirePayloads.N_REKEY_SA, new byte[0]));
        List<Payload> answer = ask(tunnel, WireHeader.CREATE_CHILD_SA, rekey);
        assertThat(answer).singleElement().satisfies(payload -> {
            assertThat(WirePayloads.notifyType(payload))
                    .isIn(WirePayloads.N_CHILD_SA_NOT_FOUND, WirePayloads.N_INVALID_SYNTAX);
            assertThat((int) payload.body()[0]).isIn(0, 3);
            assertThat((int) payload.body()[1]).isIn(0, 4);
        });
        mustKeepTheChild(tunnel);
    }

    @Test
    void rekeyOfAChildThatIsNotThereIsAnsweredChildSaNotFound() {
        Established tunnel = established(Side.RIGHT);
        List<Payload> answer =
                ask(tunnel, WireHeader.CREATE_CHILD_SA, tunnel.peer().rekeyPayloads(0x6666_6666));
        assertThat(WirePayloads.hasNotify(answer, WirePayloads.N_CHILD_SA_NOT_FOUND))
                .isTrue();
        mustKeepTheChild(tunnel);
    }

    @Test
    void responderThatLostTheChildIsAnsweredWithANewTunnel() {
        Established tunnel = established(Side.LEFT);
        byte[] rekey = tunnel.probe().fire(new IkeEvent.RekeyChildRequested()).getFirst();
        Payload notFound = WirePayloads.notify(
                3, WirePayloads.octets(tunnel.machineChildSpi()), WirePayloads.N_CHILD_SA_NOT_FOUND, new byte[0]);
        tunnel.probe().feed(tunnel.peer().answer(rekey, notFound));
        // RFC 7296 section 2.25: the child is taken for gone; whatever follows, no dead SA is sent on for ever.
        tunnel.probe().advance(Duration.ofSeconds(90));
        assertThat(tunnel.probe().gateway().inbound()).doesNotContainKey(tunnel.machineChildSpi());
    }

    @Test
    void wrongDeletesChangeNothing() {
        Established tunnel = established(Side.RIGHT);
        List<List<Payload>> deletes = List.of(
                List.of(WirePayloads.deleteEsp(0x7070_7070)),
                List.of(WirePayloads.deleteEsp(tunnel.machineChildSpi())),
                List.of(WirePayloads.deleteEsp()),
                List.of(Payload.of(StrictWalk.DELETE, new byte[] {2, 4, 0, 1, 1, 2, 3, 4})));
        for (List<Payload> delete : deletes) {
            List<Payload> answer = ask(tunnel, WireHeader.INFORMATIONAL, delete);
            assertThat(WirePayloads.find(answer, StrictWalk.DELETE)).isEmpty();
            mustKeepTheChild(tunnel);
        }
    }

    @Test
    void deleteThatNamesTheSameChildOftenIsAnsweredOnce() {
        Established tunnel = established(Side.RIGHT);
        int spi = tunnel.peerChildSpi();
        List<Payload> answer = ask(tunnel, WireHeader.INFORMATIONAL, List.of(WirePayloads.deleteEsp(spi, spi, spi)));
        assertThat(WirePayloads.need(answer, StrictWalk.DELETE).body())
                .isEqualTo(WirePayloads.deleteEsp(tunnel.machineChildSpi()).body());
        assertThat(tunnel.probe().gateway().outbound()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void b8_oneBitWrongAnywhereIsDroppedAndTheMessageIdNotConsumed(Side machine) {
        Established tunnel = established(machine);
        for (int exchange : new int[] {WireHeader.INFORMATIONAL, WireHeader.CREATE_CHILD_SA}) {
            List<Payload> payloads = exchange == WireHeader.INFORMATIONAL
                    ? List.of()
                    : tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
            byte[] request = tunnel.peer().request(exchange, payloads);
            int[] places = {18, 19, 23, 28, 29, 32, 39, 40, request.length / 2 + 20, request.length - 1};
            for (int at : places) {
                byte[] forged = request.clone();
                forged[Math.min(at, forged.length - 1)] ^= 1;
                assertThat(tunnel.probe().feed(forged)).isEmpty();
            }
            assertThat(tunnel.peer().open(tunnel.probe().only(request))).isNotNull();
        }
        // P3: once for each of the forged messages, under whatever name.
        assertThat(tunnel.probe().gateway().reports(IkeReport.Misbehaved.class)).hasSize(2 * 10);
        assertThat(tunnel.probe().gateway().misbehaved(IkeMisbehaviour.INTEGRITY_FAILED))
                .isGreaterThanOrEqualTo(10);
    }

    /** Amazon Linux issue 1121: crossing rekeys made the message-id windows drift until liveness checks were stale. */
    @Test
    void b13_livenessIsAnsweredAfterAThousandCrossings() {
        ManualExchange exchange = ManualExchange.of(
                        PolicyBuilder.left().esp(PolicyBuilder.espProposal()),
                        PolicyBuilder.right().esp(PolicyBuilder.espProposal()))
                .establish();
        for (int i = 0; i < 1_000; i++) {
            exchange.left().fire(new IkeEvent.RekeyChildRequested());
            exchange.right().fire(new IkeEvent.RekeyChildRequested());
            exchange.pump();
            exchange.advanceAndPump(Duration.ofMillis(200));
            if (i % 50 == 0) {
                exchange.mustPassTraffic();
            }
        }
        exchange.advanceAndPump(Duration.ofSeconds(25));
        exchange.mustAgree();
        int answered = exchange.left().reports(IkeReport.PeerAlive.class).size()
                + exchange.right().reports(IkeReport.PeerAlive.class).size();
        assertThat(answered).isPositive();
        assertThat(exchange.left().reports(IkeReport.Down.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e1_repeatedRequestGetsTheCachedAnswerAndAChangedOneNone(Side machine) {
        Established tunnel = established(machine);
        int id = tunnel.peer().nextRequest();
        byte[] request =
                tunnel.peer().request(WireHeader.CREATE_CHILD_SA, tunnel.peer().rekeyPayloads(tunnel.peerChildSpi()));
        byte[] answer = tunnel.probe().only(request);
        Set<Integer> children = Set.copyOf(tunnel.probe().gateway().inbound().keySet());
        for (int i = 0; i < 3; i++) {
            assertThat(tunnel.probe().only(request)).isEqualTo(answer);
        }
        byte[] changed = tunnel.peer()
                .seal(WireHeader.CREATE_CHILD_SA, id, false, tunnel.peer().rekeyPayloads(tunnel.peerChildSpi()));
        assertThat(tunnel.probe().feed(changed)).isEmpty();
        assertThat(tunnel.probe().gateway().inbound()).containsOnlyKeys(children);
        tunnel.mustStillAnswer();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e2_messageIdsOutsideTheWindowAreDropped(Side machine) {
        Established tunnel = established(machine);
        tunnel.mustStillAnswer();
        tunnel.mustStillAnswer();
        int next = tunnel.peer().nextRequest();
        for (int id : new int[] {next - 2, next + 1, next + 1_000, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            byte[] message = tunnel.peer().seal(WireHeader.INFORMATIONAL, id, false, List.of());
            assertThat(tunnel.probe().feed(message)).isEmpty();
        }
        assertThat(tunnel.probe().gateway().misbehaved(IkeMisbehaviour.MESSAGE_ID_OUTSIDE_WINDOW))
                .isGreaterThanOrEqualTo(5);
        mustKeepTheChild(tunnel);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e2_responsesNobodyAskedForAreDropped(Side machine) {
        Established tunnel = established(machine);
        for (int id : new int[] {0, 1, 2, 5, -1}) {
            byte[] message = tunnel.peer().seal(WireHeader.INFORMATIONAL, id, true, List.of(WirePayloads.deleteIke()));
            assertThat(tunnel.probe().feed(message)).isEmpty();
        }
        mustKeepTheChild(tunnel);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e5_forgedErrorsForALiveSaChangeNothing(Side machine) {
        Established tunnel = established(machine);
        IkePeerSummary.IkeSaSummary sa =
                tunnel.probe().gateway().summary().ikeSas().getFirst();
        long spiI = sa.initiator() ? sa.localSpi() : sa.remoteSpi();
        long spiR = sa.initiator() ? sa.remoteSpi() : sa.localSpi();
        int sent = 0;
        int peerFlag = sa.initiator() ? 0 : WireHeader.FLAG_INITIATOR;
        for (int i = 0; i < 50; i++) {
            for (int type : new int[] {4, 5, 7, 9, 11, 14, 24, 44}) {
                for (int flags : new int[] {peerFlag, peerFlag | WireHeader.FLAG_RESPONSE}) {
                    byte[] forged = ScriptedPeer.plain(
                            WireHeader.INFORMATIONAL, flags, i % 4, spiI, spiR, List.of(WirePayloads.notify(type)));
                    sent += tunnel.probe().feed(forged).size();
                }
            }
            tunnel.probe().gateway().fire(new IkeEvent.UnknownSpiReceived(i + 5_000));
        }
        // At most one liveness check and one INVALID_SPI come of it.
        assertThat(sent).isLessThanOrEqualTo(2);
        assertThat(tunnel.probe().gateway().inbound()).containsOnlyKeys(tunnel.machineChildSpi());
        tunnel.mustStillAnswer();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e8_unknownSpisAreToldAtALimitedRateAndOnlyOverALiveSa(Side machine) {
        Established tunnel = established(machine);
        for (int i = 0; i < 5_000; i++) {
            tunnel.probe().fire(new IkeEvent.UnknownSpiReceived(i + 5_000));
        }
        long told = tunnel.probe().sent().stream()
                .filter(packet -> packet.header().exchange() == WireHeader.INFORMATIONAL)
                .count();
        assertThat(told).isLessThanOrEqualTo(1);
        mustKeepTheChild(tunnel);
        MachineProbe idle = new MachineProbe(Side.RIGHT, PolicyBuilder.right());
        assertThat(idle.fire(new IkeEvent.UnknownSpiReceived(5_000))).isEmpty();
    }

    @Test
    void e13_widerSelectorsInARekeyAnswerAreRefusedAndTheOldChildStays() {
        Established tunnel = MachineProbe.initiatingTo(PolicyBuilder.left());
        byte[] rekey = tunnel.probe().fire(new IkeEvent.RekeyChildRequested()).getFirst();
        List<Payload> answer = tunnel.peer().rekeyAnswer();
        byte[] v6 = new byte[44];
        v6[0] = 1;
        v6[4] = 8;
        v6[7] = 40;
        Arrays.fill(v6, 28, 44, (byte) 0xff);
        answer.set(3, Payload.of(StrictWalk.TS_I, v6));
        tunnel.probe().feed(tunnel.peer().answer(rekey, answer));
        assertThat(tunnel.probe().gateway().sendingOn()).hasValue(tunnel.machineChildSpi());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 257})
    void e16_badNonceInARekeyIsRefused(int length) {
        Established tunnel = established(Side.RIGHT);
        List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
        rekey.set(2, WirePayloads.nonce(tunnel.peer().bytes(length)));
        List<Payload> answer = ask(tunnel, WireHeader.CREATE_CHILD_SA, rekey);
        assertThat(WirePayloads.hasNotify(answer, WirePayloads.N_INVALID_SYNTAX))
                .isTrue();
        mustKeepTheChild(tunnel);
    }

    @Test
    void e12_badKeyExchangeDataInARekeyIsRefused() {
        for (byte[] data : List.of(new byte[32], new byte[0], new byte[31], new byte[33])) {
            Established tunnel = established(Side.RIGHT);
            List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
            rekey.set(3, WirePayloads.ke(WirePayloads.GROUP_CURVE25519, data));
            List<Payload> answer = ask(tunnel, WireHeader.CREATE_CHILD_SA, rekey);
            assertThat(WirePayloads.hasNotify(answer, WirePayloads.N_INVALID_SYNTAX))
                    .isTrue();
            // RFC 6989 section 5: such a peer does not keep its IKE SA.
            assertThat(tunnel.probe().gateway().inbound()).isEmpty();
            assertThat(isAlive(tunnel)).isFalse();
        }
    }

    @Test
    void e19_addressFollowsOnlyAuthenticMessages() {
        Established tunnel = established(Side.RIGHT);
        Endpoint before = tunnel.probe().remote();
        Endpoint elsewhere = before.withPort(61_000);
        byte[] request = tunnel.peer().request(WireHeader.INFORMATIONAL);
        byte[] forged = request.clone();
        forged[forged.length - 1] ^= 1;
        assertThat(tunnel.probe().feedFrom(elsewhere, forged)).isEmpty();
        assertThat(tunnel.probe().gateway().summary().ikeSas().getFirst().remote())
                .isEqualTo(before);
        tunnel.probe().feedFrom(elsewhere, request);
        // RFC 7296 section 2.11: an answer goes back to where its request came from.
        assertThat(tunnel.probe().remote()).isEqualTo(elsewhere);
    }

    @Test
    void e29_temporaryFailureForEverIsRetriedWithPausesAndEndsInANewIkeSa() {
        Established tunnel = established(Side.LEFT);
        List<byte[]> waiting = new ArrayList<>(tunnel.probe().fire(new IkeEvent.RekeyChildRequested()));
        int asked = 0;
        for (int second = 0; second < 900 && isAlive(tunnel); second++) {
            for (byte[] request : waiting) {
                if (WireHeader.read(request).isResponse()
                        || WireHeader.read(request).exchange() == 34) {
                    continue;
                }
                boolean rekey = WireHeader.read(request).exchange() == WireHeader.CREATE_CHILD_SA;
                asked += rekey ? 1 : 0;
                List<Payload> answer =
                        rekey ? List.of(WirePayloads.notify(WirePayloads.N_TEMPORARY_FAILURE)) : List.of();
                assertThat(tunnel.probe().feed(tunnel.peer().answer(request, answer)))
                        .as("a retry at once")
                        .noneMatch(next -> WireHeader.read(next).exchange() == WireHeader.CREATE_CHILD_SA);
            }
            waiting = new ArrayList<>(tunnel.probe().advance(SECOND));
        }
        assertThat(asked).isBetween(2, 300);
        assertThat(isAlive(tunnel)).isFalse();
    }

    private static boolean isAlive(Established tunnel) {
        return tunnel.probe().gateway().localSpis().contains(tunnel.peer().peerSpi());
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void anIkeSaThatThePeerDeletesIsGoneAtOnce(Side machine) {
        Established tunnel = established(machine);
        assertThat(ask(tunnel, WireHeader.INFORMATIONAL, List.of(WirePayloads.deleteIke())))
                .isEmpty();
        assertThat(tunnel.probe().gateway().outbound()).isEmpty();
        assertThat(tunnel.probe().gateway().summary().ikeSas()).isEmpty();
        tunnel.probe().advance(Duration.ofSeconds(15));
        assertThat(tunnel.probe().gateway().inbound()).isEmpty();
        assertThat(tunnel.probe().gateway().localSpis())
                .doesNotContain(tunnel.peer().peerSpi());
    }

    @Test
    void unknownCriticalPayloadInsideIsNamedAndTheIkeSaLives() {
        Established tunnel = established(Side.RIGHT);
        List<Payload> answer = ask(tunnel, WireHeader.INFORMATIONAL, List.of(new Payload(200, true, new byte[3])));
        assertThat(WirePayloads.hasNotify(answer, WirePayloads.N_UNSUPPORTED_CRITICAL_PAYLOAD))
                .isTrue();
        mustKeepTheChild(tunnel);
    }

    @Test
    void garbageInsideAGoodSealIsRefusedOrAnsweredButNeverThrows() {
        for (int seed = 0; seed < 40; seed++) {
            Established tunnel = established(seed % 2 == 0 ? Side.LEFT : Side.RIGHT);
            for (int exchange = WireHeader.IKE_AUTH; exchange <= WireHeader.INFORMATIONAL; exchange++) {
                byte[] chain = tunnel.peer().bytes(seed * 7);
                int first = 33 + seed % 16;
                int id = tunnel.peer().nextRequest();
                for (byte[] answer : tunnel.probe().feed(tunnel.peer().sealChain(exchange, id, false, first, chain))) {
                    if (WireHeader.read(answer).isResponse()) {
                        tunnel.peer().open(answer);
                    }
                }
            }
        }
    }
}
