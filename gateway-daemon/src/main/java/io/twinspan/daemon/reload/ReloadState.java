package io.twinspan.daemon.reload;

/** Where a change of the configuration stands. */
public sealed interface ReloadState {
    /** Nothing is being changed. */
    record Idle() implements ReloadState {}

    /**
     * A change is being made.
     *
     * @param by who asked for it
     * @param confirmNanos time for a confirmation once it is made; 0 where none is wanted
     */
    record Applying(String by, long confirmNanos) implements ReloadState {}

    /**
     * A change was made, and is undone unless somebody confirms it.
     *
     * @param by who asked for it
     * @param deadlineNanos when it is undone
     */
    record AwaitingConfirmation(String by, long deadlineNanos) implements ReloadState {}

    /**
     * A change is being undone.
     *
     * @param by who had asked for it
     * @param reason why it is undone
     */
    record RollingBack(String by, String reason) implements ReloadState {}

    /** The name in JSON. */
    default String label() {
        return switch (this) {
            case Idle _ -> "idle";
            case Applying _ -> "applying";
            case AwaitingConfirmation _ -> "awaiting-confirmation";
            case RollingBack _ -> "rolling-back";
        };
    }
}
