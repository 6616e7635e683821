package io.twinspan.daemon.control;

/** What became of an operator's order. */
public sealed interface CommandOutcome {
    /**
     * It was carried out, or is on its way.
     *
     * @param message a sentence
     */
    record Done(String message) implements CommandOutcome {}

    /**
     * It makes no sense now.
     *
     * @param message what is in the way
     * @param hint what to do
     */
    record Refused(String message, String hint) implements CommandOutcome {}

    /**
     * There is no such connection or tunnel.
     *
     * @param message what was asked for and what exists
     */
    record Unknown(String message) implements CommandOutcome {}
}
