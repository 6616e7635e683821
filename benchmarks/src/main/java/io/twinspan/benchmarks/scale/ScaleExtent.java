package io.twinspan.benchmarks.scale;

/**
 * How long and how hard.
 *
 * @param packetsPerSecond of all connections together
 * @param payloadOctets of UDP
 */
record ScaleExtent(int idleSeconds, int loadSeconds, int packetsPerSecond, int payloadOctets) {}
