package io.twinspan.crypto.ike.session;

import static io.twinspan.crypto.ike.session.TwoPeers.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageDecoder;
import io.twinspan.crypto.ike.message.IkeMessageEncoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.message.WireProposals;
import io.twinspan.crypto.ike.protect.OpenResult;
import io.twinspan.crypto.ike.session.IkePeerSummary.Phase;
import io.twinspan.crypto.ike.session.IkePolicy.Encapsulation;
import io.twinspan.crypto.ike.session.IkePolicy.Startup;
import io.twinspan.crypto.ike.session.IkeReport.BackingOff;
import io.twinspan.crypto.ike.session.IkeReport.Down;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.IkeSaRekeyed;
import io.twinspan.crypto.ike.session.IkeReport.Misbehaved;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Peers that are within their rights, or wrong in ways that happen, and what the operator gets to read about it. */
class AwkwardPeerTest {
    private static final int REQUEST_OF_CREATE_CHILD_SA = 36;
    private static final int INFORMATIONAL = 37;
    private static final int MAX_SAS_OF_A_STRANGER = 20;

    @Test
    void e2_ourOwnMessageIdsAreFollowedByARekeyLongBeforeTheyWrap() {
        TwoPeers world = TwoPeers.connectable();
        world.connect();
        long almost = RequestWindow.REKEY_MESSAGE_ID - 1;
        change(world.left, sa -> sa.with(new RequestWindow.Free(almost)));
        change(world.right, sa -> sa.with(ResponseCache.expecting(almost)));
        world.carries = packet -> packet.from().equals(TwoPeers.LEFT)
                || packet.isResponse()
                || packet.exchange() != REQUEST_OF_CREATE_CHILD_SA;
        world.run(15 * SECOND);

        assertThat(world.left.reports(IkeSaRekeyed.class))
                .singleElement()
                .satisfies(rekeyed -> assertThat(rekeyed.byUs()).isTrue());
        assertThat(world.passesBothWays()).isTrue();
    }

    @Test
    void udpEncapsulationWithAPeerWithoutNatDetectionFailsAndSaysWhy() {
        TwoPeers world = new TwoPeers(encapsulating(true, Encapsulation.UDP), encapsulating(false, Encapsulation.ESP));
        world.connect();
        world.run(2 * SECOND);

        assertThat(world.left.inbound).isEmpty();
        assertThat(world.left.reports(Down.class)).isNotEmpty().allSatisfy(down -> {
            assertThat(down.cause()).isEqualTo(DownCause.NEGOTIATION_FAILED);
            assertThat(down.detail()).contains("no NAT detection payloads").contains("udp");
        });
    }

