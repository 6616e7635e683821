package io.twinspan.daemon.history;

/** What is kept of a tunnel, a number for each sample. {@code NaN} is "not known". */
public enum Series {
    /** Inner octets received in a second. */
    BYTES_IN(Merge.MEAN),
    /** Inner octets sent in a second. */
    BYTES_OUT(Merge.MEAN),
    /** Inner packets received in a second. */
    PACKETS_IN(Merge.MEAN),
    /** Inner packets sent in a second. */
    PACKETS_OUT(Merge.MEAN),
    /** Round trip in microseconds, half of the last answers. */
    MEDIAN_MICROS(Merge.MEAN),
    /** Round trip in microseconds, 95 of a hundred. */
    P95_MICROS(Merge.LARGEST),
    /** Lost share of the probes of the last ten seconds, 0 to 1. */
    LOSS(Merge.LARGEST);

    /** How samples become one of a coarser ring. */
    enum Merge {
        /** What flows is averaged. */
        MEAN,
        /** What hurts must not vanish in an average. */
        LARGEST
    }

    private static final Series[] ALL = values();

    private final Merge merge;

    Series(Merge merge) {
        this.merge = merge;
    }

    Merge merge() {
        return merge;
    }

    static int count() {
        return ALL.length;
    }

    static Series at(int index) {
        return ALL[index];
    }
}
