package io.twinspan.daemon.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.daemon.control.RekeyKind;
import io.twinspan.daemon.interop.Suite.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every algorithm of AWS's list, and ChaCha20-Poly1305 and Curve25519, in both phases and both roles. Each case brings up two
 * tunnels with two suites, moves traffic over each, and rekeys each child, because only a rekey uses the group of phase 2.
 */
class SuitesIT {
    private static final int SMALL_BYTES = 4;
    private static final int LARGE_BYTES = 1_300;

    /** How far the ciphers of phase 2 are ahead of those of phase 1 in the list. */
    private static final int SHIFT = 5;

    private record Cipher(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        static Cipher of(Phase phase) {
            return new Cipher(phase.encryption(), phase.integrity());
        }

        Phase with(KeyExchangeMethod group) {
            return new Phase(encryption, integrity, group);
        }
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairs")
    void weStart(Suite first, Suite second) throws Exception {
        check(Scenario.gatewayStartsBoth().withSuites(first, second));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairs")
    void strongSwanStarts(Suite first, Suite second) throws Exception {
        check(Scenario.peerStartsBoth().withSuites(first, second));
    }

    @Test
    void theListLeavesNothingOut() {
        Set<KeyExchangeMethod> groupsOfPhase1 = Arrays.stream(KeyExchangeMethod.values())
                .filter(group -> group != KeyExchangeMethod.MODP_1536)
                .collect(Collectors.toSet());
        assertThat(values(suite -> suite.ike().group())).isEqualTo(groupsOfPhase1);
        assertThat(values(suite -> suite.esp().group())).containsExactlyInAnyOrder(KeyExchangeMethod.values());
        assertThat(values(Suite::prf)).containsExactlyInAnyOrder(PseudorandomFunction.values());
        assertThat(values(suite -> Cipher.of(suite.ike()))).containsExactlyInAnyOrderElementsOf(ciphers());
        assertThat(values(suite -> Cipher.of(suite.esp()))).containsExactlyInAnyOrderElementsOf(ciphers());
    }

    static Stream<Arguments> pairs() {
        List<Suite> suites = suites();
        return Stream.iterate(0, i -> i < suites.size(), i -> i + 2)
                .map(i -> Arguments.of(suites.get(i), suites.get(i + 1)));
    }

    private static void check(Scenario scenario) throws Exception {
        Rig.run(scenario, rig -> {
            rig.awaitRedundant();
            checkTunnel(rig, 1, scenario);
            checkTunnel(rig, 2, scenario);
        });
    }

    private static void checkTunnel(Rig rig, int tunnel, Scenario scenario) {
        Suite suite = scenario.suites().get(tunnel - 1);
        IkeSaSummary ike = rig.tunnel(tunnel).ikeSas().getFirst();
        assertThat(ike.suite())
                .isEqualTo(new IkeSuite(
                        suite.ike().encryption(),
                        suite.ike().integrity(),
                        suite.prf(),
                        suite.ike().group()));
        assertThat(ike.initiator()).isEqualTo(scenario.gatewayStarts());
        EspSuite esp = rig.tunnel(tunnel).childSas().getFirst().suite();
        assertThat(new Cipher(esp.encryption(), esp.integrity())).isEqualTo(Cipher.of(suite.esp()));
        rig.switchTo(tunnel);
        pass(rig);
        if (scenario.gatewayStarts()) {
            rig.rekey(tunnel, RekeyKind.ESP);
        } else {
            rig.rekeyByPeer(tunnel, RekeyKind.ESP);
        }
        assertThat(rig.peer(tunnel).securityAssociations())
                .describedAs("strongSwan's child SA after a rekey with its own key exchange")
                .contains(suite.peerGroupLabel());
        pass(rig);
    }

    private static void pass(Rig rig) {
        rig.assertTrafficPasses(SMALL_BYTES);
        rig.assertTrafficPasses(LARGE_BYTES);
    }

    /** Every group and every cipher in each phase, the phases out of step. */
    private static List<Suite> suites() {
        List<Cipher> ciphers = ciphers();
        PseudorandomFunction[] prfs = PseudorandomFunction.values();
        List<Suite> suites = new ArrayList<>();
        for (KeyExchangeMethod group : KeyExchangeMethod.values()) {
            int i = suites.size();
            // Group 5 is for children only.
            KeyExchangeMethod ikeGroup = group == KeyExchangeMethod.MODP_1536 ? KeyExchangeMethod.MODP_2048 : group;
            suites.add(new Suite(
                    ciphers.get(i % ciphers.size()).with(ikeGroup),
                    prfs[i % prfs.length],
                    ciphers.get((i + SHIFT) % ciphers.size()).with(group)));
        }
        return suites;
    }

    private static List<Cipher> ciphers() {
        return Arrays.stream(EncryptionAlgorithm.values())
                .flatMap(encryption -> Arrays.stream(IntegrityAlgorithm.values())
                        .filter(integrity -> encryption.isAead() == (integrity == IntegrityAlgorithm.NONE))
                        .map(integrity -> new Cipher(encryption, integrity)))
                .toList();
    }

    private static <T> Set<T> values(Function<Suite, T> aspect) {
        return suites().stream().map(aspect).collect(Collectors.toSet());
    }
}
