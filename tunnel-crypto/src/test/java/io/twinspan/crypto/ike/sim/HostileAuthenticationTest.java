package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.WirePayloads.N_AUTHENTICATION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeIdentity;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IKE_AUTH with something wrong in it, from either end (cases A and E of the project's list of real failures). */
final class HostileAuthenticationTest {
    private static final int ID = 0;
    private static final int AUTH = 1;
    private static final int TS_I = 3;
    private static final int TS_R = 4;

    /** A machine that has answered a first request, and the peer that sent it. */
    private record HalfOpen(MachineProbe probe, ScriptedPeer peer) {
        static HalfOpen responder() {
            return responder(PolicyBuilder.right());
        }

        static HalfOpen responder(PolicyBuilder policy) {
            MachineProbe probe = new MachineProbe(Side.RIGHT, policy);
            ScriptedPeer peer = new ScriptedPeer(true, 3, PolicyBuilder.LEFT_ADDRESS.getAddress());
            peer.acceptInit(probe.only(peer.initRequest()));
            return new HalfOpen(probe, peer);
        }

        List<Payload> answerTo(List<Payload> auth) {
            return peer.open(probe.only(peer.request(WireHeader.IKE_AUTH, auth)));
        }

        void mustHaveNothing() {
            assertThat(probe.gateway().inbound()).isEmpty();
            assertThat(probe.gateway().summary().ikeSas()).isEmpty();
        }
    }

    /** A machine that has sent its IKE_AUTH request. */
    private record Waiting(MachineProbe probe, ScriptedPeer peer, byte[] request) {
        static Waiting initiator() {
            return initiator(PolicyBuilder.left());
        }

        static Waiting initiator(PolicyBuilder policy) {
            MachineProbe probe = new MachineProbe(Side.LEFT, policy);
            ScriptedPeer peer = new ScriptedPeer(false, 3, PolicyBuilder.RIGHT_ADDRESS.getAddress());
            byte[] init = probe.fire(new IkeEvent.Initiate()).getFirst();
            return new Waiting(probe, peer, probe.only(peer.answerInit(init)));
        }

        List<byte[]> answer(List<Payload> auth) {
            return probe.feed(peer.answer(request, auth));
        }

        void mustHaveNothingAndBackOff() {
            assertThat(probe.gateway().outbound()).isEmpty();
            assertThat(probe.gateway().summary().phase()).isEqualTo(IkePeerSummary.Phase.BACKING_OFF);
        }
    }

    private static List<Payload> without(List<Payload> payloads, int... victims) {
        List<Payload> kept = new ArrayList<>(payloads);
        for (int victim : victims) {
            kept.remove(payloads.get(victim));
        }
        return kept;
    }

    private static Payload otherMethod(Payload auth, int method) {
        byte[] body = auth.body().clone();
        body[0] = (byte) method;
        return Payload.of(StrictWalk.AUTH, body);
    }

    @Test
    void a6_requestWithAPayloadMissingMakesNoChild() {
        for (int victim = 0; victim < 5; victim++) {
            HalfOpen halfOpen = HalfOpen.responder();
            List<Payload> answer = halfOpen.answerTo(without(halfOpen.peer().authPayloads(), victim));
            assertThat(halfOpen.probe().gateway().inbound()).isEmpty();
            assertThat(WirePayloads.find(answer, StrictWalk.SA)).isEmpty();
        }
    }

    @Test
    void a6_requestWithAPayloadDoubledMakesNoChild() {
        for (int victim = 0; victim < 5; victim++) {
            HalfOpen halfOpen = HalfOpen.responder();
            List<Payload> payloads = halfOpen.peer().authPayloads();
            payloads.add(payloads.get(victim));
            List<Payload> answer = halfOpen.answerTo(payloads);
            assertThat(halfOpen.probe().gateway().inbound()).isEmpty();
            assertThat(WirePayloads.find(answer, StrictWalk.SA)).isEmpty();
        }
    }

    @Test
    void a6_responseWithAPayloadMissingMakesNoChild() {
        for (int victim = 0; victim < 5; victim++) {
            Waiting waiting = Waiting.initiator();
            waiting.answer(without(waiting.peer().authPayloads(), victim));
            assertThat(waiting.probe().gateway().outbound()).isEmpty();
            assertThat(waiting.probe().gateway().sendingOn()).isEmpty();
        }
    }

    @Test
    void a6_responseWithAPayloadDoubledMakesNoChild() {
        for (int victim = 0; victim < 5; victim++) {
            Waiting waiting = Waiting.initiator();
            List<Payload> payloads = waiting.peer().authPayloads();
            payloads.add(payloads.get(victim));
            waiting.answer(payloads);
            assertThat(waiting.probe().gateway().outbound()).isEmpty();
            assertThat(waiting.probe().gateway().sendingOn()).isEmpty();
        }
    }

    @Test
    void a11_selectorsMissingFromTheRequestRefuseTheChild() {
        for (int[] missing : new int[][] {{}, {TS_I}, {TS_R}, {TS_I, TS_R}}) {
            HalfOpen halfOpen = HalfOpen.responder();
            List<Payload> answer = halfOpen.answerTo(without(halfOpen.peer().authPayloads(), missing));
            // RFC 7296 section 1.2: the peer is authenticated and the IKE SA stands, with or without a child SA.
            assertThat(halfOpen.peer().proves(answer)).isTrue();
            assertThat(WirePayloads.hasNotify(answer, WirePayloads.N_INVALID_SYNTAX)
                            || WirePayloads.hasNotify(answer, WirePayloads.N_TS_UNACCEPTABLE))
                    .isEqualTo(missing.length > 0);
            assertThat(halfOpen.probe().gateway().inbound()).hasSize(missing.length > 0 ? 0 : 1);
            byte[] liveness = halfOpen.peer().request(WireHeader.INFORMATIONAL);
            assertThat(halfOpen.peer().open(halfOpen.probe().only(liveness))).isEmpty();
        }
    }

    @Test
    void a11_selectorsMissingFromTheResponseLeaveNoChild() {
        for (int[] missing : new int[][] {{TS_I}, {TS_R}, {TS_I, TS_R}}) {
            Waiting waiting = Waiting.initiator();
            waiting.answer(without(waiting.peer().authPayloads(), missing));
            assertThat(waiting.probe().gateway().outbound()).isEmpty();
            assertThat(waiting.probe().gateway().sendingOn()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {IkeIdentity.ID_FQDN, IkeIdentity.ID_RFC822_ADDR, IkeIdentity.ID_KEY_ID})
    void a32_namesOfAnyOctetsAreComparedAndNotRead(int type) {
        byte[] odd = {0x30, (byte) 0x82, (byte) 0xff, (byte) 0xff, 0, '%', 's', '@', '\n', (byte) 0x80, 0};
        PolicyBuilder expectsIt = PolicyBuilder.right()
                .identities(IkeIdentity.ofAddress(PolicyBuilder.RIGHT_ADDRESS), new IkeIdentity(type, odd));
        for (int changed = -1; changed < odd.length; changed++) {
            byte[] sent = odd.clone();
            if (changed >= 0) {
                sent[changed] ^= 1;
            }
            HalfOpen halfOpen = HalfOpen.responder(expectsIt);
            List<Payload> payloads = halfOpen.peer().authPayloads();
            payloads.set(ID, WirePayloads.identity(StrictWalk.ID_I, type, sent));
            payloads.set(AUTH, halfOpen.peer().ourAuth(payloads.get(ID)));
            List<Payload> answer = halfOpen.answerTo(payloads);
            assertThat(WirePayloads.hasNotify(answer, N_AUTHENTICATION_FAILED)).isEqualTo(changed >= 0);
            assertThat(halfOpen.probe().gateway().inbound()).hasSize(changed >= 0 ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 9, 13, 14, 255})
    void a31_noOtherMethodOfAuthenticationPassesTheResponder(int method) {
        HalfOpen halfOpen = HalfOpen.responder();
        List<Payload> payloads = halfOpen.peer().authPayloads();
        payloads.set(AUTH, otherMethod(payloads.get(AUTH), method));
        assertThat(WirePayloads.hasNotify(halfOpen.answerTo(payloads), N_AUTHENTICATION_FAILED))
                .isTrue();
        halfOpen.mustHaveNothing();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 9, 13, 14, 255})
    void a31_noOtherMethodOfAuthenticationPassesTheInitiator(int method) {
        Waiting waiting = Waiting.initiator();
        List<Payload> payloads = waiting.peer().authPayloads();
        payloads.set(AUTH, otherMethod(payloads.get(AUTH), method));
        waiting.answer(payloads);
        waiting.mustHaveNothingAndBackOff();
    }

    @Test
    void a31_missingAuthenticationPassesNeither() {
        HalfOpen halfOpen = HalfOpen.responder();
        List<Payload> answer = halfOpen.answerTo(without(halfOpen.peer().authPayloads(), AUTH));
        assertThat(WirePayloads.find(answer, StrictWalk.AUTH)).isEmpty();
        halfOpen.mustHaveNothing();
        Waiting waiting = Waiting.initiator();
        waiting.answer(without(waiting.peer().authPayloads(), AUTH));
        waiting.mustHaveNothingAndBackOff();
    }

    /** Eight octets of the wrong kind of ID, a name where an address is configured, an empty one. */
    @Test
    void b5_b19_anotherIdentityIsRefusedBeforeAnythingIsProved() {
        ScriptedPeer names = new ScriptedPeer(true, 1, new byte[4]);
        List<Payload> identities = List.of(
                WirePayloads.identity(StrictWalk.ID_I, 2, "left.example".getBytes(StandardCharsets.UTF_8)),
                WirePayloads.identity(StrictWalk.ID_I, 1, new byte[] {10, 1, 1, 1}),
                WirePayloads.identity(StrictWalk.ID_I, 5, names.bytes(16)),
                WirePayloads.identity(StrictWalk.ID_I, 1, new byte[0]),
                WirePayloads.identity(StrictWalk.ID_I, 11, PolicyBuilder.LEFT_ADDRESS.getAddress()),
                WirePayloads.identity(StrictWalk.ID_I, 9, names.bytes(300)),
                WirePayloads.identity(StrictWalk.ID_I, 255, names.bytes(4)));
        for (Payload identity : identities) {
            HalfOpen halfOpen = HalfOpen.responder();
            List<Payload> payloads = halfOpen.peer().authPayloads();
            payloads.set(ID, identity);
            payloads.set(AUTH, halfOpen.peer().ourAuth(identity));
            List<Payload> answer = halfOpen.answerTo(payloads);
            assertThat(answer).hasSize(1);
            assertThat(WirePayloads.notifyType(answer.getFirst())).isEqualTo(N_AUTHENTICATION_FAILED);
            halfOpen.mustHaveNothing();
        }
    }

    @Test
    void e7_protectedAuthenticationFailureEndsTheAttemptWithABackOff() {
        Waiting waiting = Waiting.initiator();
        waiting.answer(List.of(WirePayloads.notify(N_AUTHENTICATION_FAILED)));
        waiting.mustHaveNothingAndBackOff();
        assertThat(waiting.probe().gateway().reports(IkeReport.Down.class))
                .last()
                .matches(down -> down.cause() == IkeReport.DownCause.AUTHENTICATION_FAILED);
    }

    @Test
    void e7_unprotectedAuthenticationFailureIsIgnored() {
        Waiting waiting = Waiting.initiator();
        WireHeader header = WireHeader.read(waiting.request());
        byte[] forged = ScriptedPeer.plain(
                WireHeader.IKE_AUTH,
                WireHeader.FLAG_RESPONSE,
                header.messageId(),
                header.initiatorSpi(),
                header.responderSpi(),
                List.of(WirePayloads.notify(N_AUTHENTICATION_FAILED)));
        assertThat(waiting.probe().feed(forged)).isEmpty();
        waiting.answer(waiting.peer().authPayloads());
        assertThat(waiting.probe().gateway().outbound()).hasSize(1);
    }

    @Test
    void e17_oneOctetOfAuthenticationChangedIsRefused() {
        for (int at = 4; at < 36; at += 5) {
            HalfOpen halfOpen = HalfOpen.responder();
            List<Payload> payloads = halfOpen.peer().authPayloads();
            byte[] body = payloads.get(AUTH).body().clone();
            body[at] ^= 1;
            payloads.set(AUTH, Payload.of(StrictWalk.AUTH, body));
            List<Payload> answer = halfOpen.answerTo(payloads);
            assertThat(answer).hasSize(1);
            assertThat(WirePayloads.notifyType(answer.getFirst())).isEqualTo(N_AUTHENTICATION_FAILED);
            halfOpen.mustHaveNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 1_000})
    void e17_authenticationOfAnotherLengthIsRefused(int length) {
        HalfOpen halfOpen = HalfOpen.responder();
        List<Payload> payloads = halfOpen.peer().authPayloads();
        byte[] right = payloads.get(AUTH).body();
        payloads.set(AUTH, WirePayloads.auth(2, Arrays.copyOf(Arrays.copyOfRange(right, 4, 36), length)));
        assertThat(WirePayloads.hasNotify(halfOpen.answerTo(payloads), N_AUTHENTICATION_FAILED))
                .isTrue();
        halfOpen.mustHaveNothing();
    }

    @Test
    void e17_theMachinesOwnProofSentBackIsRefused() {
        Waiting waiting = Waiting.initiator();
        List<Payload> own = waiting.peer().open(waiting.request());
        Payload identity = WirePayloads.need(own, StrictWalk.ID_I);
        List<Payload> reflected = waiting.peer().authPayloads();
        reflected.set(ID, Payload.of(StrictWalk.ID_R, identity.body()));
        reflected.set(AUTH, WirePayloads.need(own, StrictWalk.AUTH));
        waiting.answer(reflected);
        waiting.mustHaveNothingAndBackOff();
    }

    @Test
    void e17_refusalOfAWrongKeyAndOfAnUnknownIdentityLookTheSame() {
        HalfOpen key = HalfOpen.responder(PolicyBuilder.right().psk("another secret altogether"));
        List<Payload> forKey = key.answerTo(key.peer().authPayloads());
        HalfOpen identity = HalfOpen.responder();
        List<Payload> payloads = identity.peer().authPayloads();
        payloads.set(ID, WirePayloads.identity(StrictWalk.ID_I, 1, new byte[] {9, 9, 9, 9}));
        List<Payload> forIdentity = identity.answerTo(payloads);
        assertThat(ScriptedPeer.chain(forKey)).isEqualTo(ScriptedPeer.chain(forIdentity));
    }

    @Test
    void e13_selectorsWiderThanTheOfferAreRefusedByTheInitiator() {
        Waiting waiting = Waiting.initiator(PolicyBuilder.left()
                .selectors(PolicyBuilder.selectors("10.0.0.0/8"), PolicyBuilder.selectors("172.16.0.0/12")));
        waiting.answer(waiting.peer().authPayloads());
        assertThat(waiting.probe().gateway().outbound()).isEmpty();
        assertThat(waiting.probe().gateway().sendingOn()).isEmpty();
    }

    @Test
    void e13_emptySelectorsAreRefusedByTheInitiator() {
        Waiting waiting = Waiting.initiator();
        List<Payload> payloads = waiting.peer().authPayloads();
        payloads.set(TS_I, WirePayloads.selectors(StrictWalk.TS_I));
        payloads.set(TS_R, WirePayloads.selectors(StrictWalk.TS_R));
        waiting.answer(payloads);
        assertThat(waiting.probe().gateway().outbound()).isEmpty();
    }

    @Test
    void e13_selectorsOfAnotherFamilyAreRefusedByTheInitiator() {
        Waiting waiting = Waiting.initiator();
        List<Payload> payloads = waiting.peer().authPayloads();
        payloads.set(TS_I, sixes(StrictWalk.TS_I));
        payloads.set(TS_R, sixes(StrictWalk.TS_R));
        waiting.answer(payloads);
        assertThat(waiting.probe().gateway().outbound()).isEmpty();
    }

    private static Payload sixes(int type) {
        byte[] body = new byte[4 + 40];
        body[0] = 1;
        body[4] = 8;
        body[7] = 40;
        body[10] = (byte) 0xff;
        body[11] = (byte) 0xff;
        Arrays.fill(body, 28, 44, (byte) 0xff);
        return Payload.of(type, body);
    }

    @Test
    void e13_narrowedSelectorsAreWhatTheDataPathGets() {
        Waiting waiting = Waiting.initiator();
        List<Payload> payloads = waiting.peer().authPayloads();
        payloads.set(TS_R, WirePayloads.selectors(StrictWalk.TS_R, new int[] {0x0a000000, 0x0affffff}));
        waiting.answer(payloads);
        for (ModelSa sa : waiting.probe().gateway().outbound().values()) {
            assertThat(sa.parameters().remoteSelectors()).isEqualTo(PolicyBuilder.selectors("10.0.0.0/8"));
            assertThat(sa.parameters().localSelectors()).isEqualTo(PolicyBuilder.everything());
        }
    }

    @Test
    void e13_aResponderNarrowsToItsPolicyAndInstallsWhatItAnswered() {
        HalfOpen halfOpen = HalfOpen.responder(PolicyBuilder.right()
                .selectors(PolicyBuilder.selectors("10.0.0.0/8"), PolicyBuilder.selectors("192.168.0.0/16")));
        List<Payload> answer = halfOpen.answerTo(halfOpen.peer().authPayloads());
        assertThat(WirePayloads.need(answer, StrictWalk.TS_I).body())
                .isEqualTo(WirePayloads.selectors(StrictWalk.TS_I, new int[] {0xc0a80000, 0xc0a8ffff})
                        .body());
        assertThat(WirePayloads.need(answer, StrictWalk.TS_R).body())
                .isEqualTo(WirePayloads.selectors(StrictWalk.TS_R, new int[] {0x0a000000, 0x0affffff})
                        .body());
        ModelSa sa = halfOpen.probe().gateway().inbound().values().iterator().next();
        assertThat(sa.parameters().localSelectors()).isEqualTo(PolicyBuilder.selectors("10.0.0.0/8"));
        assertThat(sa.parameters().remoteSelectors()).isEqualTo(PolicyBuilder.selectors("192.168.0.0/16"));
    }

    @Test
    void theInitiatorFollowsACookieAndAnotherGroupInAnyOrder() {
        for (boolean cookieFirst : new boolean[] {true, false}) {
            MachineProbe probe = new MachineProbe(
                    Side.LEFT,
                    PolicyBuilder.left()
                            .ike(PolicyBuilder.ikeProposal(KeyExchangeMethod.ECP_256, KeyExchangeMethod.CURVE25519)));
            ScriptedPeer peer = new ScriptedPeer(false, 5, PolicyBuilder.RIGHT_ADDRESS.getAddress());
            Payload cookie =
                    WirePayloads.notify(0, new byte[0], WirePayloads.N_COOKIE, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
            Payload group = WirePayloads.notify(0, new byte[0], WirePayloads.N_INVALID_KE_PAYLOAD, new byte[] {0, 31});
            byte[] first = probe.fire(new IkeEvent.Initiate()).getFirst();
            byte[] second = probe.only(peer.refuseInit(first, cookieFirst ? cookie : group));
            byte[] third = probe.only(peer.refuseInit(second, cookieFirst ? group : cookie));
            assertThat(StrictWalk.message(third).getFirst().body()).isEqualTo(cookie.body());
            byte[] auth = probe.only(peer.answerInit(third));
            assertThat(peer.proves(peer.open(auth))).isTrue();
            probe.feed(peer.answer(auth, peer.authPayloads()));
            assertThat(probe.gateway().outbound()).hasSize(1);
        }
    }

    @Test
    void theInitiatorDoesNotFollowAGroupItDidNotOfferNorCookiesForEver() {
        MachineProbe probe = new MachineProbe(Side.LEFT, PolicyBuilder.left());
        ScriptedPeer peer = new ScriptedPeer(false, 6, PolicyBuilder.RIGHT_ADDRESS.getAddress());
        byte[] init = probe.fire(new IkeEvent.Initiate()).getFirst();
        Payload weak = WirePayloads.notify(0, new byte[0], WirePayloads.N_INVALID_KE_PAYLOAD, new byte[] {0, 2});
        for (byte[] next : probe.feed(peer.refuseInit(init, weak))) {
            assertThat(WirePayloads.need(StrictWalk.message(next), StrictWalk.KE)
                            .body()[1])
                    .isEqualTo((byte) WirePayloads.GROUP_CURVE25519);
        }
        int followed = 0;
        List<byte[]> latest = List.of(init);
        for (int i = 0; i < 100 && !latest.isEmpty(); i++) {
            Payload cookie = WirePayloads.notify(0, new byte[0], WirePayloads.N_COOKIE, peer.bytes(16));
            latest = probe.feed(peer.refuseInit(latest.getFirst(), cookie));
            followed += latest.size();
        }
        assertThat(followed).isLessThan(50);
        assertThat(probe.advance(Duration.ofMinutes(2))).isNotEmpty();
    }
}
