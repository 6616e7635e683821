package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.protect.FragmentAssembler;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;
import java.util.ArrayList;
import java.util.List;

/**
 * Fragments of messages that are not complete, and the datagrams that brought those of a request: a retransmission is
 * known by its octets (RFC 7383 section 2.6.1).
 *
 * @param assembler puts them together
 * @param total into how many fragments the sender cut the request
 * @param requestParts at most {@link #MAX_PARTS}; fragment 1 stands first once it is there
 */
record Reassembly(FragmentAssembler assembler, int total, List<byte[]> requestParts) {
    private static final int MAX_PARTS = 128;

    Reassembly {
        requestParts = List.copyOf(requestParts);
    }

    static Reassembly empty(boolean negotiated) {
        return new Reassembly(FragmentAssembler.empty(negotiated), 0, List.of());
    }

    Reassembly with(FragmentAssembler next) {
        return new Reassembly(next, total, requestParts);
    }

    Reassembly withRequestPart(AuthenticFragment fragment, byte[] datagram) {
        // RFC 7383 section 2.6: another total starts the message anew, and what came before will not be sent again.
        List<byte[]> parts = fragment.total() == total ? new ArrayList<>(requestParts) : new ArrayList<>();
        if (parts.size() >= MAX_PARTS) {
            return this;
        }
        parts.add(fragment.number() == 1 ? 0 : parts.size(), datagram);
        return new Reassembly(assembler, fragment.total(), parts);
    }

    /** The request is answered; its parts live on beside the answer. */
    Reassembly answered() {
        return new Reassembly(assembler, 0, List.of());
    }
}
