package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillReport;

/** Hears how a drill goes on. Called on the control loop. */
public interface DrillFollower {
    /** Something happened. */
    void happened(DrillMoment moment);

    /**
     * It is over.
     *
     * @param where the folder in which its report lies; empty where it is kept in memory only
     */
    void finished(DrillReport report, String where);
}
