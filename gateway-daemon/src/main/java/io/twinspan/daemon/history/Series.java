package io.twinspan.daemon.history;

/** What is kept of a tunnel, a number for each sample. {@code NaN} is "not known". */
public enum Series {
    /** Inner octets received in a second. */
    BYTES_IN(0, Merge.MEAN),
    /** Inner octets sent in a second. */
    BYTES_OUT(1, Merge.MEAN),
    /** Inner packets received in a second. */
    PACKETS_IN(2, Merge.MEAN),
    /** Inner packets sent in a second. */
    PACKETS_OUT(3, Merge.MEAN),
    /** Round trip in microseconds, half of the last answers. */
    MEDIAN_MICROS(4, Merge.MEAN),
    /** Round trip in microseconds, 95 of a hundred. */
    P95_MICROS(5, Merge.LARGEST),
    /** Lost share of the probes of the last ten seconds, 0 to 1. */
    LOSS(6, Merge.LARGEST);

    /** How samples become one of a coarser ring. */
    enum Merge {
        /** What flows is averaged. */
        MEAN,
        /** What hurts must not vanish in an average. */
        LARGEST
    }

    private static final Series[] ALL = values();

    private final int index;
    private final Merge merge;

    Series(int index, Merge merge) {
        this.index = index;
        this.merge = merge;
    }

    /** Its place in a sample. */
    int index() {
        return index;
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
