package io.twinspan.daemon.reload;

/** What is to be done, in order. */
public sealed interface ReloadEffect {
    /**
     * Go to the configuration that was asked for; {@link ReloadEvent.Applied} or {@link ReloadEvent.Failed} follows.
     *
     * @param by who asked
     */
    record Apply(String by) implements ReloadEffect {}

    /** Go to the configuration that was confirmed before the present one, in the same way. */
    record ApplyPrevious(String by) implements ReloadEffect {}

    /** Go back to the last confirmed configuration; {@link ReloadEvent.RolledBack} follows. */
    record RollBack(String by, String reason) implements ReloadEffect {}

    /** Tell that the change is made and waits for a confirmation. */
    record TellOnTrial(String by, long confirmNanos) implements ReloadEffect {}

    /** The change stays: it counts from now on, also after a restart. */
    record Keep(String by) implements ReloadEffect {}

    /** Tell that what was before is in force again. */
    record TellRolledBack(String by, String reason) implements ReloadEffect {}

    /** Turn down what was just asked for. */
    record Refuse(String message, String hint) implements ReloadEffect {}
}
