package io.twinspan.daemon.queue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The pseudo-code of RFC 8289 section 5 as it stands there, with its own queue. Times count from 0. */
final class ReferenceCoDel {
    private static final int MTU = 1_514;

    private final long target;
    private final long interval;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int bytes;
    private long firstAboveTime;
    private long dropNext;
    private long count;
    private long lastCount;
    private boolean dropping;
    private boolean okToDrop;
    private int drops;

    ReferenceCoDel(long target, long interval) {
        this.target = target;
        this.interval = interval;
    }

    void enque(Waiting packet) {
        queue.add(packet);
        bytes += packet.octets();
    }

    int drops() {
        return drops;
    }

    Optional<Waiting> deque(long now) {
        Optional<Waiting> packet = dodeque(now);
        if (dropping) {
            if (!okToDrop) {
                dropping = false;
            }
            while (now >= dropNext && dropping) {
                drops++;
                count++;
                packet = dodeque(now);
                if (!okToDrop) {
                    dropping = false;
                } else {
                    dropNext = controlLaw(dropNext, count);
                }
            }
        } else if (okToDrop) {
            drops++;
            packet = dodeque(now);
            dropping = true;
            long delta = count - lastCount;
            count = 1;
            if (delta > 1 && now - dropNext < 16 * interval) {
                count = delta;
            }
            dropNext = controlLaw(now, count);
            lastCount = count;
        }
        return packet;
    }

    private Optional<Waiting> dodeque(long now) {
        Waiting packet = queue.poll();
        okToDrop = false;
        if (packet == null) {
            firstAboveTime = 0;
            return Optional.empty();
        }
        bytes -= packet.octets();
        long sojournTime = now - packet.enqueuedAt();
        if (sojournTime < target || bytes <= MTU) {
            firstAboveTime = 0;
        } else if (firstAboveTime == 0) {
            firstAboveTime = now + interval;
        } else if (now >= firstAboveTime) {
            okToDrop = true;
        }
        return Optional.of(packet);
    }

    private long controlLaw(long t, long drop) {
        return t + (long) (interval / Math.sqrt((double) drop));
    }

    /** A packet in the queue. */
    record Waiting(int number, long enqueuedAt, int octets) {}
}
