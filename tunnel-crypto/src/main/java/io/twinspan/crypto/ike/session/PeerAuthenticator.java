package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.auth.AuthOctets;
import io.twinspan.crypto.ike.auth.PskAuthenticator;
import io.twinspan.crypto.ike.message.IkePayload.Authentication;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;

/** AUTH of both sides of one IKE SA (RFC 7296 section 2.15). */
final class PeerAuthenticator {
    private final IkePolicy policy;
    private final SaCore core;
    private final InitMessages messages;

    PeerAuthenticator(IkePolicy policy, SaCore core, InitMessages messages) {
        this.policy = policy;
        this.core = core;
        this.messages = messages;
    }

    /** Our AUTH payload. */
    Authentication ours() {
        byte[] octets = octets(core.initiator(), policy.localIdentity());
        return new Authentication(
                Authentication.SHARED_KEY_MIC, PskAuthenticator.compute(prf(), policy.preSharedKey(), octets));
    }

    /**
     * True where the peer is who it must be and proves it. Identity, method and proof are all looked at before the answer,
     * so that a wrong key and a wrong identity take the same way and the same time.
     */
    boolean accepts(IkeIdentity claimed, Authentication theirs) {
        byte[] octets = octets(!core.initiator(), claimed);
        boolean proven = PskAuthenticator.verify(
                prf(), policy.preSharedKey(), octets, theirs.data().toArray());
        // No field of the peer can choose a weaker check: only the configured method counts.
        boolean methodIsOurs = theirs.method() == Authentication.SHARED_KEY_MIC;
        boolean expected = policy.remoteIdentity().equals(claimed);
        return proven && methodIsOurs && expected;
    }

    private byte[] octets(boolean ofInitiator, IkeIdentity identity) {
        SecretBytes skP = ofInitiator ? core.keys().skPi() : core.keys().skPr();
        byte[] message = ofInitiator ? messages.request() : messages.response();
        byte[] nonceOfOther = core.nonces().get(ofInitiator ? 1 : 0);
        return AuthOctets.of(prf(), skP, message, nonceOfOther, Identities.body(identity));
    }

    private PseudorandomFunction prf() {
        return core.suite().pseudorandomFunction();
    }
}
