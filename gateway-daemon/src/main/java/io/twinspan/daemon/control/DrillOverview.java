package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillRecord;
import java.util.List;

/**
 * Drills now and then.
 *
 * @param running the one that runs, in words; empty for none
 * @param runningId its id; empty for none
 * @param records of the past, newest first
 * @param noRestart why the scenario of a restart is refused by this daemon; empty where it is not
 */
public record DrillOverview(String running, String runningId, List<DrillRecord> records, String noRestart) {
    public DrillOverview {
        records = List.copyOf(records);
    }
}
