package io.twinspan.crypto.ike.session;

import java.util.Arrays;
import java.util.List;

/**
 * The peer's side of the window: the id its next request must carry, and the last request with our answer to it
 * (RFC 7296 sections 2.1 and 2.3).
 *
 * @param expectedId the message id of the next new request
 * @param request the datagrams of the last request that was answered; several where it came in fragments, number 1 first
 * @param response the datagrams of the answer
 */
record ResponseCache(long expectedId, List<byte[]> request, List<byte[]> response) {
    ResponseCache {
        request = List.copyOf(request);
        response = List.copyOf(response);
    }

    /** What a request is, by its id and octets alone. */
    enum Verdict {
        /** The next one: decrypt it. */
        NEW,
        /** The last one again: send the answer again. */
        REPEATED,
        /** A later fragment of the last one: nothing to do (RFC 7383 section 2.6.1). */
        REPEATED_FRAGMENT,
        /** The last one's id with other octets: drop it. */
        REUSED,
        /** Neither: drop it. */
        OUTSIDE
    }

    /** Nothing answered yet. */
    static ResponseCache expecting(long messageId) {
        return new ResponseCache(messageId, List.of(), List.of());
    }

    Verdict classify(long messageId, byte[] datagram) {
        if (messageId == expectedId) {
            return Verdict.NEW;
        }
        if (messageId != expectedId - 1 || request.isEmpty()) {
            return Verdict.OUTSIDE;
        }
        // RFC 7296 section 2.1: a retransmission is bitwise identical, so nothing else deserves the old answer.
        if (Arrays.equals(request.getFirst(), datagram)) {
            return Verdict.REPEATED;
        }
        boolean fragment = request.stream().anyMatch(part -> Arrays.equals(part, datagram));
        return fragment ? Verdict.REPEATED_FRAGMENT : Verdict.REUSED;
    }

    /** The request is answered; the next one has the next id. */
    ResponseCache answered(List<byte[]> newRequest, List<byte[]> newResponse) {
        return new ResponseCache(expectedId + 1, newRequest, newResponse);
    }
}
