package io.twinspan.crypto.ike.session;

import static io.twinspan.crypto.ike.session.TwoPeers.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkePeerSummary.Phase;
import io.twinspan.crypto.ike.session.IkePolicy.Encapsulation;
import io.twinspan.crypto.ike.session.IkePolicy.Startup;
import io.twinspan.crypto.ike.session.IkeReport.ChildSaEstablished;
import io.twinspan.crypto.ike.session.IkeReport.ChildSaRekeyed;
import io.twinspan.crypto.ike.session.IkeReport.Down;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.IkeSaRekeyed;
import io.twinspan.crypto.ike.session.IkeReport.Misbehaved;
import io.twinspan.crypto.ike.session.IkeReport.PeerAlive;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class IkePeerMachineTest {
    private final TwoPeers world = TwoPeers.connectable();

    @Test
    void connectsAndPassesBothWays() {
        world.connect();

        assertThat(world.passesBothWays()).isTrue();
        assertThat(world.left.reports(ChildSaEstablished.class)).hasSize(1);
        assertThat(world.right.reports(ChildSaEstablished.class)).hasSize(1);
        assertThat(world.left.reports(Misbehaved.class)).isEmpty();
        assertThat(world.right.reports(Misbehaved.class)).isEmpty();
        assertThat(world.left.peer.summary().phase()).isEqualTo(Phase.ESTABLISHED);
        assertThat(world.left.peer.summary().childSas()).hasSize(1);
        assertThat(world.left.peer.summary().ikeSas().getFirst().localSpi())
                .isEqualTo(world.right.peer.summary().ikeSas().getFirst().remoteSpi());
    }

    @Test
    void checksLivenessAfterSilence() {
        world.connect();
        world.run(35 * SECOND);

        assertThat(world.left.reports(PeerAlive.class).size()
                        + world.right.reports(PeerAlive.class).size())
                .isGreaterThanOrEqualTo(3);
        assertThat(world.passesBothWays()).isTrue();
    }

    @Test
    void trafficTakesThePlaceOfLivenessChecks() {
        world.connect();
        for (int i = 0; i < 5; i++) {
            world.run(8 * SECOND);
            world.left.event(new IkeEvent.TrafficSeen(world.now));
            world.right.event(new IkeEvent.TrafficSeen(world.now));
        }

        assertThat(world.left.reports(PeerAlive.class)).isEmpty();
        assertThat(world.right.reports(PeerAlive.class)).isEmpty();
    }

    @Test
    void silentPeerGoesDownAndComesBack() {
        world.connect();
        world.carries = packet -> false;
        world.run(60 * SECOND);

        assertThat(world.left.reports(Down.class).getFirst().cause()).isEqualTo(DownCause.PEER_SILENT);
        assertThat(world.left.inbound).isEmpty();
        assertThat(world.right.inbound).isEmpty();
        world.carries = packet -> true;
        world.run(40 * SECOND);
        assertThat(world.passesBothWays()).isTrue();
    }

    @Test
    void deleteFromOurSideEndsEverythingOnBoth() {
        world.connect();
        world.left.event(new IkeEvent.Close("operator"));
        assertThat(world.left.outbound).isEmpty();
        assertThat(world.left.inbound).as("what is under way").hasSize(1);
        world.settle();
        world.run(4 * SECOND);
        assertThat(world.left.inbound).isEmpty();

        assertThat(world.left.peer.summary().phase()).isEqualTo(Phase.IDLE);
        assertThat(world.left.reports(Down.class)).containsExactly(new Down(DownCause.CLOSED, "operator"));
        assertThat(world.right.reports(Down.class).getFirst().cause()).isEqualTo(DownCause.PEER_DELETED);
        assertThat(world.right.inbound).isEmpty();
        world.run(120 * SECOND);
        assertThat(world.left.peer.localSpis()).isEmpty();
        assertThat(world.right.peer.localSpis()).isEmpty();
    }

    @Test
    void initiatorReconnectsAfterAPeersDelete() {
        world.connect();
        world.right.event(new IkeEvent.Close("maintenance"));
        world.settle();
        world.right.event(new IkeEvent.Initiate());
        assertThat(world.left.peer.summary().phase()).isEqualTo(Phase.BACKING_OFF);
        world.run(3 * SECOND);

        assertThat(world.passesBothWays()).isTrue();
    }

    @Test
    void rekeysTheChildFromEitherSideWithoutAGap() {
        world.connect();
        for (TwoPeers.Side side : List.of(world.left, world.right, world.left)) {
            side.event(new IkeEvent.RekeyChildRequested());
            while (!world.wire.isEmpty()) {
                world.deliverNext();
                assertThat(world.passesBothWays()).isTrue();
            }
            world.run(5 * SECOND);
            assertThat(world.left.inbound).hasSize(1);
            assertThat(world.right.inbound).hasSize(1);
            assertThat(world.passesBothWays()).isTrue();
        }
        assertThat(world.left.reports(ChildSaRekeyed.class)).hasSize(3);
        assertThat(world.left.reports(Down.class)).isEmpty();
    }

    @Test
    void rekeysTheIkeSaFromEitherSide() {
        world.connect();
        for (TwoPeers.Side side : List.of(world.left, world.right)) {
            side.event(new IkeEvent.RekeyIkeRequested());
            world.run(5 * SECOND);
            assertThat(world.left.peer.summary().ikeSas()).hasSize(1);
            assertThat(world.right.peer.summary().ikeSas()).hasSize(1);
            world.left.event(new IkeEvent.RekeyChildRequested());
            world.run(5 * SECOND);
            assertThat(world.passesBothWays()).isTrue();
        }
        assertThat(world.left.reports(IkeSaRekeyed.class)).hasSize(2);
        assertThat(world.right.reports(IkeSaRekeyed.class)).hasSize(2);
        assertThat(world.left.reports(Down.class)).isEmpty();
    }

    @Test
    void crossingChildRekeysLeaveOneChild() {
        world.connect();
        for (int round = 0; round < 8; round++) {
            world.left.event(new IkeEvent.RekeyChildRequested());
            world.right.event(new IkeEvent.RekeyChildRequested());
            while (!world.wire.isEmpty()) {
                world.deliverNext();
                assertThat(world.passesBothWays()).isTrue();
            }
            world.run(5 * SECOND);
            assertThat(world.left.inbound).hasSize(1);
            assertThat(world.right.inbound).hasSize(1);
            assertThat(world.passesBothWays()).isTrue();
        }
    }

    @Test
    void crossingIkeRekeysLeaveOneIkeSa() {
        world.connect();
        for (int round = 0; round < 8; round++) {
            world.left.event(new IkeEvent.RekeyIkeRequested());
            world.right.event(new IkeEvent.RekeyIkeRequested());
            world.run(5 * SECOND);
            assertThat(world.left.peer.summary().ikeSas()).hasSize(1);
            assertThat(world.right.peer.summary().ikeSas()).hasSize(1);
            assertThat(world.passesBothWays()).isTrue();
        }
        assertThat(world.left.reports(Down.class)).isEmpty();
    }

    @Test
    void childRekeyCrossingIkeRekeyEndsWithBoth() {
        world.connect();
        world.left.event(new IkeEvent.RekeyChildRequested());
        world.right.event(new IkeEvent.RekeyIkeRequested());
        world.run(30 * SECOND);

        assertThat(world.left.reports(ChildSaRekeyed.class)).isNotEmpty();
        assertThat(world.left.reports(IkeSaRekeyed.class)).isNotEmpty();
        assertThat(world.left.peer.summary().ikeSas()).hasSize(1);
        assertThat(world.passesBothWays()).isTrue();
        assertThat(world.left.reports(Down.class)).isEmpty();
    }

    @Test
    void simultaneousConnectsConverge() {
        IkePolicy right = TwoPeers.policy(
                false, Startup.INITIATE, Encapsulation.AUTO, List.of(KeyExchangeMethod.CURVE25519), "0.0.0.0/0");
        TwoPeers both = new TwoPeers(TwoPeers.policy(true), right);
        both.connect();
        both.run(60 * SECOND);

        assertThat(both.passesBothWays()).isTrue();
        assertThat(both.left.peer.summary().ikeSas()).hasSize(1);
        assertThat(both.right.peer.summary().ikeSas()).hasSize(1);
        assertThat(both.left.inbound).hasSize(1);
        assertThat(both.right.inbound).hasSize(1);
    }

    @Test
    void livesThroughADayOfRekeys() {
        world.connect();
        world.run(86_400 * SECOND);

        assertThat(world.passesBothWays()).isTrue();
        assertThat(world.left.reports(Down.class)).isEmpty();
        assertThat(world.right.reports(Down.class)).isEmpty();
        assertThat(world.left.reports(ChildSaRekeyed.class).size()).isGreaterThan(24);
        assertThat(world.left.reports(IkeSaRekeyed.class).size()).isGreaterThanOrEqualTo(3);
        assertThat(world.left.inbound).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void invalidKePayloadLeadsToTheWantedGroup() {
        TwoPeers other = new TwoPeers(
                TwoPeers.policy(true),
                TwoPeers.policy(
                        false, Startup.RESPOND, Encapsulation.AUTO, List.of(KeyExchangeMethod.ECP_256), "0.0.0.0/0"));
        other.connect();
        assertThat(other.passesBothWays()).isTrue();
        other.left.event(new IkeEvent.RekeyChildRequested());
        other.run(5 * SECOND);

        assertThat(other.left.reports(ChildSaRekeyed.class)).hasSize(1);
        assertThat(other.passesBothWays()).isTrue();
    }

    @Test
    void noCommonProposalIsReportedAndTriedAgain() {
        TwoPeers other = new TwoPeers(
                TwoPeers.policy(true),
                TwoPeers.policy(
                        false, Startup.RESPOND, Encapsulation.AUTO, List.of(KeyExchangeMethod.ECP_521), "0.0.0.0/0"));
        other.connect();
        other.run(10 * SECOND);

        assertThat(other.left.reports(Down.class).getFirst().cause()).isEqualTo(DownCause.NO_PROPOSAL_CHOSEN);
        assertThat(other.left.reports(IkeReport.Connecting.class).size()).isGreaterThan(1);
        assertThat(other.right.peer.localSpis()).isEmpty();
    }

    @Test
    void forcedUdpEncapsulationMovesToPort4500() {
        TwoPeers other = new TwoPeers(
                TwoPeers.policy(
                        true, Startup.INITIATE, Encapsulation.UDP, List.of(KeyExchangeMethod.CURVE25519), "0.0.0.0/0"),
                TwoPeers.policy(false));
        other.connect();

        assertThat(other.passesBothWays()).isTrue();
        for (TwoPeers.Side side : List.of(other.left, other.right)) {
            assertThat(side.peer.summary().childSas().getFirst().path().udpEncapsulated())
                    .isTrue();
            assertThat(side.peer.summary().ikeSas().getFirst().local().port()).isEqualTo(4500);
            assertThat(side.peer.summary().ikeSas().getFirst().remote().port()).isEqualTo(4500);
        }
    }

    @Test
    void narrowsToWhatThePolicyAllows() {
        TwoPeers other = new TwoPeers(
                TwoPeers.policy(true),
                TwoPeers.policy(
                        false,
                        Startup.RESPOND,
                        Encapsulation.ESP,
                        List.of(KeyExchangeMethod.CURVE25519),
                        "10.0.0.0/8"));
        other.connect();

        assertThat(other.passesBothWays()).isTrue();
        assertThat(other.left.inbound.values().iterator().next().remoteSelectors())
                .hasToString("[10.0.0.0-10.255.255.255]");
    }

    @Test
    void wrongKeyFailsOnBothSidesAndStaysDown() {
        IkePolicy policy = TwoPeers.policy(false);
        IkePolicy wrong = new IkePolicy(
                policy.startup(),
                policy.local(),
                policy.remote(),
                policy.localIdentity(),
                policy.remoteIdentity(),
                TwoPeers.key("another pre-shared key"),
                policy.ikeProposals(),
                policy.espProposals(),
                policy.localSelectors(),
                policy.remoteSelectors(),
                policy.encapsulation(),
                policy.replayWindowPackets(),
                policy.timers());
        TwoPeers other = new TwoPeers(TwoPeers.policy(true), wrong);
        other.connect();

        assertThat(other.left.reports(Down.class).getFirst().cause()).isEqualTo(DownCause.AUTHENTICATION_FAILED);
        assertThat(other.right.reports(Misbehaved.class).getFirst().misbehaviour())
                .isEqualTo(IkeMisbehaviour.AUTHENTICATION_FAILED);
        assertThat(other.left.inbound).isEmpty();
        assertThat(other.right.inbound).isEmpty();
    }

    @Test
    void peerRestartIsNoticedByInitialContact() {
        world.connect();
        world.run(SECOND);
        world.left.peer = world.left.machine.initial();
        world.left.inbound.clear();
        world.left.outbound.clear();
        world.left.event(new IkeEvent.Initiate());
        world.settle();

        assertThat(world.right.reports(Down.class).getFirst().cause()).isEqualTo(DownCause.PEER_RESTARTED);
        assertThat(world.right.peer.summary().ikeSas()).hasSize(1);
        assertThat(world.passesBothWays()).isTrue();
    }
}
