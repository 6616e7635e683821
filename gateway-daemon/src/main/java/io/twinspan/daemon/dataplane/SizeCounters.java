package io.twinspan.daemon.dataplane;

import java.util.concurrent.atomic.AtomicLong;

/** What packets' sizes made necessary in one tunnel. Each counter has one writing loop; any thread may look. */
final class SizeCounters {
    private final Way in = new Way();
    private final Way out = new Way();
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong reassembled = new AtomicLong();

    /** One direction; written by its loop. */
    static final class Way {
        private final AtomicLong passed = new AtomicLong();
        private final AtomicLong clamped = new AtomicLong();

        /** An inner packet came that was a fragment already. */
        void passed() {
            one(passed);
        }

        /** A SYN announced larger segments than fit, and was changed. */
        void clamped() {
            one(clamped);
        }
    }

    /** Packets from the peer; written by the inbound loop. */
    Way in() {
        return in;
    }

    /** Packets to the peer; written by the outbound loop. */
    Way out() {
        return out;
    }

    /** A fragment was cut and sealed; on the outbound loop. */
    void made() {
        one(made);
    }

    /** An authentic ESP packet had come in pieces, which the kernel put together; on the inbound loop. */
    void reassembled() {
        one(reassembled);
    }

    private static void one(AtomicLong counter) {
        counter.setOpaque(counter.getPlain() + 1);
    }

    /** All of them; from any thread. */
    SizeCounts read() {
        return new SizeCounts(
                made.getOpaque(),
                in.passed.getOpaque(),
                out.passed.getOpaque(),
                reassembled.getOpaque(),
                in.clamped.getOpaque(),
                out.clamped.getOpaque());
    }
}
