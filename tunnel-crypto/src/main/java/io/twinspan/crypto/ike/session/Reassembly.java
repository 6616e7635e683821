package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.protect.FragmentAssembler;
import java.util.ArrayList;
import java.util.List;

/**
 * Fragments of messages that are not complete, and the datagrams that brought those of a request: a retransmission is
 * known by its octets (RFC 7383 section 2.6.1).
 *
 * @param assembler puts them together
 * @param requestParts at most {@link #MAX_PARTS}
 */
record Reassembly(FragmentAssembler assembler, List<byte[]> requestParts) {
    private static final int MAX_PARTS = 128;

    Reassembly {
        requestParts = List.copyOf(requestParts);
    }

    static Reassembly empty(boolean negotiated) {
        return new Reassembly(FragmentAssembler.empty(negotiated), List.of());
    }

    Reassembly with(FragmentAssembler next) {
        return new Reassembly(next, requestParts);
    }

    /**
     * Keeps one more part.
     *
     * @param number of the fragment; the first one leads, whatever came first, because its repetition alone is answered
     */
    Reassembly withRequestPart(int number, byte[] datagram) {
        if (requestParts.size() >= MAX_PARTS) {
            return this;
        }
        List<byte[]> more = new ArrayList<>(requestParts);
        more.add(number == 1 ? 0 : more.size(), datagram);
        return new Reassembly(assembler, more);
    }

    /** The request is answered; its parts live on beside the answer. */
    Reassembly answered() {
        return new Reassembly(assembler, List.of());
    }
}
