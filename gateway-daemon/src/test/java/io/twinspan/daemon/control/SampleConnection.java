package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.util.List;

/** The connection of {@link ConnectionControlTest} with something to offer for its child SAs. */
final class SampleConnection {
    private SampleConnection() {}

    static ConnectionConfig offering(List<EspSuite> suites) {
        ConnectionConfig base = ConnectionControlTest.connection(false);
        return new ConnectionConfig(
                base.name(),
                base.device(),
                base.localPrefixes(),
                base.remotePrefixes(),
                base.uplinkMtuBytes(),
                base.mtu(),
                base.failover(),
                base.tunnels().stream().map(tunnel -> offering(tunnel, suites)).toList());
    }

    private static TunnelConfig offering(TunnelConfig base, List<EspSuite> suites) {
        return new TunnelConfig(
                base.number(),
                base.enabled(),
                base.startup(),
                base.bind(),
                base.outsideRemote(),
                base.insideLocal(),
                base.insideRemote(),
                base.insidePrefixLength(),
                base.localIdentity(),
                base.remoteIdentity(),
                base.preSharedKey(),
                base.encapsulation(),
                base.ikeProposals(),
                suites.stream().map(SampleConnection::proposal).toList(),
                base.localSelectors(),
                base.remoteSelectors(),
                base.ikeLifetime(),
                base.espLifetime(),
                base.livenessInterval(),
                base.livenessTimeout(),
                base.replayWindowPackets(),
                base.probe());
    }

    private static EspProposal proposal(EspSuite suite) {
        List<IntegrityAlgorithm> integrity = suite.encryption().isAead() ? List.of() : List.of(suite.integrity());
        return new EspProposal(List.of(suite.encryption()), integrity, List.of(), List.of(suite.sequenceNumbers()));
    }
}
