package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;

import java.util.Map;

/**
 * Through which tunnel the peer sends its traffic, from looks at the counters. Immutable; time is in the order of the looks.
 *
 * <p>The peer need not say which tunnel it has chosen, but its packets do. One look is no proof, since a few late packets
 * come through the old tunnel: the same answer is wanted several times in a row.
 *
 * @param sends the tunnel, or {@link FailoverState#NO_TUNNEL} while nothing has come
 * @param candidate the tunnel that most packets came through lately, where that is another one
 * @param looks how many times in a row it was
 * @param packets inner packets received through each tunnel, at the last look
 */
public record ReturnPath(int sends, int candidate, int looks, Map<Integer, Long> packets) {
    /** Looks in a row that must agree. */
    public static final int AGREEING_LOOKS = 3;

    private static final int MAJORITY_PERCENT = 80;

    /** Nothing was seen yet. */
    public static final ReturnPath UNKNOWN = new ReturnPath(NO_TUNNEL, NO_TUNNEL, 0, Map.of());

    public ReturnPath {
        packets = Map.copyOf(packets);
    }

    /** One more look. */
    public ReturnPath look(Map<Integer, Long> now) {
        int most = majority(now);
        if (most == NO_TUNNEL) {
            // Silence neither proves nor disproves; a mixture disproves.
            boolean silent = now.equals(packets);
            return new ReturnPath(sends, silent ? candidate : NO_TUNNEL, silent ? looks : 0, now);
        }
        if (most == sends) {
            return new ReturnPath(sends, NO_TUNNEL, 0, now);
        }
        int agreeing = most == candidate ? looks + 1 : 1;
        return agreeing >= AGREEING_LOOKS
                ? new ReturnPath(most, NO_TUNNEL, 0, now)
                : new ReturnPath(sends, most, agreeing, now);
    }

    private int majority(Map<Integer, Long> now) {
        long total = 0;
        long most = 0;
        int tunnel = NO_TUNNEL;
        for (Map.Entry<Integer, Long> entry : now.entrySet()) {
            long came = entry.getValue() - packets.getOrDefault(entry.getKey(), 0L);
            total += came;
            if (came > most) {
                most = came;
                tunnel = entry.getKey();
            }
        }
        return most * 100 >= total * MAJORITY_PERCENT ? tunnel : NO_TUNNEL;
    }
}
