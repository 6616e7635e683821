package io.twinspan.benchmarks.throughput;

/** A measure or a gateway failed; the message says why. The run goes on without it. */
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BenchException(String message) {
        super(message);
    }
}
