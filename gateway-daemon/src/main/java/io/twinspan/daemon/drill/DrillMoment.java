package io.twinspan.daemon.drill;

/**
 * A line of the timeline.
 *
 * @param atNanos since the fault came; negative before
 * @param tunnel it is about; 0 for none
 * @param text a sentence without an end
 */
public record DrillMoment(long atNanos, int tunnel, String text) {}
