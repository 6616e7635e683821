package io.twinspan.daemon.drill;

import java.time.Instant;

/**
 * What the history keeps of a drill.
 *
 * @param id names it
 * @param scenario its text form
 * @param connection name of the connection
 * @param tunnel number of the tunnel under test
 * @param startedAt when it began
 * @param verdict against the limit
 * @param reason why it ended early; empty where it ran its time
 * @param limitNanos the limit
 * @param outageOutNanos longest outage on the way out
 * @param outageInNanos longest outage on the way in
 * @param sent probes sent
 * @param lost probes lost
 */
public record DrillRecord(
        String id,
        String scenario,
        String connection,
        int tunnel,
        Instant startedAt,
        DrillVerdict verdict,
        String reason,
        long limitNanos,
        long outageOutNanos,
        long outageInNanos,
        int sent,
        int lost) {}
