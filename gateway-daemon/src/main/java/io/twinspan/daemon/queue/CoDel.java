package io.twinspan.daemon.queue;

/**
 * The CoDel control law (RFC 8289 section 5): the first drop comes when packets have waited longer than the target for
 * a whole interval, and drops then come closer together, by the square root of their number, until the wait is below
 * the target again.
 *
 * <p>The pseudo-code of section 5 dequeues in its own loop; here the queue asks about each packet that it takes out, and
 * asks about the next one after a drop. The verdicts are the same.
 */
public final class CoDel {
    /** RFC 8289 section 5.5: an episode that ended less than this many intervals ago gives the drop rate to start with. */
    private static final int REMEMBERED_INTERVALS = 16;

    private final long targetNanos;
    private final long intervalNanos;
    private final int quietOctets;

    private boolean above;
    private long firstAboveNanos;
    private boolean dropping;
    private boolean unscheduled;
    private long dropNextNanos;
    private long count;
    private long lastCount;

    /**
     * @param targetNanos a wait that is fine
     * @param intervalNanos how long packets must have waited longer before the first is dropped; above the target
     * @param quietOctets no packet is dropped while not more than this is left behind it: one packet on the wire
     */
    public CoDel(long targetNanos, long intervalNanos, int quietOctets) {
        this.targetNanos = targetNanos;
        this.intervalNanos = intervalNanos;
        this.quietOctets = quietOctets;
    }

    /**
     * Judges the packet that was just taken out; once for each, in their order.
     *
     * @param enqueuedAtNanos when it came in
     * @param queuedOctets what waits behind it
     * @return true where it is to be dropped, or marked instead
     */
    public boolean shouldDrop(long enqueuedAtNanos, long nowNanos, int queuedOctets) {
        boolean mayDrop = mayDrop(nowNanos - enqueuedAtNanos, nowNanos, queuedOctets);
        if (!dropping) {
            if (mayDrop) {
                enter(nowNanos);
            }
            return mayDrop;
        }
        if (!mayDrop) {
            dropping = false;
            return false;
        }
        if (unscheduled) {
            schedule(dropNextNanos);
        }
        if (nowNanos - dropNextNanos < 0) {
            return false;
        }
        // The next drop is put on the calendar by the packet after this one, if that still waited too long.
        count++;
        unscheduled = true;
        return true;
    }

    /** The queue was asked for a packet and had none. */
    public void emptied() {
        above = false;
        dropping = false;
    }

    long intervalNanos() {
        return intervalNanos;
    }

    private boolean mayDrop(long waitedNanos, long nowNanos, int queuedOctets) {
        if (waitedNanos < targetNanos || queuedOctets <= quietOctets) {
            above = false;
            return false;
        }
        if (!above) {
            above = true;
            firstAboveNanos = nowNanos + intervalNanos;
            return false;
        }
        return nowNanos - firstAboveNanos >= 0;
    }

    private void enter(long nowNanos) {
        long dropsOfLastEpisode = count - lastCount;
        boolean recent = nowNanos - dropNextNanos < REMEMBERED_INTERVALS * intervalNanos;
        dropping = true;
        count = dropsOfLastEpisode > 1 && recent ? dropsOfLastEpisode : 1;
        lastCount = count;
        schedule(nowNanos);
    }

    private void schedule(long fromNanos) {
        dropNextNanos = fromNanos + (long) (intervalNanos / Math.sqrt((double) count));
        unscheduled = false;
    }
}
