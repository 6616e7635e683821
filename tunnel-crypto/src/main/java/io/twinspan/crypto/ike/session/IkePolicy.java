package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import java.util.List;

/**
 * What one tunnel's IKE peer may negotiate, and with whom.
 *
 * @param startup whether we start the connection or only answer
 * @param local our outside endpoint for IKE on port 500; its address is the one to send from
 * @param remote the peer's outside endpoint on port 500; null octets of the family ({@code 0.0.0.0}, {@code ::}) accept a
 *     peer at any address, which only a responder can
 * @param localIdentity what we call ourselves in IDi or IDr
 * @param remoteIdentity what the peer must call itself
 * @param preSharedKey the shared secret; never printed
 * @param ikeProposals what we offer and accept for the IKE SA, most wanted first
 * @param espProposals what we offer and accept for the child SA, most wanted first
 * @param localSelectors our side's traffic; usually the whole address space, as AWS wants one SA pair
 * @param remoteSelectors the peer's side
 * @param encapsulation ESP in UDP or protocol 50
 * @param replayWindowPackets inbound replay window, 32..4096
 * @param timers all durations
 */
public record IkePolicy(
        Startup startup,
        Endpoint local,
        Endpoint remote,
        IkeIdentity localIdentity,
        IkeIdentity remoteIdentity,
        SecretBytes preSharedKey,
        List<IkeProposal> ikeProposals,
        List<EspProposal> espProposals,
        List<TrafficSelector> localSelectors,
        List<TrafficSelector> remoteSelectors,
        Encapsulation encapsulation,
        int replayWindowPackets,
        IkeTimers timers) {
    public IkePolicy {
        ikeProposals = List.copyOf(ikeProposals);
        espProposals = List.copyOf(espProposals);
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
    }

    /** Who starts; either kind answers when the peer starts. */
    public enum Startup {
        /** Connect, and reconnect for ever after any loss. */
        INITIATE,
        /** Wait for the peer. */
        RESPOND
    }

    /** How ESP travels. */
    public enum Encapsulation {
        /** UDP 4500 where NAT detection finds a NAT, protocol 50 otherwise (RFC 7296 section 2.23). */
        AUTO,
        /** UDP 4500 always: our NAT detection payloads are made not to match. A peer that sends none is refused. */
        UDP,
        /** Protocol 50 always; NAT detection is not offered. */
        ESP
    }
}
