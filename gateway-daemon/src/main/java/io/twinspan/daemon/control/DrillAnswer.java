package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillPlan;
import java.util.List;

/** What becomes of the wish for a drill. */
public sealed interface DrillAnswer {
    /**
     * It runs.
     *
     * @param id names it
     * @param plan what it does
     * @param stop ends it, for a client that went away; from any thread, harmless afterwards
     */
    record Started(String id, DrillPlan plan, Runnable stop) implements DrillAnswer {}

    /**
     * It may not begin.
     *
     * @param reasons all of them
     */
    record Refused(List<String> reasons) implements DrillAnswer {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * There is no such connection.
     *
     * @param message what was asked for and what exists
     */
    record Unknown(String message) implements DrillAnswer {}
}
