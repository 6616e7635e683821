package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.net.Inet6Address;
import java.util.List;

/** What fits through a tunnel, by the arithmetic of ESP. Pure. */
public final class InnerSizes {
    private InnerSizes() {}

    /** What encapsulation adds on a tunnel's path. */
    static EspOverhead overhead(TunnelConfig tunnel, EspSuite suite, boolean udpEncapsulated) {
        return EspOverhead.of(suite, udpEncapsulated, tunnel.outsideRemote() instanceof Inet6Address);
    }

    /** What fits through any tunnel of a connection, whatever is negotiated: the MTU of its device before any SA. */
    public static int deviceMtuBytes(ConnectionConfig connection) {
        return connection.tunnels().stream()
                .mapToInt(tunnel -> worstMtuBytes(tunnel, connection.uplinkMtuBytes()))
                .min()
                .orElseThrow();
    }

    /** What fits whatever is negotiated for this tunnel. */
    static int worstMtuBytes(TunnelConfig tunnel, int uplinkMtuBytes) {
        boolean udp = tunnel.encapsulation() != TunnelConfig.Encapsulation.ESP;
        return tunnel.espProposals().stream()
                .flatMap(proposal -> suites(proposal).stream())
                .mapToInt(suite -> overhead(tunnel, suite, udp).innerMtuBytes(uplinkMtuBytes))
                .min()
                .orElseThrow();
    }

    private static List<EspSuite> suites(EspProposal proposal) {
        return proposal.encryption().stream()
                .flatMap(encryption -> integrityFor(encryption, proposal).stream()
                        .map(integrity -> new EspSuite(
                                encryption,
                                integrity,
                                proposal.sequenceNumbers().getFirst())))
                .toList();
    }

    private static List<IntegrityAlgorithm> integrityFor(EncryptionAlgorithm encryption, EspProposal proposal) {
        return encryption.isAead() ? List.of(IntegrityAlgorithm.NONE) : proposal.integrity();
    }
}
