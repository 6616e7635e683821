package io.twinspan.crypto.ike.protect;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.Octets;

/** What {@link SkPayload#open} made of a datagram. */
public sealed interface OpenResult {
    /**
     * A whole message that the peer really sent. Its content may still break the rules, which then deserves an answer:
     * only {@link DecodeResult.Decoded}, {@link DecodeResult.Malformed} and {@link DecodeResult.UnsupportedCritical}
     * come here.
     *
     * @param content the payloads that were inside SK; those beside it are left out
     */
    record Authentic(IkeHeader header, DecodeResult content) implements OpenResult {}

    /**
     * A fragment that the peer really sent, for {@link FragmentAssembler}.
     *
     * @param firstInnerType type of the first payload inside, from fragment 1
     * @param number 1..total
     * @param plaintext its part of the payload chain
     */
    record AuthenticFragment(IkeHeader header, int firstInnerType, int number, int total, Octets plaintext)
            implements OpenResult {}

    /** The integrity check failed, or there was no room for one: drop it, nothing has happened (section 2.21). */
    record IntegrityFailed(IkeHeader header) implements OpenResult {}

    /** A well-formed message without SK or SKF. */
    record NotProtected(IkeMessage message) implements OpenResult {}

    /** Not a well-formed message at all; never {@link DecodeResult.Decoded}. */
    record Refused(DecodeResult because) implements OpenResult {}
}
