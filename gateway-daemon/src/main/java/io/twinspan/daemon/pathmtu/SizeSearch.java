package io.twinspan.daemon.pathmtu;

import io.twinspan.crypto.esp.EspOverhead;
import java.util.stream.IntStream;

/** Which size to try next between one that passes and one that does not (RFC 8899 section 5.3.2). */
final class SizeSearch {
    /** Answer of {@link #next} where nothing lies between. */
    static final int DONE = 0;

    /** MTUs that links and tunnels have: the answer is nearly always one of them. */
    private static final int[] COMMON = {1280, 1400, 1420, 1454, 1472, 1480, 1492, 1500};

    private SizeSearch() {}

    /**
     * The middle one of the common sizes between, then the middle of what is left.
     *
     * @param good outer octets that pass
     * @param bad outer octets that do not
     */
    static int next(EspOverhead overhead, int good, int bad) {
        int[] between = IntStream.of(COMMON)
                .map(size -> overhead.outerLengthBytes(overhead.innerMtuBytes(size)))
                .filter(size -> size > good && size < bad)
                .distinct()
                .toArray();
        if (between.length > 0) {
            return between[between.length / 2];
        }
        int middle = overhead.outerLengthBytes(overhead.innerMtuBytes((good + bad) / 2));
        if (middle > good && middle < bad) {
            return middle;
        }
        int above = good + overhead.alignmentBytes();
        return above < bad ? overhead.outerLengthBytes(overhead.innerMtuBytes(above)) : DONE;
    }
}
