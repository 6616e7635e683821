package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IkeSuite;
import java.util.List;

/**
 * What a status display shows of an {@link IkePeer}; no keys. Instants are nanoseconds on the step's clock.
 *
 * @param phase where the peer stands
 * @param ikeSas established IKE SAs, the one in use first
 * @param childSas child SAs, the one that carries outbound traffic first
 */
public record IkePeerSummary(Phase phase, List<IkeSaSummary> ikeSas, List<ChildSaSummary> childSas) {
    public IkePeerSummary {
        ikeSas = List.copyOf(ikeSas);
        childSas = List.copyOf(childSas);
    }

    /** Coarse state of a peer. */
    public enum Phase {
        IDLE,
        CONNECTING,
        ESTABLISHED,
        BACKING_OFF,
        CLOSING
    }

    /** One IKE SA. */
    public record IkeSaSummary(
            long localSpi,
            long remoteSpi,
            boolean initiator,
            IkeSuite suite,
            boolean natLocal,
            boolean natRemote,
            Endpoint local,
            Endpoint remote,
            long establishedNanos,
            long rekeyNanos,
            long expireNanos) {}

    /** One child SA. */
    public record ChildSaSummary(
            int inboundSpi,
            int outboundSpi,
            EspSuite suite,
            EspPath path,
            boolean sending,
            long establishedNanos,
            long rekeyNanos,
            long expireNanos) {}
}
