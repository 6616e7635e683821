package io.twinspan.daemon.control;

import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.ike.IkeSaManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes snapshots of the control plane. Control loop only. */
final class StatusSnapshot {
    private final ControlPlane control;
    private final IkeSaManager ike;
    private final Function<String, Optional<Instant>> drillPassed;
    private final InnerSizing sizing;
    private final Supplier<SnapshotClock> clock;
    private final RunFacts facts;
    private final Instant startedAt;
    private Supplier<ReloadFacts> reload;

    StatusSnapshot(
            ControlPlane control,
            IkeSaManager ike,
            Function<String, Optional<Instant>> drillPassed,
            InnerSizing sizing,
            Supplier<SnapshotClock> clock,
            RunFacts facts) {
        this.control = control;
        this.ike = ike;
        this.drillPassed = drillPassed;
        this.sizing = sizing;
        this.clock = clock;
        this.facts = facts;
        this.startedAt = clock.get().wall();
        ReloadFacts started = ReloadFacts.started(startedAt);
        this.reload = () -> started;
    }

    void reloads(Supplier<ReloadFacts> newReload) {
        reload = newReload;
    }

    SnapshotClock now() {
        return clock.get();
    }

    GatewayStatus take() {
        SnapshotClock now = clock.get();
        return new GatewayStatus(
                now.wall(),
                facts,
                startedAt,
                control.connections().stream()
                        .map(connection -> connectionStatus(connection, now))
                        .toList(),
                control.drops(),
                reload.get());
    }

    private ConnectionStatus connectionStatus(ConnectionControl connection, SnapshotClock now) {
        return new ConnectionStatus(
                connection.config().name(),
                connection.state(),
                connection.failover().active(),
                connection.failover().carrying(),
                connection.failover().redundant(),
                connection.stateSince(),
                connection.log().switches(),
                drillPassed.apply(connection.config().name()).orElse(null),
                new ConnectionStatus.Networks(
                        connection.config().localPrefixes(), connection.config().remotePrefixes()),
                connection.tunnels().stream()
                        .map(tunnel -> tunnelStatus(connection, tunnel, now))
                        .toList());
    }

    private TunnelStatus tunnelStatus(ConnectionControl connection, TunnelControl tunnel, SnapshotClock now) {
        TunnelConfig config = tunnel.config();
        IkePeerSummary summary = ike.summary(tunnel.name());
        TunnelCounters counters = connection.dataPlane().counters(config.number());
        return new TunnelStatus(
                config.number(),
                tunnel.shown(),
                tunnel.shownSince(),
                tunnel.shownReason(),
                tunnel.outsideLocal(),
                config.outsideRemote(),
                config.insideLocal(),
                config.insideRemote(),
                config.insidePrefixLength(),
                innerSize(connection, config, summary),
                new TunnelStatus.Traffic(
                        counters.packetsIn(), counters.bytesIn(), counters.packetsOut(), counters.bytesOut()),
                counters.drops(),
                tunnel.journal().misbehaviour(),
                counts(tunnel, counters),
                summary.ikeSas(),
                summary.childSas(),
                sequences(connection, config.number()),
                tunnel.roundTripNanos(),
                connection.watch(config.number()).status(),
                now);
    }

    private static Map<Integer, TunnelStatus.SequencesUsed> sequences(ConnectionControl connection, int tunnel) {
        Map<Integer, TunnelStatus.SequencesUsed> result = new TreeMap<>();
        connection
                .dataPlane()
                .sequences(tunnel)
                .forEach((spi, use) -> result.put(spi, new TunnelStatus.SequencesUsed(use.in(), use.out())));
        return result;
    }

    private static Map<String, Long> counts(TunnelControl tunnel, TunnelCounters counters) {
        Map<String, Long> all = new TreeMap<>(tunnel.journal().counts());
        all.putAll(counters.sizes().byName());
        return all;
    }

    /** By the child SA in use; before there is one, by what would be offered first. */
    private TunnelStatus.InnerSize innerSize(
            ConnectionControl connection, TunnelConfig config, IkePeerSummary summary) {
        if (summary.childSas().isEmpty()) {
            boolean udp = config.encapsulation() != TunnelConfig.Encapsulation.ESP;
            return sizing.of(connection.config(), config, firstSuite(config), udp);
        }
        IkePeerSummary.ChildSaSummary child = summary.childSas().getFirst();
        return sizing.of(
                connection.config(), config, child.suite(), child.path().udpEncapsulated());
    }

    /** The suite that a tunnel offers first. */
    static EspSuite firstSuite(TunnelConfig config) {
        EspProposal proposal = config.espProposals().getFirst();
        EncryptionAlgorithm encryption = proposal.encryption().getFirst();
        IntegrityAlgorithm integrity = encryption.isAead()
                ? IntegrityAlgorithm.NONE
                : proposal.integrity().getFirst();
        return new EspSuite(encryption, integrity, proposal.sequenceNumbers().getFirst());
    }
}
