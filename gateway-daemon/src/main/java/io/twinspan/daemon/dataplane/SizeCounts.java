package io.twinspan.daemon.dataplane;

import java.util.Map;
import java.util.TreeMap;

/**
 * What packets' sizes made necessary in one tunnel since the daemon's start; numbers that never shrink.
 *
 * @param fragmentsMade inner fragments that were cut here and sealed (RFC 4301 section 8.2.1)
 * @param fragmentsPassedIn inner packets from the peer that were fragments already
 * @param fragmentsPassedOut inner packets for the peer that were fragments already and fit
 * @param fragmentsReassembled authentic ESP packets that had come in pieces, which the kernel put together
 * @param mssClampedIn SYNs from the peer whose maximum segment size was lowered (RFC 9293 section 3.7.1)
 * @param mssClampedOut the same of SYNs for the peer
 */
public record SizeCounts(
        long fragmentsMade,
        long fragmentsPassedIn,
        long fragmentsPassedOut,
        long fragmentsReassembled,
        long mssClampedIn,
        long mssClampedOut) {
    /** Nothing was necessary yet. */
    public static final SizeCounts NONE = new SizeCounts(0, 0, 0, 0, 0, 0);

    /** Those that are not zero, for displays. A fresh map. */
    public Map<String, Long> byName() {
        Map<String, Long> result = new TreeMap<>();
        result.put("fragments_made", fragmentsMade);
        result.put("fragments_passed_in", fragmentsPassedIn);
        result.put("fragments_passed_out", fragmentsPassedOut);
        result.put("fragments_reassembled", fragmentsReassembled);
        result.put("mss_clamped_in", mssClampedIn);
        result.put("mss_clamped_out", mssClampedOut);
        result.values().removeIf(count -> count == 0);
        return result;
    }
}
