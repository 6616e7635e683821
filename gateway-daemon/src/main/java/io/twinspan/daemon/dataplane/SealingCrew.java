package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspEncapsulator;
import io.twinspan.crypto.offload.Segmenter;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Spreads the sealing of an outbound loop over other threads, in a ring of jobs. The loop numbers the packets as it hands them
 * out, any member seals any job, and the loop sends what is finished strictly in the order of the ring: packets of an SA
 * leave in the order of their sequence numbers, so that no replay window is ever outrun however late a member is.
 *
 * <p>The loop is a member too: where the ring is full it seals instead of waiting. No locks, no allocation, and no threads:
 * whoever has some lets each run a {@link Member}. Methods that say nothing else are the outbound loop's.
 */
public final class SealingCrew {
    /** Fewer packets than this are sealed sooner than handed over. */
    static final int WORTHWHILE_PACKETS = 8;

    private static final int JOBS_BESIDE = 4;
    private static final int JOBS_PER_MEMBER = 4;

    private final SealingJob[] ring;
    private final List<Member> members = new ArrayList<>();
    private final Member loop;
    private final PacketSlab slots;
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong claimed = new AtomicLong();
    private final AtomicLong collected = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private boolean wasFull;
    private volatile Runnable wakeMembers = () -> {};
    private volatile Runnable wakeLoop = () -> {};

    /**
     * A crew beside an outbound loop.
     *
     * @param workers members besides the loop; with 0 there is no crew, and the loop seals everything in passing
     * @param slots where the packets' slots go back to
     */
    public SealingCrew(int workers, PacketSlab slots) {
        this.slots = slots;
        for (int i = 0; i < workers; i++) {
            members.add(new Member(i));
        }
        loop = new Member(workers);
        ring = new SealingJob[workers == 0 ? 0 : JOBS_BESIDE + JOBS_PER_MEMBER * workers];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new SealingJob();
        }
    }

    /** One that seals. Its methods belong to one thread. */
    public final class Member {
        private final int index;
        private final EspEncapsulator encapsulator = new EspEncapsulator(true);

        private Member(int index) {
            this.index = index;
        }

        /** True where a job waits for somebody. */
        public boolean hasWork() {
            return claimed.get() < submitted.get();
        }

        /** Seals the job that has waited longest; false where none waits. */
        public boolean sealNext() {
            SealingJob job = claim();
            if (job == null) {
                return false;
            }
            try {
                seal(job);
            } finally {
                finish(job);
            }
            return true;
        }

        /** Takes the job that has waited longest; null where none waits. */
        @Nullable
        SealingJob claim() {
            long number = claimed.get();
            while (number < submitted.get()) {
                if (claimed.compareAndSet(number, number + 1)) {
                    return job(number);
                }
                number = claimed.get();
            }
            return null;
        }

        void seal(SealingJob job) {
            job.seal(index, encapsulator);
        }

        /** Gives a job back; the loop is told where it is the one it waits for. */
        void finish(SealingJob job) {
            job.finish();
            // Written before, read after: the loop moves on first and then looks at the next job, so one of both sees
            // it.
            if (this != loop && job(collected.get()) == job && told.compareAndSet(false, true)) {
                wakeLoop.run();
            }
        }
    }

    /** The members beside the loop, to be run on threads. */
    public List<Member> members() {
        return List.copyOf(members);
    }

    /**
     * How threads wake each other; set before the first packet.
     *
     * @param members called on the loop when there is work
     * @param loopCall called on any member's thread when the loop should call {@link #collectTold}
     */
    public void wakes(Runnable members, Runnable loopCall) {
        wakeMembers = members;
        wakeLoop = loopCall;
    }

    /** True where the loop is alone. */
    boolean isEmpty() {
        return ring.length == 0;
    }

    /** True where a job can be filled, after some of the loop's own work if need be; else a member or a socket is awaited. */
    boolean makeRoom(long nowNanos) {
        if (isEmpty()) {
            return true;
        }
        collect(nowNanos);
        while (isFull()) {
            if (!loop.sealNext()) {
                wasFull = true;
                return false;
            }
            collect(nowNanos);
        }
        return true;
    }

    private boolean isFull() {
        return submitted.getPlain() - collected.getPlain() == ring.length;
    }

    /** Hands a packet over, as {@link SealingJob#fill}; only after {@link #makeRoom} answered true. */
    Segmenter submit(
            OutboundPath path,
            OutboundTunnel tunnel,
            OutboundChild child,
            PacketSlot packet,
            Segmenter segmenter,
            int packets) {
        long number = submitted.getPlain();
        Segmenter spare = job(number).fill(path, tunnel, child, packet, segmenter, packets);
        child.jobBegins();
        submitted.set(number + 1);
        wakeMembers.run();
        return spare;
    }

    /** Sends what is finished and next in order, as far as the sockets take it. */
    void collect(long nowNanos) {
        while (collected.getPlain() < submitted.getPlain()) {
            SealingJob job = job(collected.getPlain());
            if (!job.isDone() || !job.child().sink().isReady()) {
                return;
            }
            release(job, nowNanos);
        }
    }

    /**
     * As {@link #collect}, as the answer to {@link #wakes}.
     *
     * @return true where somebody found no room since it was asked last
     */
    public boolean collectTold(long nowNanos) {
        told.set(false);
        collect(nowNanos);
        boolean full = wasFull;
        wasFull = false;
        return full;
    }

    /** Waits until a child SA has no job under way, helping; rare packets need it that must not overtake others. */
    void settle(OutboundChild child, long nowNanos) {
        while (child.hasJobs()) {
            SealingJob job = job(collected.getPlain());
            if (job.isDone()) {
                release(job, nowNanos);
            } else if (!loop.sealNext()) {
                Thread.onSpinWait();
            }
        }
    }

    private void release(SealingJob job, long nowNanos) {
        OutboundChild child = job.child();
        try {
            job.path().sendSealed(job, nowNanos);
        } finally {
            slots.give(job.packet());
            job.clear();
            collected.set(collected.getPlain() + 1);
            child.jobEnds();
        }
    }

    private SealingJob job(long number) {
        return ring[(int) (number % ring.length)];
    }
}
