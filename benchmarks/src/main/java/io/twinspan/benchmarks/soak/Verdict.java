package io.twinspan.benchmarks.soak;

/**
 * One thing that must hold.
 *
 * @param text what was found
 */
record Verdict(boolean passed, String text) {
    @Override
    public String toString() {
        return (passed ? "PASS  " : "FAIL  ") + text;
    }
}
