package io.twinspan.daemon.drill;

/**
 * How the fault ended.
 *
 * @param kind in a word
 * @param reason a sentence; empty where it ran its time
 */
public record DrillEnding(Kind kind, String reason) {
    /** It ran its time. */
    public static final DrillEnding COMPLETE = new DrillEnding(Kind.COMPLETE, "");

    /** Ways to end. */
    public enum Kind {
        /** Ran its time. */
        COMPLETE,
        /** Ended early because users' traffic stood still for longer than the limit. */
        OVER_LIMIT,
        /** What it rehearses has gone wrong in another way than by taking too long. */
        BROKEN,
        /** Ended early because of something that the drill is not about. */
        FAILED,
        /** Ended early because somebody wanted it. */
        STOPPED
    }
}
