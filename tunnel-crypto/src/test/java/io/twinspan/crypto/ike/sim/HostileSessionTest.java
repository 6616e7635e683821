package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.WirePayloads.N_NO_PROPOSAL_CHOSEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.sim.MachineProbe.Established;
import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import io.twinspan.crypto.ike.sim.WirePayloads.Transform;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hostile and unlucky peers over more than one message: keys, fragments, floods, loops, counters. */
final class HostileSessionTest {
    private static final int N_INTERMEDIATE_EXCHANGE_SUPPORTED = 16_438;
    private static final int N_FRAGMENTATION_SUPPORTED = 16_430;
    private static final int SA_IN_REKEY = 1;
    private static final Endpoint HOME = new Endpoint(PolicyBuilder.LEFT_ADDRESS, PolicyBuilder.IKE_PORT);
    private static final Endpoint ELSEWHERE = new Endpoint(IpPrefix.parseAddress("203.0.113.77"), 4_711);

    private static MachineProbe openToAll() {
        return new MachineProbe(Side.RIGHT, PolicyBuilder.right().remote(IpPrefix.parseAddress("0.0.0.0")));
    }

    private static ScriptedPeer stranger(long seed) {
        return new ScriptedPeer(true, seed, PolicyBuilder.LEFT_ADDRESS.getAddress());
    }

    private static List<Payload> ask(Established tunnel, List<Payload> payloads) {
        return tunnel.peer().open(tunnel.probe().only(tunnel.peer().request(WireHeader.CREATE_CHILD_SA, payloads)));
    }

    @Test
    void a6_childRekeyWithAPayloadMissingOrDoubledMakesNoHalfASa() {
        for (int victim = SA_IN_REKEY; victim < 6; victim++) {
            for (boolean doubled : new boolean[] {false, true}) {
                Established tunnel = MachineProbe.respondingTo(PolicyBuilder.right());
                List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
                if (doubled) {
                    rekey.add(rekey.get(victim));
                } else {
                    rekey.remove(victim);
                }
                assertThat(ask(tunnel, rekey)).singleElement().matches(answer -> answer.type() == StrictWalk.NOTIFY);
                assertThat(List.of(tunnel.machineChildSpi()))
                        .containsAll(tunnel.probe().gateway().inbound().keySet());
            }
        }
    }

    @Test
    void a6_orderOfPayloadsInARekeyDoesNotMatter() {
        Established tunnel = MachineProbe.respondingTo(PolicyBuilder.right());
        List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
        Collections.reverse(rekey);
        assertThat(WirePayloads.find(ask(tunnel, rekey), StrictWalk.SA)).isPresent();
        assertThat(tunnel.probe().gateway().inbound()).hasSize(2);
        tunnel.mustStillAnswer();
    }

    @Test
    void a14_md5IsNeitherOfferedNorAccepted() {
        int key256 = WirePayloads.ikeTransforms(0).getFirst().attribute();
        Transform group = new Transform(4, WirePayloads.GROUP_CURVE25519, 0);
        List<List<Transform>> offers = List.of(
                List.of(new Transform(1, 20, key256), new Transform(2, 1, 0), group),
                List.of(new Transform(1, 12, key256), new Transform(2, 5, 0), new Transform(3, 1, 0), group));
        for (List<Transform> offer : offers) {
            MachineProbe probe = openToAll();
            ScriptedPeer peer = stranger(1);
            List<Payload> payloads = peer.initPayloads();
            payloads.set(0, WirePayloads.sa(WirePayloads.PROTOCOL_IKE, new byte[0], offer));
            Payload answer =
                    StrictWalk.message(probe.only(peer.initRequest(payloads))).getFirst();
            assertThat(WirePayloads.notifyType(answer)).isEqualTo(N_NO_PROPOSAL_CHOSEN);
            assertThat(probe.gateway().localSpis()).isEmpty();
        }
        Established tunnel = MachineProbe.respondingTo(PolicyBuilder.right());
        List<Payload> rekey = tunnel.peer().rekeyPayloads(tunnel.peerChildSpi());
        rekey.set(
                SA_IN_REKEY,
                tunnel.peer()
                        .childOffer(List.of(
                                new Transform(1, 12, key256), new Transform(3, 1, 0), group, new Transform(5, 1, 0))));
        assertThat(WirePayloads.hasNotify(ask(tunnel, rekey), N_NO_PROPOSAL_CHOSEN))
                .isTrue();
        // RFC 8247 sections 2.2 and 2.3: PRF 1, and integrity 1, 4 and 6, are built on MD5.
        assertThat(PseudorandomFunction.values()).noneMatch(function -> function.transformId() == 1);
        assertThat(IntegrityAlgorithm.values())
                .noneMatch(algorithm -> List.of(1, 4, 6).contains(algorithm.transformId()));
    }

