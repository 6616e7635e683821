package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.IkeSaSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.Phase;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingAuth;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingSaInit;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.time.Deadline;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything known about one IKE peer: its IKE SAs, its child SAs and its reconnect back-off. Immutable; only
 * {@link IkePeerMachine} makes new ones.
 */
public final class IkePeer {
    private final Map<Long, IkeSa> sas;
    private final Map<Integer, ChildSa> children;
    private final Map<Integer, Lingering> lingering;
    private final PeerFacts facts;

    IkePeer(Map<Long, IkeSa> sas, Map<Integer, ChildSa> children, Map<Integer, Lingering> lingering, PeerFacts facts) {
        this.sas = Collections.unmodifiableMap(new LinkedHashMap<>(sas));
        this.children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        this.lingering = Collections.unmodifiableMap(new LinkedHashMap<>(lingering));
        this.facts = facts;
    }

    static IkePeer initial() {
        return new IkePeer(Map.of(), Map.of(), Map.of(), PeerFacts.initial());
    }

    /** Our SPIs of all IKE SAs, half-open ones included: datagrams that carry one of them belong to this peer. */
    public Set<Long> localSpis() {
        return sas.keySet();
    }

    /** Our inbound SPIs of all child SAs, those that only open late packets included. */
    public Set<Integer> inboundSpis() {
        Set<Integer> spis = new HashSet<>(children.keySet());
        spis.addAll(lingering.keySet());
        return spis;
    }

    /** What a status display shows. */
    public IkePeerSummary summary() {
        List<IkeSaSummary> ikeSas = sas.values().stream()
                .filter(Established.class::isInstance)
                .map(Established.class::cast)
                .sorted(Comparator.comparingInt(sa -> sa.isActive() ? 0 : 1))
                .map(IkePeer::summaryOf)
                .toList();
        List<ChildSaSummary> childSas = children.values().stream()
                .sorted(Comparator.comparingInt(child -> child.sending() ? 0 : 1))
                .map(IkePeer::summaryOf)
                .toList();
        return new IkePeerSummary(phase(), ikeSas, childSas);
    }

    /** Copies of the keys of all ESP SAs, both directions, those that only open late packets included. */
    public List<EspSaKeys> keys() {
        return Stream.concat(
                        children.values().stream(), lingering.values().stream().map(Lingering::child))
                .flatMap(child -> {
                    InetAddress ours = child.path().local().address();
                    InetAddress theirs = child.path().remote().address();
                    return Stream.of(
                            new EspSaKeys(
                                    child.inboundSpi(),
                                    child.suite(),
                                    child.keys().inbound().copy(),
                                    theirs,
                                    ours),
                            new EspSaKeys(
                                    child.outboundSpi(),
                                    child.suite(),
                                    child.keys().outbound().copy(),
                                    ours,
                                    theirs));
                })
                .toList();
    }

    Map<Long, IkeSa> sas() {
        return sas;
    }

    Map<Integer, ChildSa> children() {
        return children;
    }

    /** Deleted child SAs that still open late packets, by inbound SPI. */
    Map<Integer, Lingering> lingering() {
        return lingering;
    }

    PeerFacts facts() {
        return facts;
    }

    private Phase phase() {
        boolean established = sas.values().stream().anyMatch(Established.class::isInstance);
        if (facts.drive().desire() == Drive.Desire.DOWN) {
            return established ? Phase.CLOSING : Phase.IDLE;
        }
        if (sas.values().stream().anyMatch(sa -> sa instanceof Established live && live.isActive())) {
            return Phase.ESTABLISHED;
        }
        if (sas.values().stream().anyMatch(sa -> sa instanceof AwaitingSaInit || sa instanceof AwaitingAuth)) {
            return Phase.CONNECTING;
        }
        return facts.drive().reconnectNanos() == Deadline.NEVER ? Phase.IDLE : Phase.BACKING_OFF;
    }

    private static IkeSaSummary summaryOf(Established sa) {
        return new IkeSaSummary(
                sa.localSpi(),
                sa.remoteSpi(),
                sa.initiator(),
                sa.core().suite(),
                sa.path().natLocal(),
                sa.path().natRemote(),
                sa.path().local(),
                sa.path().remote(),
                sa.clock().establishedNanos(),
                sa.clock().rekeyNanos(),
                sa.clock().expireNanos());
    }

    private static ChildSaSummary summaryOf(ChildSa child) {
        return new ChildSaSummary(
                child.inboundSpi(),
                child.outboundSpi(),
                child.suite(),
                child.path(),
                child.sending(),
                child.establishedNanos(),
                child.rekeyNanos(),
                child.expireNanos());
    }
}
