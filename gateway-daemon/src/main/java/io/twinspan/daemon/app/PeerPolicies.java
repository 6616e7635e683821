package io.twinspan.daemon.app;

import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkeIdentity;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.ike.session.IkeTimers;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.primitive.PrimitiveSelfTest;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Turns a tunnel's configuration into the policy of its IKE machine. */
final class PeerPolicies {
    private static final int IKE_PORT = 500;

    private final PrimitiveSelfTest algorithms;

    PeerPolicies(PrimitiveSelfTest algorithms) {
        this.algorithms = algorithms;
    }

    /**
     * The policy of a tunnel.
     *
     * @param name of the tunnel, for messages
     * @param local our outside address
     * @throws StartupException where nothing that the configuration offers works on this machine
     */
    IkePolicy of(String name, TunnelConfig tunnel, InetAddress local) {
        return new IkePolicy(
                switch (tunnel.startup()) {
                    case INITIATE -> IkePolicy.Startup.INITIATE;
                    case RESPOND -> IkePolicy.Startup.RESPOND;
                },
                new Endpoint(local, IKE_PORT),
                new Endpoint(tunnel.outsideRemote(), IKE_PORT),
                identity(tunnel.localIdentity()),
                identity(tunnel.remoteIdentity()),
                tunnel.preSharedKey(),
                ikeProposals(name, tunnel.ikeProposals()),
                espProposals(name, tunnel.espProposals()),
                selectors(tunnel.localSelectors()),
                selectors(tunnel.remoteSelectors()),
                switch (tunnel.encapsulation()) {
                    case AUTO -> IkePolicy.Encapsulation.AUTO;
                    case UDP -> IkePolicy.Encapsulation.UDP;
                    case ESP -> IkePolicy.Encapsulation.ESP;
                },
                tunnel.replayWindowPackets(),
                timers(tunnel));
    }

    private List<IkeProposal> ikeProposals(String name, List<IkeProposal> wanted) {
        return nonEmpty(
                name,
                "IKE",
                wanted.stream()
                        .map(algorithms::offerable)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private List<EspProposal> espProposals(String name, List<EspProposal> wanted) {
        return nonEmpty(
                name,
                "ESP",
                wanted.stream()
                        .map(algorithms::offerable)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private static <P> List<P> nonEmpty(String name, String kind, List<P> proposals) {
        if (proposals.isEmpty()) {
            throw StartupException.invalidConfiguration(
                    "tunnel " + name + " offers no " + kind + " suite that passes its self-test on this machine",
                    "offer another suite, or use a Java runtime with its usual providers");
        }
        return proposals;
    }

    /** RFC 7296 section 3.5: an address literal, a mailbox, or a name. */
    private static IkeIdentity identity(String text) {
        try {
            return IkeIdentity.ofAddress(IpPrefix.parseAddress(text));
        } catch (IllegalArgumentException e) {
            return text.indexOf('@') > 0
                    ? new IkeIdentity(IkeIdentity.ID_RFC822_ADDR, text.getBytes(StandardCharsets.US_ASCII))
                    : IkeIdentity.ofName(text);
        }
    }

    private static List<TrafficSelector> selectors(List<IpPrefix> prefixes) {
        return prefixes.stream().map(TrafficSelector::ofPrefix).toList();
    }

    private static IkeTimers timers(TunnelConfig tunnel) {
        IkeTimers defaults = IkeTimers.defaults();
        return new IkeTimers(
                tunnel.livenessInterval().toNanos(),
                defaults.retransmitNanos(),
                defaults.retransmitFactorPercent(),
                defaults.retransmitMaxNanos(),
                tunnel.livenessTimeout().toNanos(),
                tunnel.ikeLifetime().toNanos(),
                tunnel.espLifetime().toNanos(),
                defaults.rekeyPercent(),
                defaults.rekeyJitterPercent(),
                defaults.reconnectFirstNanos(),
                defaults.reconnectMaxNanos(),
                defaults.reconnectJitterPercent(),
                defaults.natKeepaliveNanos());
    }
}