    /** Libreswan issue 332: the peer called the size of a payload in our rekey invalid. */
    @ParameterizedTest
    @EnumSource(Side.class)
    void b9_ourOwnCreateChildSaPassesASecondParser(Side machine) {
        for (IkeEvent event : List.of(new IkeEvent.RekeyChildRequested(), new IkeEvent.RekeyIkeRequested())) {
            Established tunnel = machine == Side.RIGHT
                    ? MachineProbe.respondingTo(PolicyBuilder.right())
                    : MachineProbe.initiatingTo(PolicyBuilder.left());
            List<byte[]> sent = tunnel.probe().fire(event);
            assertThat(sent).hasSize(1);
            List<Payload> request = tunnel.peer().open(sent.getFirst());
            boolean child = event instanceof IkeEvent.RekeyChildRequested;
            assertThat(request)
                    .extracting(Payload::type)
                    .containsOnlyOnce(StrictWalk.SA, StrictWalk.NONCE, StrictWalk.KE);
            assertThat(WirePayloads.hasNotify(request, WirePayloads.N_REKEY_SA)).isEqualTo(child);
            mustHaveExactLengths(WirePayloads.need(request, StrictWalk.SA).body(), child ? 4 : 8);
            assertThat(WirePayloads.need(request, StrictWalk.KE).body()).hasSize(4 + 32);
            assertThat(WirePayloads.need(request, StrictWalk.NONCE).body()).hasSizeBetween(16, 256);
            if (child) {
                for (int type : new int[] {StrictWalk.TS_I, StrictWalk.TS_R}) {
                    byte[] selectors = WirePayloads.need(request, type).body();
                    assertThat(selectors).hasSize(4 + 16 * selectors[0]);
                }
                List<Payload> answer = ask(tunnel, tunnel.peer().rekeyPayloads(tunnel.peerChildSpi()));
                WirePayloads.find(answer, StrictWalk.SA).ifPresent(sa -> mustHaveExactLengths(sa.body(), 4));
            }
        }
    }

    /** Walks proposals and transforms by their own lengths and counts (RFC 7296 sections 3.3.1 and 3.3.2). */
    private static void mustHaveExactLengths(byte[] sa, int spiBytes) {
        ByteBuffer in = ByteBuffer.wrap(sa);
        int more = 2;
        for (int number = 1; more == 2; number++) {
            int start = in.position();
            more = in.get();
            in.get();
            int length = in.getShort();
            assertThat((int) in.get()).isEqualTo(number);
            in.get();
            assertThat((int) in.get()).isEqualTo(spiBytes);
            int transforms = in.get();
            in.position(in.position() + spiBytes);
            for (int i = 1; i <= transforms; i++) {
                assertThat((int) in.get()).isEqualTo(i == transforms ? 0 : 3);
                in.get();
                int rest = in.getShort() - 4;
                in.position(in.position() + rest);
            }
            assertThat(in.position() - start).isEqualTo(length);
        }
        assertThat(in.hasRemaining()).isFalse();
    }

    /** Libreswan issue 2958: keys differ after a rekey where IKE_INTERMEDIATE was used. */
    @Test
    void b17_ikeIntermediateIsNeitherOfferedNorAccepted() {
        MachineProbe initiator = new MachineProbe(Side.LEFT, PolicyBuilder.left());
        byte[] init = initiator.fire(new IkeEvent.Initiate()).getFirst();
        assertThat(WirePayloads.hasNotify(StrictWalk.message(init), N_INTERMEDIATE_EXCHANGE_SUPPORTED))
                .isFalse();
        ScriptedPeer peer = stranger(2);
        List<Payload> payloads = peer.initPayloads();
        payloads.add(WirePayloads.notify(N_INTERMEDIATE_EXCHANGE_SUPPORTED));
        MachineProbe probe = openToAll();
        List<Payload> answer = peer.acceptInit(probe.only(peer.initRequest(payloads)));
        assertThat(WirePayloads.hasNotify(answer, N_INTERMEDIATE_EXCHANGE_SUPPORTED))
                .isFalse();
        assertThat(peer.proves(peer.open(probe.only(peer.request(WireHeader.IKE_AUTH, peer.authPayloads())))))
                .isTrue();
    }

