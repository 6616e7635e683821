package io.twinspan.crypto.ike.protect;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessageDecoder;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;

/**
 * Puts the fragments of one IKE SA's messages together (RFC 7383 section 2.6). An immutable value: each fragment gives
 * the next assembler.
 *
 * <p>Only authentic fragments come here, so a forged one cannot displace a good one. There is room for one request and
 * one response at a time, each of at most {@link #MAX_MESSAGE_BYTES}; a newer message id displaces an older one.
 */
public final class FragmentAssembler {
    /** Octets of payloads that one message may have in all its fragments. */
    public static final int MAX_MESSAGE_BYTES = 65_535;

    private final boolean negotiated;
    private final FragmentSet request;
    private final FragmentSet response;

    private FragmentAssembler(boolean negotiated, FragmentSet request, FragmentSet response) {
        this.negotiated = negotiated;
        this.request = request;
        this.response = response;
    }

    /**
     * An assembler that holds nothing.
     *
     * @param negotiated whether both sides sent IKEV2_FRAGMENTATION_SUPPORTED; if not, every fragment is ignored
     */
    public static FragmentAssembler empty(boolean negotiated) {
        return new FragmentAssembler(negotiated, FragmentSet.NONE, FragmentSet.NONE);
    }

    /** Takes one fragment. Never throws. */
    public Assembly accept(AuthenticFragment fragment) {
        // RFC 7383 section 2.3: fragments are only for those who both said they understand them.
        if (!negotiated) {
            return ignored(Ignored.NOT_NEGOTIATED);
        }
        if (fragment.number() < 1
                || fragment.number() > fragment.total()
                || fragment.total() > SkPayload.MAX_FRAGMENTS
                || fragment.plaintext().isEmpty()) {
            return ignored(Ignored.INVALID_NUMBERS);
        }
        boolean isResponse = fragment.header().isResponse();
        FragmentSet before = isResponse ? response : request;
        return switch (before.add(fragment)) {
            case FragmentSet.Addition.Rejected(Ignored because) -> ignored(because);
            case FragmentSet.Addition.Held(FragmentSet set) -> new Assembly(with(isResponse, set), new Waiting());
            case FragmentSet.Addition.Full(FragmentSet set) -> {
                IkeHeader header = fragment.header();
                DecodeResult content = IkeMessageDecoder.decodeInner(header, set.firstInnerType(), set.join());
                yield new Assembly(with(isResponse, set.emptied()), new Complete(header, content));
            }
        };
    }

    /** Octets of payload held in sets that are not complete. */
    public int heldBytes() {
        return request.bytes() + response.bytes();
    }

    private FragmentAssembler with(boolean isResponse, FragmentSet set) {
        return isResponse
                ? new FragmentAssembler(negotiated, request, set)
                : new FragmentAssembler(negotiated, set, response);
    }

    private Assembly ignored(Ignored because) {
        return new Assembly(this, because);
    }

    /**
     * Result of one fragment.
     *
     * @param next the assembler that takes the next one
     */
    public record Assembly(FragmentAssembler next, Outcome outcome) {}

    /** What a fragment brought about. */
    public sealed interface Outcome permits Complete, Waiting, Ignored {}

    /**
     * The last missing fragment.
     *
     * @param header of that fragment; flags, SPIs and message id are those of the message
     * @param content the payloads of the whole message
     */
    public record Complete(IkeHeader header, DecodeResult content) implements Outcome {}

    /** More are needed. */
    public record Waiting() implements Outcome {}

    /** The fragment changed nothing. */
    public enum Ignored implements Outcome {
        /** No IKEV2_FRAGMENTATION_SUPPORTED from both sides. */
        NOT_NEGOTIATED,
        /** Number or total out of range, or nothing inside. */
        INVALID_NUMBERS,
        /** Already there, or its message was complete before. */
        DUPLICATE,
        /** Fewer fragments in total than others of the message said (RFC 7383 section 2.6). */
        SMALLER_TOTAL,
        /** Of an older message than the one that is being put together. */
        OLD_MESSAGE,
        /** The message would grow past {@link #MAX_MESSAGE_BYTES}. */
        TOO_LONG
    }
}
