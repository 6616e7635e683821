package io.twinspan.daemon.pathmtu;

/**
 * How one tunnel's path is watched.
 *
 * @param watch false never probes on its own; measurements on demand work all the same
 * @param configuredBytes the outer MTU of the configuration, above which the watch never goes
 * @param intervalNanos time between two proofs of the size in use
 * @param raiseNanos time after which a larger size is tried again
 */
public record PathMtuPolicy(boolean watch, int configuredBytes, long intervalNanos, long raiseNanos) {}