    @Test
    void d5_noKeyComesTwiceAcrossRekeysAndRestarts() {
        ManualExchange exchange = ManualExchange.plain().establish();
        Map<String, Integer> spiOfKey = new HashMap<>();
        int seen = 0;
        for (int round = 0; round < 4; round++) {
            for (Side side : Side.values()) {
                exchange.gateway(side).fire(new IkeEvent.RekeyChildRequested());
                exchange.pump();
                exchange.mustAgree();
                exchange.gateway(side).fire(new IkeEvent.RekeyIkeRequested());
                exchange.pump();
                exchange.mustAgree();
                seen += mustBeNewKeys(exchange, spiOfKey);
            }
            exchange.restart(round % 2 == 0 ? Side.LEFT : Side.RIGHT);
            exchange.left().fire(new IkeEvent.Initiate());
            exchange.advanceAndPump(Duration.ofMinutes(2));
            exchange.mustAgree();
            seen += mustBeNewKeys(exchange, spiOfKey);
        }
        // An IV is a counter that starts anew with its key, so every key must be another one.
        assertThat(spiOfKey).hasSize(seen);
    }

    private static int mustBeNewKeys(ManualExchange exchange, Map<String, Integer> spiOfKey) {
        int count = 0;
        for (Side side : Side.values()) {
            for (ModelSa sa : exchange.gateway(side).outbound().values()) {
                assertThat(spiOfKey.put(sa.keyFingerprint(), sa.parameters().spi()))
                        .isNull();
                count++;
            }
        }
        return count;
    }

    @Test
    void e3_anEstablishedTunnelAnswersDuringAFloodOfFirstMessages() {
        MachineProbe probe = openToAll();
        ScriptedPeer peer = stranger(7);
        peer.acceptInit(probe.feedFrom(HOME, peer.initRequest()).getFirst());
        byte[] auth = peer.request(WireHeader.IKE_AUTH, peer.authPayloads());
        assertThat(peer.proves(peer.open(probe.feedFrom(HOME, auth).getFirst())))
                .isTrue();
        ScriptedPeer forger = stranger(12);
        byte[] init = forger.initRequest();
        for (int i = 0; i < 10_000; i++) {
            byte[] forged = init.clone();
            System.arraycopy(forger.bytes(8), 0, forged, 0, 8);
            probe.feedFrom(ELSEWHERE.withPort(1 + i), forged);
            if (i % 100 == 0) {
                byte[] liveness = peer.request(WireHeader.INFORMATIONAL);
                assertThat(peer.open(probe.feedFrom(HOME, liveness).getFirst())).isEmpty();
                assertThat(probe.gateway().localSpis()).hasSizeLessThan(20);
            }
        }
        assertThat(probe.gateway().inbound()).hasSize(1);
        assertThat(probe.gateway().reports(IkeReport.Down.class)).isEmpty();
    }

    @Test
    void e8_unknownSpisOnBothSidesMakeNoLoop() {
        ManualExchange exchange = ManualExchange.plain().establish();
        int events = 500;
        long before = exchange.left().steps() + exchange.right().steps();
        for (int i = 0; i < events; i++) {
            exchange.left().fire(new IkeEvent.UnknownSpiReceived(5_000 + i));
            exchange.right().fire(new IkeEvent.UnknownSpiReceived(9_000 + i));
            exchange.pump();
        }
        long caused = exchange.left().steps() + exchange.right().steps() - before - 2L * events;
        assertThat(caused).isLessThanOrEqualTo(8);
        exchange.mustAgree();
    }

    @Test
    void e10_fragmentsThatNeverCompleteAreBoundedAndTheirSasGo() {
        MachineProbe probe = openToAll();
        byte[] part = new byte[1_400];
        int refused = 0;
        for (int seed = 0; seed < 40; seed++) {
            ScriptedPeer peer = stranger(100 + seed);
            Endpoint from = ELSEWHERE.withPort(10_000 + seed);
            openWithFragmentation(probe, peer, from);
            for (int number = 1; number < 128; number++) {
                byte[] fragment = peer.sealFragment(WireHeader.IKE_AUTH, 1, number, 128, part);
                assertThat(probe.feedFrom(from, fragment)).isEmpty();
            }
            refused += 127 - 65_535 / part.length;
            // Beyond 64 KiB a set grows no more; each fragment refused is counted once.
            assertThat(probe.gateway().misbehaved(IkeMisbehaviour.INVALID_FRAGMENT))
                    .isEqualTo(refused);
            assertThat(probe.gateway().localSpis()).hasSizeLessThanOrEqualTo(16);
        }
        assertThat(probe.advance(Duration.ofMinutes(1))).isEmpty();
        assertThat(probe.gateway().localSpis()).isEmpty();
    }

