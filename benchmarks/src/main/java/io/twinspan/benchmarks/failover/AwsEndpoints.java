package io.twinspan.benchmarks.failover;

/**
 * Who plays AWS's two endpoints. Each tells {@link AwsRouting} when its tunnel comes and goes by IKE's own word: a negotiation, a
 * DELETE, or its liveness check after its 10 s and 30 s. A killed endpoint tells nothing.
 */
interface AwsEndpoints extends AutoCloseable {
    /** For tables. */
    String description();

    /** Kills the endpoint's process, SIGKILL. */
    void kill(int tunnel);

    /** Ends an endpoint in whatever state and starts it anew. */
    void restart(int tunnel);

    /** Deletes the tunnel from AWS's side; returns when the DELETE has been sent or later. */
    void delete(int tunnel);

    @Override
    void close();
}
