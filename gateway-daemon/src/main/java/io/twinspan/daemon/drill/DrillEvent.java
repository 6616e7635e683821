package io.twinspan.daemon.drill;

/** What happens to a drill. */
public sealed interface DrillEvent {
    /** The control loop looked; it does so every {@link DrillMachine#LOOK_NANOS}. */
    record Looked(DrillView view) implements DrillEvent {}

    /** What the next process needs is written, or could not be. */
    record Left(boolean written) implements DrillEvent {}

    /**
     * Somebody or something wants it to end now.
     *
     * @param reason a sentence
     */
    record Stopped(String reason) implements DrillEvent {}
}
