package io.twinspan.benchmarks.throughput;

/** A measure or a gateway failed; the message says why. The run goes on without it. */
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }
}
