package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillRecord;
import java.util.List;

/**
 * Drills now and then.
 *
 * @param running the one that runs, in words; empty for none
 * @param records of the past, newest first
 */
public record DrillOverview(String running, List<DrillRecord> records) {
    public DrillOverview {
        records = List.copyOf(records);
    }
}
