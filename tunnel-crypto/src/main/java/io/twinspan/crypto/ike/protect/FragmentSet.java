package io.twinspan.crypto.ike.protect;

import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Ignored;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fragments of one message, by number (RFC 7383 section 2.6).
 *
 * @param messageId of the message, meaningless where {@code total} is 0
 * @param total what the fragments say; 0 before the first one
 * @param complete true once all were there; then none are kept
 * @param firstInnerType from fragment 1, 0 before it
 * @param parts immutable, at most {@code total}
 * @param bytes sum of the parts
 */
record FragmentSet(
        int messageId, int total, boolean complete, int firstInnerType, Map<Integer, Octets> parts, int bytes) {
    static final FragmentSet NONE = new FragmentSet(0, 0, false, 0, Map.of(), 0);

    FragmentSet {
        parts = Map.copyOf(parts);
    }

    Addition add(AuthenticFragment fragment) {
        int id = fragment.header().messageId();
        if (total == 0 || id - messageId > 0) {
            return startedFor(fragment).put(fragment);
        }
        if (id != messageId) {
            return new Addition.Rejected(Ignored.OLD_MESSAGE);
        }
        if (complete) {
            return new Addition.Rejected(Ignored.DUPLICATE);
        }
        // RFC 7383 section 2.6: a larger total means that the sender went over to smaller fragments; start anew.
        if (fragment.total() > total) {
            return startedFor(fragment).put(fragment);
        }
        if (fragment.total() < total) {
            return new Addition.Rejected(Ignored.SMALLER_TOTAL);
        }
        return put(fragment);
    }

    /** All parts in order; only for a set that is full. */
    byte[] join() {
        byte[] whole = new byte[bytes];
        int at = 0;
        for (int number = 1; number <= total; number++) {
            byte[] part = parts.getOrDefault(number, Octets.EMPTY).toArray();
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** Remembers only that the message was complete. */
    FragmentSet emptied() {
        return new FragmentSet(messageId, total, true, 0, Map.of(), 0);
    }

    private static FragmentSet startedFor(AuthenticFragment fragment) {
        return new FragmentSet(fragment.header().messageId(), fragment.total(), false, 0, Map.of(), 0);
    }

    private Addition put(AuthenticFragment fragment) {
        if (parts.containsKey(fragment.number())) {
            return new Addition.Rejected(Ignored.DUPLICATE);
        }
        if (fragment.plaintext().length() > FragmentAssembler.MAX_MESSAGE_BYTES - bytes) {
            return new Addition.Rejected(Ignored.TOO_LONG);
        }
        Map<Integer, Octets> grown = new TreeMap<>(parts);
        grown.put(fragment.number(), fragment.plaintext());
        int first = fragment.number() == 1 ? fragment.firstInnerType() : firstInnerType;
        int sum = bytes + fragment.plaintext().length();
        FragmentSet set = new FragmentSet(messageId, total, false, first, grown, sum);
        return grown.size() == total ? new Addition.Full(set) : new Addition.Held(set);
    }

    /** What adding a fragment led to. */
    sealed interface Addition {
        record Held(FragmentSet set) implements Addition {}

        record Full(FragmentSet set) implements Addition {}

        record Rejected(Ignored because) implements Addition {}
    }
}