    @Test
    void udpEncapsulationIsNotPromisedToAnInitiatorWithoutNatDetection() {
        TwoPeers world = new TwoPeers(encapsulating(true, Encapsulation.ESP), encapsulating(false, Encapsulation.UDP));
        world.connect();
        world.run(2 * SECOND);

        assertThat(world.right.inbound).isEmpty();
        assertThat(world.right.reports(NegotiationFailed.class))
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(failed.detail()).contains("no NAT detection payloads"));
        assertThat(world.left.reports(Down.class)).isNotEmpty();
    }

    @Test
    void aPeerThatWantsNoFurtherChildOnItsIkeSaGetsANewIkeSa() {
        TwoPeers world = TwoPeers.connectable();
        world.connect();
        IkePeer before = world.left.peer;
        // Only we have lost the child SA, so the peer answers NO_ADDITIONAL_SAS to every wish for one.
        world.left.peer = new IkePeer(before.sas(), Map.of(), Map.of(), before.facts());
        world.left.event(new IkeEvent.DeadlineReached());
        world.run(6 * SECOND);

        assertThat(world.left.reports(NegotiationFailed.class))
                .anySatisfy(failed -> assertThat(failed.detail()).contains("NO_ADDITIONAL_SAS"));
        assertThat(world.left.peer.summary().childSas())
                .singleElement()
                .satisfies(child -> assertThat(child.inboundSpi()).isEqualTo(world.left.sending));
        assertThat(world.passesBothWays()).isTrue();
    }

    @Test
    void aPeerThatSettlesCrossedConnectsTheOtherWayRoundKeepsTheTunnelUp() {
        int taken = 0;
        for (int seed = 0; seed < 8; seed++) {
            TwoPeers world = crossed(seed);
            Optional<Established> loser = inStage(world.left, Established.Stage.REPLACED);
            if (loser.isEmpty()) {
                continue;
            }
            taken++;
            world.carries = packet -> true;
            Established sa = inStage(world.right, Established.Stage.ACTIVE).orElseThrow();
            put(world.right, sa.wanting(new Task.DeleteIke()));
            world.right.event(new IkeEvent.DeadlineReached());
            world.deliverNext();

            assertThat(world.left.reports(Down.class)).isEmpty();
            assertThat(inStage(world.left, Established.Stage.ACTIVE))
                    .hasValueSatisfying(active -> assertThat(active.localSpi())
                            .isEqualTo(loser.orElseThrow().localSpi()));
            assertThat(world.left.reaches(world.right)).isTrue();
        }
        assertThat(taken).isPositive();
    }

    /** Both connect at once, and nobody deletes anything yet. */
    private static TwoPeers crossed(int seed) {
        TwoPeers world = new TwoPeers(encapsulating(true, Encapsulation.AUTO), starting(false));
        for (int i = 0; i < seed; i++) {
            world.left.event(new IkeEvent.Initiate());
            world.left.event(new IkeEvent.Close("again"));
        }
        world.wire.clear();
        world.carries = packet -> packet.exchange() != INFORMATIONAL;
        world.right.event(new IkeEvent.Initiate());
        world.left.event(new IkeEvent.Initiate());
        world.settle();
        world.left.reports.clear();
        return world;
    }

    private static Optional<Established> inStage(TwoPeers.Side side, Established.Stage stage) {
        return side.peer.sas().values().stream()
                .filter(Established.class::isInstance)
                .map(Established.class::cast)
                .filter(sa -> sa.stage() == stage)
                .findFirst();
    }

    @Test
    void pausesDoubleAfterALossToo() {
        TwoPeers world = TwoPeers.connectable();
        world.connect();
        world.carries = packet -> false;
        world.run(260 * SECOND);

        int[] seconds = {1, 2, 4, 8, 15};
        List<BackingOff> pauses = world.left.reports(BackingOff.class);
        assertThat(pauses).hasSizeGreaterThanOrEqualTo(seconds.length);
        for (int i = 0; i < seconds.length; i++) {
            assertThat(pauses.get(i).delayNanos()).isBetween(seconds[i] * SECOND, seconds[i] * SECOND * 6 / 5);
        }
    }

    @Test
    void a4_aBadPublicValueCostsNoKeyPair() {
        AtomicInteger drawn = new AtomicInteger();
        EntropySource seeded = TwoPeers.seeded(3);
        EntropySource counting = octets -> {
            drawn.addAndGet(octets.length);
            seeded.nextBytes(octets);
        };
        for (KeyExchangeMethod method : KeyExchangeMethod.values()) {
            IkePolicy policy = groups(false, method);
            IkePeerMachine responder = new IkePeerMachine(new IkeContext(counting, spi -> true), policy);
            byte[] request = withPublicValue(firstMessage(method), new byte[method.publicValueBytes() - 1]);
            IkeStep step = responder.step(
                    responder.initial(), new IkeEvent.DatagramReceived(TwoPeers.RIGHT, TwoPeers.LEFT, request), 0);

            assertThat(step.effects())
                    .singleElement()
                    .isEqualTo(new IkeEffect.Report(
                            new Misbehaved(IkeMisbehaviour.INVALID_KEY_EXCHANGE_DATA, "in an IKE_SA_INIT request")));
            assertThat(step.state().localSpis()).isEmpty();
        }
        assertThat(drawn).hasValue(0);
    }

    @Test
    void refusedStrangersLeaveABoundedMemory() {
        TwoPeers world = new TwoPeers(withKey(true, "not the key of the other side"), TwoPeers.policy(false));
        for (int i = 0; i < 3 * MAX_SAS_OF_A_STRANGER; i++) {
            world.connect();
        }

        assertThat(world.right.peer.localSpis()).hasSizeLessThanOrEqualTo(MAX_SAS_OF_A_STRANGER);
    }

    @Test
    void aClosedIkeSaOpensNothingAnyMore() {
        TwoPeers world = TwoPeers.connectable();
        world.connect();
        SaCore core = active(world.left).core();
        byte[] good = active(world.right)
                .core()
                .protection()
                .seal(
                        IkeHeader.request(
                                ExchangeType.INFORMATIONAL, core.initiatorSpi(), core.responderSpi(), false, 0),
                        List.of());
        assertThat(core.protection().open(good)).isInstanceOf(OpenResult.Authentic.class);
        world.left.event(new IkeEvent.Close("operator"));
        world.settle();

        assertThat(world.left.peer.summary().phase()).isEqualTo(Phase.IDLE);
        assertThat(core.protection().open(good)).isInstanceOf(OpenResult.IntegrityFailed.class);
    }

    @Test
    void differentKeysAreCalledDifferentKeysOnBothSides() {
        TwoPeers world = new TwoPeers(withKey(true, "not the key of the other side"), TwoPeers.policy(false));
        world.connect();

        assertThat(world.left.reports(Down.class).getFirst().detail())
                .contains("AUTHENTICATION_FAILED")
                .contains("pre-shared keys differ")
                .contains("192.0.2.1");
        assertThat(world.right.reports(NegotiationFailed.class).getFirst().detail())
                .contains("does not prove our pre-shared key")
                .doesNotContain("not the key");
    }

    @Test
    void whatNeitherSideAcceptsIsListedOnBothSides() {
        TwoPeers world =
                new TwoPeers(groups(true, KeyExchangeMethod.MODP_2048), groups(false, KeyExchangeMethod.ECP_384));
        world.connect();
        world.run(SECOND);

        assertThat(world.left.reports(Down.class).getFirst())
                .isEqualTo(new Down(
                        DownCause.NO_PROPOSAL_CHOSEN,
                        "the peer answers IKE_SA_INIT with NO_PROPOSAL_CHOSEN; we offer "
                                + "[aes-gcm-16-256, prf hmac-sha2-384, group 14]"));
        assertThat(world.right.reports(NegotiationFailed.class).getFirst().detail())
                .contains("it offers [aes-gcm-16-256, prf hmac-sha2-384, group 14]")
                .contains("we accept [aes-gcm-16-256, prf hmac-sha2-384, group 20]");
    }

    @Test
    void aPeerThatAsksForAnUnknownGroupIsQuoted() {
        TwoPeers world = TwoPeers.connectable();
        world.left.event(new IkeEvent.Initiate());
        IkeMessage request = decoded(world.wire.removeFirst().message());
        byte[] answer = IkeMessageEncoder.encode(new IkeMessage(
                request.header().toResponse(),
                List.of(new IkePayload.Notify(NotifyType.INVALID_KE_PAYLOAD, new byte[] {0, 2}))));
        world.left.event(new IkeEvent.DatagramReceived(TwoPeers.LEFT, TwoPeers.RIGHT, answer));
        world.carries = packet -> false;
        world.run(SECOND);

        assertThat(world.left.reports(Down.class))
                .first()
                .satisfies(down -> assertThat(down.detail()).contains("the peer asks for group 2"));
    }

    private static IkePolicy encapsulating(boolean ofLeft, Encapsulation encapsulation) {
        return TwoPeers.policy(
                ofLeft,
                ofLeft ? Startup.INITIATE : Startup.RESPOND,
                encapsulation,
                List.of(KeyExchangeMethod.CURVE25519),
                "0.0.0.0/0");
    }

    private static IkePolicy starting(boolean ofLeft) {
        return TwoPeers.policy(
                ofLeft, Startup.INITIATE, Encapsulation.AUTO, List.of(KeyExchangeMethod.CURVE25519), "0.0.0.0/0");
    }

    private static IkePolicy groups(boolean ofLeft, KeyExchangeMethod method) {
        return TwoPeers.policy(
                ofLeft, ofLeft ? Startup.INITIATE : Startup.RESPOND, Encapsulation.AUTO, List.of(method), "0.0.0.0/0");
    }

    private static IkePolicy withKey(boolean ofLeft, String key) {
        IkePolicy policy = TwoPeers.policy(ofLeft);
        return new IkePolicy(
                policy.startup(),
                policy.local(),
                policy.remote(),
                policy.localIdentity(),
                policy.remoteIdentity(),
                TwoPeers.key(key),
                policy.ikeProposals(),
                policy.espProposals(),
                policy.localSelectors(),
                policy.remoteSelectors(),
                policy.encapsulation(),
                policy.replayWindowPackets(),
                policy.timers());
    }

    private static byte[] firstMessage(KeyExchangeMethod method) {
        IkeMessage like = decoded(firstMessage());
        List<IkePayload> payloads = like.payloads().stream()
                .map(payload -> payload instanceof IkePayload.SecurityAssociation
                        ? new IkePayload.SecurityAssociation(
                                WireProposals.offerIke(groups(true, method).ikeProposals(), Octets.EMPTY))
                        : payload)
                .map(payload -> payload instanceof IkePayload.KeyExchange
                        ? new IkePayload.KeyExchange(method.transformId(), new byte[0])
                        : payload)
                .toList();
        return IkeMessageEncoder.encode(new IkeMessage(like.header(), payloads));
    }

    private static byte[] firstMessage() {
        TwoPeers world = TwoPeers.connectable();
        world.left.event(new IkeEvent.Initiate());
        return world.wire.removeFirst().message();
    }

    private static byte[] withPublicValue(byte[] message, byte[] value) {
        IkeMessage like = decoded(message);
        List<IkePayload> payloads = like.payloads().stream()
                .map(payload -> payload instanceof IkePayload.KeyExchange(int method, var _)
                        ? new IkePayload.KeyExchange(method, value)
                        : payload)
                .toList();
        return IkeMessageEncoder.encode(new IkeMessage(like.header(), payloads));
    }

    private static IkeMessage decoded(byte[] message) {
        if (IkeMessageDecoder.decode(message) instanceof DecodeResult.Decoded(IkeMessage read)) {
            return read;
        }
        throw new IllegalArgumentException("not a message");
    }

    private static Established active(TwoPeers.Side side) {
        return side.peer.sas().values().stream()
                .filter(Established.class::isInstance)
                .map(Established.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void change(TwoPeers.Side side, UnaryOperator<Established> change) {
        put(side, change.apply(active(side)));
    }

    private static void put(TwoPeers.Side side, Established changed) {
        Map<Long, IkeSa> sas = new LinkedHashMap<>(side.peer.sas());
        sas.put(changed.localSpi(), changed);
        side.peer = new IkePeer(sas, side.peer.children(), side.peer.lingering(), side.peer.facts());
    }
}
