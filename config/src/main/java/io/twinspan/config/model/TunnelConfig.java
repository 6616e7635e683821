package io.twinspan.config.model;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * One tunnel of a connection: an outside address pair, an inside address pair, a key and what may be negotiated.
 *
 * @param number 1 or 2
 * @param enabled false keeps it down until {@code twinspan up}
 * @param startup who starts the IKE exchange
 * @param bind where to send from
 * @param outsideRemote the AWS endpoint; the unspecified address accepts any peer, which only a responder can
 * @param insideLocal our inside address
 * @param insideRemote AWS's inside address
 * @param insidePrefixLength usually 30
 * @param localIdentity what we call ourselves: an address literal or a name; by default the address AWS knows us by
 * @param remoteIdentity what the peer must call itself; by default its outside address
 * @param preSharedKey read from its file when the configuration was loaded
 * @param encapsulation ESP in UDP, protocol 50, or as NAT detection says
 * @param ikeProposals offered and accepted for the IKE SA
 * @param espProposals offered and accepted for the child SA
 * @param localSelectors phase-2 selectors of our side, usually 0.0.0.0/0
 * @param remoteSelectors phase-2 selectors of AWS's side, usually 0.0.0.0/0
 * @param ikeLifetime hard lifetime of an IKE SA
 * @param espLifetime hard lifetime of a child SA
 * @param livenessInterval silence after which a liveness check is sent
 * @param livenessTimeout how long an unanswered check is retried before the peer counts as dead
 * @param replayWindowPackets inbound window, 32..4096
 * @param probe how its path is watched
 */
public record TunnelConfig(
        int number,
        boolean enabled,
        Startup startup,
        BindAddress bind,
        InetAddress outsideRemote,
        InetAddress insideLocal,
        InetAddress insideRemote,
        int insidePrefixLength,
        String localIdentity,
        String remoteIdentity,
        SecretBytes preSharedKey,
        Encapsulation encapsulation,
        List<IkeProposal> ikeProposals,
        List<EspProposal> espProposals,
        List<IpPrefix> localSelectors,
        List<IpPrefix> remoteSelectors,
        Duration ikeLifetime,
        Duration espLifetime,
        Duration livenessInterval,
        Duration livenessTimeout,
        int replayWindowPackets,
        ProbeConfig probe) {
    public TunnelConfig {
        ikeProposals = List.copyOf(ikeProposals);
        espProposals = List.copyOf(espProposals);
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
    }

    /** Who starts the IKE exchange. */
    public enum Startup {
        INITIATE,
        RESPOND
    }

    /** How ESP travels. */
    public enum Encapsulation {
        AUTO,
        UDP,
        ESP
    }

    /** Which outside address of this host to send from. */
    public sealed interface BindAddress {
        /** The source address of the host's route to the AWS endpoint, found when the daemon starts. */
        record OfRouteToPeer() implements BindAddress {}

        /** A configured address. */
        record Fixed(InetAddress address) implements BindAddress {}
    }
}
