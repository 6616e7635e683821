package io.twinspan.crypto.ike.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every IKE message that a gateway sends, and holds it against the rules of RFC 7296 that show on the wire:
 * one outstanding request, identical retransmissions, one answer per request, no IV twice, no word on a dead SA.
 */
final class WireWatch {
    /** Far more requests than any schedule of these tests needs in ten seconds; an endless exchange of messages reaches it. */
    private static final int MAX_REQUESTS_PER_WINDOW = 400;

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final int IV_BYTES = 8;

    private final SimClock clock;
    private final Map<RequestKey, Outstanding> outstanding = new HashMap<>();
    private final Map<ResponseKey, byte[]> responses = new HashMap<>();
    private final Map<RequestId, Integer> requestsDelivered = new HashMap<>();
    private final Map<RequestId, Integer> responsesSent = new HashMap<>();
    private final Map<IvKey, byte[]> ivs = new HashMap<>();
    private final Map<Side, Deque<Long>> sentAt = new EnumMap<>(Side.class);
    private long sent;

    WireWatch(SimClock clock) {
        this.clock = clock;
    }

    private record RequestKey(Side side, long ownSpi) {}

    private record ResponseKey(Side side, long initiatorSpi, long responderSpi, int messageId, int fragment) {}

    /** A request as its responder counts it; IKE_SA_INIT goes by the initiator's SPI. */
    private record RequestId(Side responder, long spi, int exchange, int messageId, int fragment) {}

    private record IvKey(Side side, long initiatorSpi, long responderSpi, long iv) {}

    private static final class Outstanding {
        private final int messageId;
        private final Map<Integer, byte[]> fragments = new HashMap<>();
        private boolean answered;

        Outstanding(int messageId) {
            this.messageId = messageId;
        }
    }

    long sent() {
        return sent;
    }

    void sent(Side side, byte[] message, Set<Long> spisBefore, Set<Long> spisAfter) {
        sent++;
        List<StrictWalk.Payload> payloads = StrictWalk.message(message);
        WireHeader header = WireHeader.read(message);
        if (!header.isResponse()) {
            countRate(side, header);
        }
        int fragment = fragmentOf(payloads);
        if (header.isResponse()) {
            checkResponse(side, header, fragment, message, payloads);
        } else {
            checkRequest(side, header, fragment, message);
        }
        if (header.exchange() != WireHeader.IKE_SA_INIT && !StrictWalk.isLoneErrorResponse(header, payloads)) {
            long own = header.senderSpi();
            require(spisBefore.contains(own) || spisAfter.contains(own), side, header, "on an IKE SA that is gone");
            checkIv(side, header, payloads.getFirst(), message);
        }
    }

    void delivered(Side side, byte[] message) {
        if (message.length < WireHeader.BYTES) {
            return;
        }
        WireHeader header = WireHeader.read(message);
        if (header.isResponse()) {
            Outstanding request = outstanding.get(new RequestKey(side, header.receiverSpi()));
            if (request != null && request.messageId == header.messageId()) {
                request.answered = true;
            }
        } else {
            requestsDelivered.merge(requestId(side, header, rawFragment(header, message)), 1, Integer::sum);
        }
    }

    private void checkRequest(Side side, WireHeader header, int fragment, byte[] message) {
        RequestKey key = new RequestKey(side, header.senderSpi());
        Outstanding current = outstanding.get(key);
        if (current == null || startsAnew(current, fragment, message)) {
            int expected = current == null || header.exchange() == WireHeader.IKE_SA_INIT ? 0 : current.messageId + 1;
            // RFC 7296 section 2.2: message ids count up by one from zero.
            require(header.messageId() == expected, side, header, "with another message id than " + expected);
            current = new Outstanding(header.messageId());
            outstanding.put(key, current);
        }
        // RFC 7296 section 2.3: with a window of one, the next request waits for the answer to the last.
        require(header.messageId() == current.messageId, side, header, "while " + current.messageId + " is unanswered");
        byte[] before = current.fragments.putIfAbsent(fragment, message.clone());
        // RFC 7296 section 2.1: a retransmission is bitwise identical.
        require(before == null || Arrays.equals(before, message), side, header, "as a changed retransmission");
    }

