package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.daemon.control.InnerSizing;
import io.twinspan.daemon.control.TunnelStatus.InnerSize;
import java.net.Inet6Address;
import java.util.List;

/** What fits through a tunnel, by the arithmetic of ESP. */
final class InnerSizes implements InnerSizing {
    @Override
    public InnerSize of(ConnectionConfig connection, TunnelConfig tunnel, EspSuite suite, boolean udpEncapsulated) {
        boolean outerIpv6 = tunnel.outsideRemote() instanceof Inet6Address;
        int mtu = EspOverhead.of(suite, udpEncapsulated, outerIpv6).innerMtuBytes(connection.uplinkMtuBytes());
        return new InnerSize(mtu, EspOverhead.mssIpv4Bytes(mtu));
    }

    /** What fits through any tunnel of a connection, whatever is negotiated: the MTU of its device. */
    int deviceMtuBytes(ConnectionConfig connection) {
        return connection.tunnels().stream()
                .mapToInt(tunnel -> smallest(connection, tunnel))
                .min()
                .orElseThrow();
    }

    private int smallest(ConnectionConfig connection, TunnelConfig tunnel) {
        boolean udp = tunnel.encapsulation() != TunnelConfig.Encapsulation.ESP;
        return tunnel.espProposals().stream()
                .flatMap(proposal -> suites(proposal).stream())
                .mapToInt(suite -> of(connection, tunnel, suite, udp).mtuBytes())
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
