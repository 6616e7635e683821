package io.twinspan.daemon.drill;

/** Where a drill is. */
public sealed interface DrillState {
    /** What it is about. */
    DrillPlan plan();

    /** The flow runs, nothing is broken yet: both tunnels have to answer first. */
    record Preparing(DrillPlan plan, long sinceNanos) implements DrillState {}

    /**
     * The flow has stood and what the next process needs is being written; then this process ends.
     *
     * @param leaves true once it was told to end
     */
    record Leaving(DrillPlan plan, long sinceNanos, boolean leaves) implements DrillState {}

    /**
     * The fault is there.
     *
     * @param done deeds of the scenario done so far
     * @param nextDeedNanos when the next one is due
     */
    record Injecting(DrillPlan plan, long sinceNanos, int done, long nextDeedNanos) implements DrillState {}

    /** The fault is gone; the tunnel under test has to come back. */
    record Recovering(DrillPlan plan, long sinceNanos, DrillEnding ending) implements DrillState {}

    /** No probe is sent any more; late answers are waited for. */
    record Settling(DrillPlan plan, long sinceNanos, DrillEnding ending) implements DrillState {}

    /** Over. */
    record Done(DrillPlan plan, DrillEnding ending) implements DrillState {}
}
