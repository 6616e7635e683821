package io.twinspan.daemon.drill;

/**
 * What the counters of the users' packets said at an instant, as one process tells the next.
 *
 * @param atNanos from an instant both know
 * @param in1 from the peer through tunnel 1
 * @param out1 to the peer through tunnel 1
 * @param in2 from the peer through tunnel 2
 * @param out2 to the peer through tunnel 2
 */
public record TrafficLook(long atNanos, long in1, long out1, long in2, long out2) {}
