package io.twinspan.daemon.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which probe of a numbered flow was sent and answered when. All memory is taken at the beginning; a number beyond it is not
 * kept. Owned by one loop.
 */
public final class ProbeLedger {
    private static final long NEVER = Long.MIN_VALUE;

    private final long[] sentNanos;
    private final long[] answeredNanos;
    private final byte[] tunnels;
    private int sent;
    private int answered;
    private int reordered;
    private int duplicated;
    private int highestAnswered = -1;
    private long lastAnswerNanos = NEVER;

    /** A ledger of so many probes. */
    public ProbeLedger(int capacity) {
        sentNanos = new long[capacity];
        answeredNanos = new long[capacity];
        tunnels = new byte[capacity];
        Arrays.fill(sentNanos, NEVER);
        Arrays.fill(answeredNanos, NEVER);
    }

    /** How many probes it can hold. */
    public int capacity() {
        return sentNanos.length;
    }

    /** A probe was sent, or would have been: through tunnel 0 nothing can be. */
    public void sent(int number, int tunnel, long atNanos) {
        if (number < 0 || number >= capacity() || sentNanos[number] != NEVER) {
            return;
        }
        sentNanos[number] = atNanos;
        tunnels[number] = (byte) tunnel;
        sent = Math.max(sent, number + 1);
    }

    /**
     * A probe was answered. On a short path its answer may be told before its sending is.
     *
     * @param tunnel the answer came through
     * @param sentAtNanos when the probe was sent
     */
    public void answered(int number, int tunnel, long sentAtNanos, long atNanos) {
        if (number < 0 || number >= capacity()) {
            return;
        }
        sent(number, tunnel, sentAtNanos);
        if (answeredNanos[number] != NEVER) {
            duplicated++;
            return;
        }
        answeredNanos[number] = atNanos;
        answered++;
        lastAnswerNanos = atNanos;
        if (number < highestAnswered) {
            reordered++;
        }
        highestAnswered = Math.max(highestAnswered, number);
    }

    /**
     * All probes so far, for the next process.
     *
     * @param originNanos instant from which theirs are told
     */
    public List<ProbeTrace> traces(long originNanos) {
        List<ProbeTrace> traces = new ArrayList<>(sent);
        for (int i = 0; i < sent; i++) {
            if (sentNanos[i] != NEVER) {
                long answer = answeredNanos[i] == NEVER ? ProbeTrace.NEVER : answeredNanos[i] - originNanos;
                traces.add(new ProbeTrace(i, tunnels[i], sentNanos[i] - originNanos, answer));
            }
        }
        return traces;
    }

    /**
     * Takes over what another process has sent, and counts what it could not send any more as sent and lost: nobody sends
     * while no process runs.
     *
     * @param traces in the order of their numbers
     * @param originNanos instant from which theirs are told
     * @param nowNanos when this process begins to send
     * @param intervalNanos between two probes
     * @return number of the next probe
     */
    public int takeUp(List<ProbeTrace> traces, long originNanos, long nowNanos, long intervalNanos) {
        int next = 0;
        long at = nowNanos;
        for (ProbeTrace trace : traces) {
            at = originNanos + trace.sentNanos();
            next = trace.number() + 1;
            sent(trace.number(), trace.tunnel(), at);
            if (trace.answeredNanos() != ProbeTrace.NEVER) {
                answered(trace.number(), trace.tunnel(), at, originNanos + trace.answeredNanos());
            }
        }
        while (nowNanos - (at + intervalNanos) > 0 && next < capacity()) {
            at += intervalNanos;
            sent(next++, 0, at);
        }
        return next;
    }

    /** Answers so far. */
    public int answers() {
        return answered;
    }

    /** Probes that are under way or lost. */
    public int unanswered() {
        return sent - answered;
    }

    /** Time since the last answer; since the first probe where there was none. */
    public long silenceNanos(long nowNanos) {
        if (lastAnswerNanos != NEVER) {
            return nowNanos - lastAnswerNanos;
        }
        return sent == 0 ? 0 : nowNanos - sentNanos[0];
    }

    /** The flow from an instant on. */
    public FlowResult since(long fromNanos) {
        Gaps gaps = new Gaps();
        int sentSince = 0;
        int answeredSince = 0;
        long[] roundTrips = new long[sent];
        for (int i = 0; i < sent; i++) {
            if (sentNanos[i] == NEVER) {
                continue;
            }
            if (answeredNanos[i] == NEVER) {
                gaps.lost(sentNanos[i]);
            } else {
                gaps.answered(sentNanos[i], answeredNanos[i], fromNanos);
            }
            if (sentNanos[i] - fromNanos >= 0) {
                sentSince++;
                if (answeredNanos[i] != NEVER) {
                    roundTrips[answeredSince++] = answeredNanos[i] - sentNanos[i];
                }
            }
        }
        gaps.end(fromNanos);
        Arrays.sort(roundTrips, 0, answeredSince);
        return new FlowResult(
                sentSince,
                answeredSince,
                reordered,
                duplicated,
                gaps.longestOut,
                gaps.longestIn,
                gaps.atNanos,
                quantile(roundTrips, answeredSince, 0.5),
                quantile(roundTrips, answeredSince, 0.99));
    }

    private static long quantile(long[] sorted, int count, double share) {
        return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (share * count))];
    }

    /** Sums the flow up over one stretch of time; unanswered probes sent in it are lost. */
    public FlowBin bin(long fromNanos, long toNanos) {
        int inBin = 0;
        int lost = 0;
        long longest = 0;
        int tunnel = 0;
        for (int i = firstSince(fromNanos); i < sent && sentNanos[i] - toNanos < 0; i++) {
            if (sentNanos[i] == NEVER) {
                continue;
            }
            inBin++;
            tunnel = tunnels[i];
            if (answeredNanos[i] == NEVER) {
                lost++;
            } else {
                longest = Math.max(longest, answeredNanos[i] - sentNanos[i]);
            }
        }
        return new FlowBin(inBin, lost, longest, tunnel);
    }

    /** Probes are sent in the order of their numbers. */
    private int firstSince(long fromNanos) {
        int low = 0;
        int high = sent;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sentNanos[middle] == NEVER || sentNanos[middle] - fromNanos < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The longest times without an answer. An outage is what lies between the last answered probe before lost ones and the first
     * answered one after them: as sent, it is the outage on the way out; as answered, the outage on the way in.
     */
    private static final class Gaps {
        private long longestOut;
        private long longestIn;
        private long atNanos = NEVER;
        private long previousSent = NEVER;
        private long previousAnswered = NEVER;
        private long lastLost = NEVER;

        void lost(long sentAt) {
            if (previousSent == NEVER) {
                previousSent = sentAt;
                previousAnswered = sentAt;
            }
            lastLost = sentAt;
        }

        void answered(long sentAt, long answeredAt, long fromNanos) {
            if (lastLost != NEVER && lastLost - fromNanos >= 0) {
                gap(sentAt - previousSent, answeredAt - previousAnswered);
            }
            lastLost = NEVER;
            previousSent = sentAt;
            previousAnswered = answeredAt;
        }

        /** What was never answered any more counts to the last probe. */
        void end(long fromNanos) {
            if (lastLost != NEVER && lastLost - fromNanos >= 0) {
                gap(lastLost - previousSent, lastLost - previousSent);
            }
        }

        private void gap(long out, long in) {
            if (out > longestOut) {
                longestOut = out;
                atNanos = previousSent;
            }
            longestIn = Math.max(longestIn, in);
        }
    }
}
