package io.twinspan.daemon.control;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Knows the TCP connections that pass the host. */
@FunctionalInterface
public interface TcpWatch {
    /** Names of the connections that are established now; fails where the host does not tell. Completes on any thread. */
    CompletableFuture<Set<String>> established();
}
