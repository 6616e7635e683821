package io.twinspan.daemon.drill;

/**
 * A stretch of a probe flow, for drawing.
 *
 * @param sent probes sent in it
 * @param lost of these, never answered
 * @param longestRoundTripNanos of those answered; 0 for none
 * @param tunnel through which the last of them went; 0 for none
 */
public record FlowBin(int sent, int lost, long longestRoundTripNanos, int tunnel) {}
