package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.util.Arrays;

/**
 * What a policy's SAs stand on, as 32 octets: SAs that were negotiated under another one are not resumed but made anew. Timers,
 * the size of the replay window and who starts are not in it, because they can change under an SA that stands.
 */
final class PolicyDigest {
    static final int BYTES = 32;

    private PolicyDigest() {}

    /** Keyed with the pre-shared key, so that it changes with it and tells no more about it than AUTH does. */
    static byte[] of(IkePolicy policy) {
        SnapshotWriter out = new SnapshotWriter(0);
        out.endpoint(policy.local()).endpoint(policy.remote());
        identity(out, policy.localIdentity());
        identity(out, policy.remoteIdentity());
        out.list(policy.ikeProposals(), proposal -> ike(out, proposal));
        out.list(policy.espProposals(), proposal -> esp(out, proposal));
        out.list(policy.localSelectors(), selector -> ChildSnapshot.selector(out, selector));
        out.list(policy.remoteSelectors(), selector -> ChildSnapshot.selector(out, selector));
        out.word(policy.encapsulation());
        byte[] digest = Prf.of(PseudorandomFunction.HMAC_SHA2_256, policy.preSharedKey())
                .compute(out.finish());
        return Arrays.copyOf(digest, BYTES);
    }

    private static void identity(SnapshotWriter out, IkeIdentity identity) {
        out.i32(identity.type()).bytes(identity.data());
    }

    private static void ike(SnapshotWriter out, IkeProposal proposal) {
        out.list(proposal.encryption(), out::word);
        out.list(proposal.integrity(), out::word);
        out.list(proposal.pseudorandomFunctions(), out::word);
        out.list(proposal.keyExchange(), out::word);
    }

    private static void esp(SnapshotWriter out, EspProposal proposal) {
        out.list(proposal.encryption(), out::word);
        out.list(proposal.integrity(), out::word);
        out.list(proposal.keyExchange(), out::word);
        out.list(proposal.sequenceNumbers(), out::word);
    }
}
