package io.twinspan.daemon.liveness;

/**
 * A probe whose answer may still come. Immutable.
 *
 * @param sequence its number
 * @param target asked
 * @param burst true where it was sent because of a suspicion
 * @param stage how far it is
 * @param judgedNanos {@code ASKED}: when it was asked for; else when it left, later by every stall of ours since
 * @param outcome number of its outcome in the statistics, once lost
 */
record OutstandingProbe(int sequence, int target, boolean burst, Stage stage, long judgedNanos, int outcome) {
    /** How far a probe is. */
    enum Stage {
        /** Asked for; has not left, as far as we know, so nothing is expected. */
        ASKED,
        /** Left. */
        SENT,
        /** Its answer takes longer than it should. */
        LATE,
        /** Its answer took too long; it would still be welcome. */
        LOST
    }

    OutstandingProbe at(Stage next) {
        return new OutstandingProbe(sequence, target, burst, next, judgedNanos, outcome);
    }

    OutstandingProbe sent(long sentNanos) {
        return new OutstandingProbe(sequence, target, burst, Stage.SENT, sentNanos, outcome);
    }

    OutstandingProbe lost(int outcomeNumber) {
        return new OutstandingProbe(sequence, target, burst, Stage.LOST, judgedNanos, outcomeNumber);
    }

    OutstandingProbe later(long nanos) {
        return new OutstandingProbe(sequence, target, burst, stage, judgedNanos + nanos, outcome);
    }

    boolean awaited() {
        return stage == Stage.SENT || stage == Stage.LATE;
    }
}
