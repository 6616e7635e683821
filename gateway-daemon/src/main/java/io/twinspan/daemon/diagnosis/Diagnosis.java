package io.twinspan.daemon.diagnosis;

import io.twinspan.daemon.control.PingAnswer;
import io.twinspan.daemon.control.PingFollower;
import io.twinspan.daemon.control.PingOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Port: what operators may ask of a running gateway when something is wrong. Callable from any thread; futures complete on
 * threads of the gateway's own.
 */
public interface Diagnosis {
    /** Every check of the host and of all tunnels; looks for about a second, to see what rises. */
    CompletableFuture<List<Check>> doctor();

    /** What would become of a packet now. */
    CompletableFuture<PacketTrace> trace(TraceQuery query);

    /** Where each prefix goes; of all connections for an empty name. */
    CompletableFuture<List<RouteView>> routes(String connection);

    /**
     * The newest failure with what is known of it; empty where there was none.
     *
     * @param subject {@code prod/1}, {@code prod}, or empty for any
     */
    CompletableFuture<Optional<LastFailure>> lastFailure(String subject);

    /** Sends pings inside a tunnel. */
    CompletableFuture<PingAnswer> ping(PingOrder order, PingFollower follower);

    /** Copies packets of a tunnel; the follower gets them on a thread of the capture. One capture of a tunnel at a time. */
    CompletableFuture<CaptureAnswer> capture(CaptureOrder order, CaptureFollower follower);

    /**
     * Keys of the ESP SAs that a tunnel has now, as Wireshark's table {@code esp_sa}; empty where there is no such tunnel.
     * Secret: for an admin's own file.
     */
    CompletableFuture<Optional<String>> keys(String connection, int tunnel);

    /** Texts for a support bundle by file name: configuration, Java, kernel parameters, recordings. No secrets. */
    CompletableFuture<Map<String, String>> bundle();
}
