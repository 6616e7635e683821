package io.twinspan.daemon.http;

/**
 * Who asks.
 *
 * @param name for records of what was done, for example {@code uid 0}; no secret
 * @param role what the caller may do
 */
public record Caller(String name, Role role) {}
