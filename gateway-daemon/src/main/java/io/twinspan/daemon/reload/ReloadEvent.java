package io.twinspan.daemon.reload;

/** What moves a change of the configuration on. */
public sealed interface ReloadEvent {
    /**
     * Somebody wants another configuration.
     *
     * @param by who
     * @param confirmNanos time for a confirmation; 0 where none is wanted
     */
    record Requested(String by, long confirmNanos) implements ReloadEvent {}

    /** All of it was made, and everything that was up is up again. */
    record Applied() implements ReloadEvent {}

    /** It could not be made, or something that was up did not return. */
    record Failed(String reason) implements ReloadEvent {}

    /** Somebody confirms it. */
    record Confirmed(String by) implements ReloadEvent {}

    /** Somebody wants it undone; where nothing is on trial, the last confirmed configuration but one. */
    record RollbackRequested(String by) implements ReloadEvent {}

    /** What was before is in force again, as far as it could be. */
    record RolledBack() implements ReloadEvent {}

    /** The time of {@link ReloadMachine#nextDeadlineNanos} has come. */
    record DeadlineReached() implements ReloadEvent {}
}
