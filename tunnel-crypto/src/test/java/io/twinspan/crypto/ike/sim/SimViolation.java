package io.twinspan.crypto.ike.sim;

/** An invariant of the simulated world does not hold. */
public final class SimViolation extends AssertionError {
    private static final long serialVersionUID = 1L;

    /** A sentence that says what was seen. */
    public SimViolation(String message) {
        super(message);
    }
}
