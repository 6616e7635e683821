package io.twinspan.daemon.interop;

import static io.twinspan.crypto.suite.EncryptionAlgorithm.AES_CBC_128;
import static io.twinspan.crypto.suite.IntegrityAlgorithm.HMAC_SHA2_256_128;
import static io.twinspan.crypto.suite.KeyExchangeMethod.MODP_2048;
import static io.twinspan.crypto.suite.PseudorandomFunction.HMAC_SHA2_256;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.interop.Suite.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator reads when the two sides do not agree; the other tunnel is none the worse for it. */
class RefusalIT {
    private static final Suite OTHER = new Suite(
            new Phase(AES_CBC_128, HMAC_SHA2_256_128, MODP_2048),
            HMAC_SHA2_256,
            new Phase(AES_CBC_128, HMAC_SHA2_256_128, MODP_2048));

    @Test
    void aWrongKeyOfOursIsReportedAsSuchAndRetriedWithBackOff() throws Exception {
        Scenario scenario =
                Scenario.gatewayStartsBoth().withGatewayKeys("not.the_Key_of_Tunnel_1", Scenario.KEYS.get(1));
        Rig.run(scenario, rig -> {
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.awaitTrue("three attempts", () -> attempts(rig.tunnel(1)) >= 3);
            assertRefused(rig, "authentication_failed", "AUTHENTICATION_FAILED");
            rig.topology().routeVpcThrough(2);
            rig.assertTrafficPasses(100);
        });
    }

    @Test
    void aPeerWithTheWrongKeyIsRefusedAndReportedAsSuch() throws Exception {
        Scenario scenario = Scenario.peerStartsBoth().withGatewayKeys("not.the_Key_of_Tunnel_1", Scenario.KEYS.get(1));
        Rig.run(scenario, rig -> {
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.awaitTrue("strongSwan is refused", () -> rig.peer(1).log().contains("AUTHENTICATION_FAILED"));
            assertThat(rig.tunnel(1).ikeSas()).isEmpty();
            assertThat(rig.tunnel(1).childSas()).isEmpty();
            assertThat(rig.events()).anySatisfy(event -> {
                assertThat(event.tunnel()).isEqualTo(1);
                assertThat(event.message()).contains("does not prove our pre-shared key");
            });
        });
    }

    @Test
    void aRefusedIkeProposalIsReportedAsSuchAndRetriedWithBackOff() throws Exception {
        Scenario scenario = Scenario.gatewayStartsBoth()
                .withSuites(List.of(OTHER, Suite.DEFAULT), List.of(Suite.DEFAULT, Suite.DEFAULT));
        Rig.run(scenario, rig -> {
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.awaitTrue("three attempts", () -> attempts(rig.tunnel(1)) >= 3);
            assertRefused(rig, "no_proposal_chosen", "NO_PROPOSAL_CHOSEN");
        });
    }

    @Test
    void aRefusedEspProposalIsReportedAsSuch() throws Exception {
        Suite otherChild = new Suite(Suite.DEFAULT.ike(), Suite.DEFAULT.prf(), OTHER.esp());
        Scenario scenario = Scenario.gatewayStartsBoth()
                .withSuites(List.of(otherChild, Suite.DEFAULT), List.of(Suite.DEFAULT, Suite.DEFAULT));
        Rig.run(scenario, rig -> {
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.awaitTrue("tunnel 1 refused", () -> rig.tunnel(1).counts().containsKey("down_no_proposal_chosen"));
            assertThat(rig.tunnel(1).stateReason()).contains("NO_PROPOSAL_CHOSEN");
            assertThat(rig.tunnel(1).childSas()).isEmpty();
        });
    }

    @Test
    void ourRefusalOfStrongSwansProposalReachesIt() throws Exception {
        Scenario scenario = Scenario.peerStartsBoth()
                .withSuites(List.of(OTHER, Suite.DEFAULT), List.of(Suite.DEFAULT, Suite.DEFAULT));
        Rig.run(scenario, rig -> {
            rig.await("traffic on tunnel 2", status -> status.activeTunnel() == 2);
            rig.awaitTrue("strongSwan is refused", () -> rig.peer(1).log().contains("NO_PROPOSAL_CHOSEN"));
            assertThat(rig.tunnel(1).ikeSas()).isEmpty();
        });
    }

    @Test
    void aPeerThatWantsAnotherGroupOfOurListGetsIt() throws Exception {
        // We offer one suite, so strongSwan guesses first: its list leads with a group that we do not have.
        Suite wish = new Suite(
                new Phase(Suite.DEFAULT.ike().encryption(), Suite.DEFAULT.ike().integrity(), KeyExchangeMethod.ECP_256),
                Suite.DEFAULT.prf(),
                Suite.DEFAULT.esp());
        Scenario scenario = Scenario.peerStartsBoth()
                .withPeer(new Scenario.PeerExtras("", "proposals = " + wish.strongSwanIke() + "-ecp384", ""));
        Rig.run(scenario, rig -> {
            rig.awaitRedundant();
            assertThat(rig.tunnel(1).ikeSas().getFirst().suite().keyExchange()).isEqualTo(KeyExchangeMethod.ECP_384);
            assertThat(rig.peer(1).log()).contains("parsed IKE_SA_INIT response 0 [ N(INVAL_KE) ]");
        });
    }

    private static void assertRefused(Rig rig, String cause, String notify) {
        TunnelStatus tunnel = rig.tunnel(1);
        assertThat(tunnel.counts()).containsKey("down_" + cause);
        assertThat(tunnel.stateReason()).contains(notify);
        assertThat(tunnel.childSas()).isEmpty();
        assertThat(rig.count("tunnel.backing-off", 1))
                .describedAs("journalled pauses before another attempt")
                .isPositive();
        assertThat(rig.count("tunnel.down", 2)).isZero();
    }

    private static long attempts(TunnelStatus tunnel) {
        return tunnel.counts().getOrDefault("connection_attempts", 0L);
    }
}
