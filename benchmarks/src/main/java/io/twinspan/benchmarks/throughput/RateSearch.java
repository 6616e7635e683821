package io.twinspan.benchmarks.throughput;

/**
 * Looks for the highest packet rate that arrives with less than the allowed loss: steps up or down from a guess until it
 * has one rate that passed and one that did not, then halves the gap between them. A rate that fails narrowly is tried a
 * second time, since a shared machine has hiccups.
 */
final class RateSearch {
    /** Share of the packets that may be lost. */
    static final double ALLOWED_LOSS = 0.001;

    private static final double NARROW_LOSS = 0.01;
    /** A sender that stays below this share of what was asked was kept from its work, or cannot do more. */
    private static final double SENT_ENOUGH = 0.95;
    /** It cannot do more where asking for more does not bring this much. */
    private static final double SENT_MORE = 1.02;

    private static final double PRECISION = 1.04;
    private static final double FLOOR = 500;
    private static final int MAX_TRIES = 16;

    private final double step;
    private double target;
    private double passed;
    private double failed = Double.POSITIVE_INFINITY;
    private double best;
    private boolean retrying;
    private int tries;

    /**
     * A search.
     *
     * @param guess where to start, in packets a second
     * @param step factor of the first steps, above 1
     */
    RateSearch(double guess, double step) {
        this.target = guess;
        this.step = step;
    }

    /** The rate to try next. */
    double target() {
        return target;
    }

    /** True where the answer is as precise as it gets. */
    boolean done() {
        return tries >= MAX_TRIES || target < FLOOR || failed / passed < PRECISION;
    }

    /** Highest rate that was sent and arrived; 0 where none did. */
    double best() {
        return best;
    }

    /**
     * Takes the outcome of the target.
     *
     * @param sentRate what really was sent, in packets a second
     * @param loss share of it that did not arrive
     * @return true where this is the best so far
     */
    boolean report(double sentRate, double loss) {
        tries++;
        if (loss < ALLOWED_LOSS) {
            retrying = false;
            boolean better = sentRate > best;
            if (sentRate < target * SENT_ENOUGH && sentRate < best * SENT_MORE) {
                failed = Math.min(failed, target);
            } else {
                passed = target;
            }
            best = Math.max(best, sentRate);
            proceed();
            return better;
        }
        if (loss < NARROW_LOSS && !retrying) {
            retrying = true;
            return false;
        }
        retrying = false;
        failed = Math.min(failed, target);
        proceed();
        return false;
    }

    private void proceed() {
        if (failed == Double.POSITIVE_INFINITY) {
            target = passed * step;
        } else if (passed == 0) {
            target = failed / step;
        } else {
            target = Math.sqrt(passed * failed);
        }
    }
}