    private static boolean startsAnew(Outstanding current, int fragment, byte[] message) {
        boolean repeated = Arrays.equals(current.fragments.get(fragment), message);
        return current.answered && !repeated;
    }

    private void checkResponse(
            Side side, WireHeader header, int fragment, byte[] message, List<StrictWalk.Payload> payloads) {
        if (StrictWalk.isLoneErrorResponse(header, payloads)) {
            // Given at a limited rate to anything, any fragment too.
            return;
        }
        RequestId id = requestId(side, header, fragment);
        int answers = responsesSent.merge(id, 1, Integer::sum);
        int asked = requestsDelivered.getOrDefault(requestId(side, header, 0), 0)
                + requestsDelivered.getOrDefault(requestId(side, header, 1), 0);
        // RFC 7296 section 2.1: a responder never sends a response twice of its own accord.
        require(answers <= asked, side, header, "unasked: " + answers + " answers to " + asked + " requests");
        if (header.responderSpi() != 0) {
            ResponseKey key =
                    new ResponseKey(side, header.initiatorSpi(), header.responderSpi(), header.messageId(), fragment);
            byte[] before = responses.putIfAbsent(key, message.clone());
            require(before == null || Arrays.equals(before, message), side, header, "as a changed response");
        }
    }

    private void checkIv(Side side, WireHeader header, StrictWalk.Payload payload, byte[] message) {
        int at = payload.type() == StrictWalk.SKF ? 4 : 0;
        long iv = 0;
        for (int i = at; i < at + IV_BYTES; i++) {
            iv = iv << 8 | (payload.body()[i] & 0xff);
        }
        byte[] before =
                ivs.putIfAbsent(new IvKey(side, header.initiatorSpi(), header.responderSpi(), iv), message.clone());
        require(before == null || Arrays.equals(before, message), side, header, "with an IV used before");
    }

    private void countRate(Side side, WireHeader header) {
        Deque<Long> times = sentAt.computeIfAbsent(side, _ -> new ArrayDeque<>());
        times.addLast(clock.elapsedNanos());
        while (clock.elapsedNanos() - times.getFirst() > WINDOW_NANOS) {
            times.removeFirst();
        }
        require(times.size() <= MAX_REQUESTS_PER_WINDOW, side, header, "as part of endless chatter");
    }

    private static RequestId requestId(Side responder, WireHeader header, int fragment) {
        boolean init = header.exchange() == WireHeader.IKE_SA_INIT;
        long responderOwn = header.isResponse() ? header.senderSpi() : header.receiverSpi();
        return new RequestId(
                responder,
                init ? header.initiatorSpi() : responderOwn,
                header.exchange(),
                header.messageId(),
                fragment);
    }

    private static int fragmentOf(List<StrictWalk.Payload> payloads) {
        StrictWalk.Payload first = payloads.getFirst();
        return first.type() == StrictWalk.SKF ? (first.body()[0] & 0xff) << 8 | (first.body()[1] & 0xff) : 0;
    }

    private static int rawFragment(WireHeader header, byte[] message) {
        int at = WireHeader.BYTES + 4;
        return header.nextPayload() == StrictWalk.SKF && message.length >= at + 2
                ? (message[at] & 0xff) << 8 | (message[at + 1] & 0xff)
                : 0;
    }

    private void require(boolean holds, Side side, @Nullable WireHeader header, String what) {
        if (!holds) {
            throw new SimViolation("at " + clock.elapsedNanos() / 1_000_000 + " ms " + side + " sends "
                    + (header == null ? "something" : header.describe()) + " " + what);
        }
    }
}
