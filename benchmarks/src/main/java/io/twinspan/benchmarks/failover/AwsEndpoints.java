package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.BenchException;
import java.nio.file.Path;

/**
 * Who plays AWS's two endpoints. Each tells {@link AwsRouting} when its tunnel comes and goes by IKE's own word: a negotiation, a
 * DELETE, or its liveness check after its 10 s and 30 s. A killed endpoint tells nothing.
 */
interface AwsEndpoints extends AutoCloseable {
    /**
     * The side of a name on a command line.
     *
     * @throws BenchException where there is none of that name
     */
    static FailoverRig.Side<AwsEndpoints> side(String name, Path launcher) {
        return switch (name) {
            case "twinspan" ->
                (topology, routing, folder) -> new TwinspanEndpoints(topology, routing, launcher, folder);
            case "strongswan" -> StrongSwanEndpoints::new;
            default -> throw new BenchException("'" + name + "' is no AWS side: twinspan, strongswan");
        };
    }

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
