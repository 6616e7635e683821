package io.twinspan.daemon.drill;

/**
 * An instant that another process on this machine can tell the distance to.
 *
 * @param boot names the time since the machine was started: there is no distance to an instant of another one
 * @param nanos since then, sleep included
 */
public record BootInstant(String boot, long nanos) {}
