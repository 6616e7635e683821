package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.control.TunnelTarget;
import io.twinspan.daemon.interop.Scenario.PeerExtras;
import io.twinspan.daemon.interop.Suite.Phase;
import io.twinspan.daemon.lab.LabTopology;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Narrowing, fragmentation, cookies, and what Wireshark makes of our handshake. */
class NegotiationIT {
    private static final String FROM_US = "ip.src == 198.51.100.2";

    @Test
    void strongSwanNarrowsItsSelectorsAndTheTunnelCarriesWhatIsLeft() throws Exception {
        PeerExtras narrower = new PeerExtras("", "", "local_ts = 172.31.0.0/24");
        Rig.runBare(Scenario.gatewayStartsBoth().withPeer(narrower), rig -> {
            for (int tunnel = 1; tunnel <= 2; tunnel++) {
                rig.startPeer(tunnel);
                // Its plugin takes selectors only where it has an address in them to route with.
                rig.topology().endpoint(tunnel).address("lo", "172.31.0.1/32");
            }
            rig.startGateway();
            rig.awaitRedundant();
            rig.switchTo(1);
            assertThat(rig.peer(1).securityAssociations()).contains("172.31.0.0/24");
            rig.assertTrafficPasses(100);
            rig.rekey(1, RekeyKind.ESP);
            rig.assertTrafficPasses(100);
        });
    }

    @Test
    void fragmentsPassBothWays() throws Exception {
        // An 8,192-bit public value does not fit into one message of ours, and needs four of strongSwan's fragments
        // here.
        Suite big = new Suite(
                new Phase(
                        EncryptionAlgorithm.AES_CBC_256,
                        IntegrityAlgorithm.HMAC_SHA2_512_256,
                        KeyExchangeMethod.ECP_256),
                PseudorandomFunction.HMAC_SHA2_512,
                new Phase(EncryptionAlgorithm.AES_GCM_16_128, IntegrityAlgorithm.NONE, KeyExchangeMethod.MODP_8192));
        PeerExtras fragments = new PeerExtras("fragment_size = 400", "fragmentation = yes", "");
        Rig.run(Scenario.gatewayStartsBoth().withSuites(big, big).withPeer(fragments), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.rekey(1, RekeyKind.ESP);
            rig.rekeyByPeer(1, RekeyKind.ESP);
            rig.assertTrafficPasses(100);
            assertThat(rig.peer(1).log()).contains("splitting IKE message").contains("received fragment #1");
            // On a busy machine we ask twice and are answered twice; everything else would be a fault.
            assertThat(Set.of("unexpected_response"))
                    .containsAll(rig.tunnel(1).misbehaviour().keySet());
        });
    }

    @Test
    void aCookieIsReturned() throws Exception {
        PeerExtras cookies = new PeerExtras("cookie_threshold = 1", "", "");
        Rig.run(Scenario.gatewayStartsBoth().withQuickLiveness().withPeer(cookies), rig -> {
            rig.awaitRedundant();
            rig.stopGateway();
            // Our first attempt is answered into the void and stays half-open; from the second on there is a cookie.
            String wayBack = LabTopology.GATEWAY_PUBLIC + "/32";
            rig.topology().internet().run("ip", "route", "add", "blackhole", wayBack);
            rig.startGateway();
            rig.awaitTrue(
                    "strongSwan asks for a cookie",
                    () -> rig.peer(1).log().contains("generating IKE_SA_INIT response 0 [ N(COOKIE) ]"));
            rig.topology().internet().run("ip", "route", "del", wayBack);
            rig.awaitRedundant();
            rig.tap().close();
            assertThat(CaptureJudge.select(
                            rig.capture(), FROM_US + " && isakmp.exchangetype == 34 && isakmp.notify.msgtype == 16390"))
                    .describedAs("our IKE_SA_INIT with the cookie")
                    .isNotEmpty();
        });
    }

    @Test
    void wiresharkDecodesOurHandshakeAndOurDelete() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            rig.switchTo(1);
            rig.assertTrafficPasses(1_300);
            rig.stopGateway();
            rig.tap().close();
            assertThat(CaptureJudge.field(
                            rig.capture(), FROM_US + " && isakmp.exchangetype == 34", "isakmp.typepayload"))
                    .describedAs("our IKE_SA_INIT: SA, KE, nonce, notifies")
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(types -> assertThat(types.split(",", -1)).contains("33", "34", "40", "41"));
            assertThat(CaptureJudge.select(rig.capture(), FROM_US + " && isakmp.exchangetype == 35"))
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(CaptureJudge.select(rig.capture(), FROM_US + " && isakmp.exchangetype == 37"))
                    .describedAs("our DELETE in an INFORMATIONAL exchange")
                    .hasSizeGreaterThanOrEqualTo(2);
            assertThat(CaptureJudge.select(rig.capture(), FROM_US + " && udp.port == 4500 && esp"))
                    .describedAs("our ESP in UDP")
                    .isNotEmpty();
        });
    }

    @Test
    void anOperatorsDownReachesStrongSwanAndAnUpConnectsAgain() throws Exception {
        Rig.run(Scenario.gatewayStartsBoth(), rig -> {
            rig.awaitRedundant();
            rig.order(api -> api.down(new TunnelTarget(GatewayFiles.CONNECTION, 1)));
            rig.awaitTrue(
                    "strongSwan has no SA",
                    () -> !rig.peer(1).securityAssociations().contains("ESTABLISHED"));
            rig.order(api -> api.up(new TunnelTarget(GatewayFiles.CONNECTION, 1)));
            rig.awaitRedundant();
        });
    }
}
