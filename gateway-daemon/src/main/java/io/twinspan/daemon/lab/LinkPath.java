package io.twinspan.daemon.lab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * One tunnel's packets in one direction: says of each when it comes out, by the impairment in force at that instant. Reads no
 * clock. One thread admits; the impairment and the counters are for any thread.
 */
final class LinkPath {
    /** In place of an instant: the packet never comes out. */
    static final long LOST = Long.MIN_VALUE;

    /** How long packets that keep their order share one jitter. */
    static final long JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long BITS_PER_OCTET = 8;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final RandomGenerator random;
    private final AtomicLong carried = new AtomicLong();
    private final AtomicLong lostAtRandom = new AtomicLong();
    private final AtomicLong lostFullQueue = new AtomicLong();
    private final AtomicLong lostBlackHole = new AtomicLong();
    private volatile LinkImpairment impairment = LinkImpairment.NONE;
    private long lineFreeAt;
    private long lastRelease;
    private long jitterDrawnAt;
    private long jitterNanos;

    /**
     * A path without impairment.
     *
     * @param startNanos an instant before the first packet
     */
    LinkPath(RandomGenerator random, long startNanos) {
        this.random = random;
        lineFreeAt = startNanos;
        lastRelease = startNanos;
        jitterDrawnAt = startNanos - JITTER_NANOS;
    }

    /** From the next packet on. */
    void impair(LinkImpairment wanted) {
        impairment = wanted;
    }

    LinkImpairment impairment() {
        return impairment;
    }

    /** The instant at which a packet that came now comes out, or {@link #LOST}. */
    long admit(long nowNanos, int octets) {
        LinkImpairment rules = impairment;
        if (rules.blackHole()) {
            lostBlackHole.incrementAndGet();
            return LOST;
        }
        if (rules.loss() > 0 && random.nextDouble() < rules.loss()) {
            lostAtRandom.incrementAndGet();
            return LOST;
        }
        long sent = nowNanos;
        if (rules.bitsPerSecond() > 0) {
            long begins = later(nowNanos, lineFreeAt);
            if (begins - nowNanos > rules.queue().toNanos()) {
                lostFullQueue.incrementAndGet();
                return LOST;
            }
            sent = begins + octets * BITS_PER_OCTET * NANOS_PER_SECOND / rules.bitsPerSecond();
            lineFreeAt = sent;
        }
        carried.incrementAndGet();
        long release = sent + rules.delay().toNanos() + jitter(rules, nowNanos);
        if (!rules.reorder()) {
            release = later(release, lastRelease);
        }
        lastRelease = release;
        return release;
    }

    private long jitter(LinkImpairment rules, long nowNanos) {
        long most = rules.jitter().toNanos();
        if (most == 0) {
            return 0;
        }
        if (rules.reorder()) {
            return random.nextLong(most + 1);
        }
        if (nowNanos - jitterDrawnAt >= JITTER_NANOS) {
            jitterDrawnAt = nowNanos;
            jitterNanos = random.nextLong(most + 1);
        }
        return Math.min(jitterNanos, most);
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }

    LinkCounters counters() {
        return new LinkCounters(carried.get(), lostAtRandom.get(), lostFullQueue.get(), lostBlackHole.get());
    }
}