    private static void openWithFragmentation(MachineProbe probe, ScriptedPeer peer, Endpoint from) {
        List<Payload> payloads = peer.initPayloads();
        payloads.add(WirePayloads.notify(N_FRAGMENTATION_SUPPORTED));
        byte[] answer = probe.feedFrom(from, peer.initRequest(payloads)).getFirst();
        Payload first = StrictWalk.message(answer).getFirst();
        if (first.type() == StrictWalk.NOTIFY && WirePayloads.notifyType(first) == WirePayloads.N_COOKIE) {
            peer.cookie(WirePayloads.notifyData(first));
            answer = probe.feedFrom(from, peer.initRequest(payloads)).getFirst();
        }
        assertThat(WirePayloads.hasNotify(peer.acceptInit(answer), N_FRAGMENTATION_SUPPORTED))
                .isTrue();
    }

    @Test
    void e26_aStrangerWithTheSameSpiDisturbsNothing() {
        MachineProbe probe = openToAll();
        ScriptedPeer one = stranger(26);
        ScriptedPeer other = stranger(26);
        other.nonce(other.bytes(48));
        assertThat(one.ourSpi()).isEqualTo(other.ourSpi());
        one.acceptInit(probe.feedFrom(HOME, one.initRequest()).getFirst());
        assertThat(probe.feedFrom(ELSEWHERE, other.initRequest())).isEmpty();
        assertThat(probe.gateway().misbehaved(IkeMisbehaviour.MESSAGE_ID_REUSED))
                .isEqualTo(1);
        byte[] auth = one.request(WireHeader.IKE_AUTH, one.authPayloads());
        assertThat(one.proves(one.open(probe.feedFrom(HOME, auth).getFirst()))).isTrue();
        assertThat(probe.feedFrom(ELSEWHERE, other.initRequest())).isEmpty();
        byte[] liveness = one.request(WireHeader.INFORMATIONAL);
        assertThat(one.open(probe.feedFrom(HOME, liveness).getFirst())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void e26_bothSpisAndTheInitiatorFlagMustAgree(Side machine) {
        Established tunnel = machine == Side.RIGHT
                ? MachineProbe.respondingTo(PolicyBuilder.right())
                : MachineProbe.initiatingTo(PolicyBuilder.left());
        byte[] request = tunnel.peer().request(WireHeader.INFORMATIONAL);
        for (int at : new int[] {0, 7, 8, 15, 19}) {
            byte[] changed = request.clone();
            changed[at] ^= (byte) (at == 19 ? WireHeader.FLAG_INITIATOR : 1);
            for (byte[] answer : tunnel.probe().feed(changed)) {
                assertThat(StrictWalk.message(answer))
                        .singleElement()
                        .matches(payload -> WirePayloads.notifyType(payload) == WirePayloads.N_INVALID_IKE_SPI);
            }
        }
        assertThat(tunnel.peer().open(tunnel.probe().only(request))).isEmpty();
        assertThat(tunnel.probe().gateway().inbound()).containsOnlyKeys(tunnel.machineChildSpi());
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void p3_everyBadMessageOfALiveSaIsCountedExactlyOnce(Side machine) {
        Established tunnel = machine == Side.RIGHT
                ? MachineProbe.respondingTo(PolicyBuilder.right())
                : MachineProbe.initiatingTo(PolicyBuilder.left());
        tunnel.mustStillAnswer();
        int next = tunnel.peer().nextRequest();
        byte[] good = tunnel.peer().seal(WireHeader.INFORMATIONAL, next, false, List.of());
        List<byte[]> bad = new ArrayList<>();
        bad.add(Arrays.copyOf(good, 27));
        bad.add(changed(good, 17, 0x30));
        bad.add(changed(good, 26, 1));
        bad.add(changed(good, 40, 1));
        bad.add(changed(good, good.length - 1, 1));
        bad.add(tunnel.peer().seal(WireHeader.INFORMATIONAL, next + 1, false, List.of()));
        bad.add(tunnel.peer().seal(WireHeader.INFORMATIONAL, next - 2, false, List.of()));
        bad.add(tunnel.peer().seal(WireHeader.INFORMATIONAL, next + 9, true, List.of()));
        bad.add(tunnel.peer().sealFragment(WireHeader.INFORMATIONAL, next, 1, 2, new byte[40]));
        List<IkeReport.Misbehaved> told = new ArrayList<>();
        for (byte[] message : bad) {
            assertThat(tunnel.probe().feed(message)).isEmpty();
            List<IkeReport.Misbehaved> now = tunnel.probe().gateway().reports(IkeReport.Misbehaved.class);
            assertThat(now).as("after %s", told).hasSize(told.size() + 1);
            assertThat(now.getLast().detail()).matches("[\\x20-\\x7e]{1,200}");
            told = now;
        }
        assertThat(tunnel.peer().open(tunnel.probe().only(good))).isEmpty();
    }

    private static byte[] changed(byte[] message, int at, int bits) {
        byte[] result = message.clone();
        result[at] ^= (byte) bits;
        return result;
    }
}
