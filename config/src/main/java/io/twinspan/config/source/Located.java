package io.twinspan.config.source;

/**
 * A decoded value with its origin.
 *
 * @param value what was read
 * @param at where the value stands
 * @param path the key's path
 */
public record Located<T>(T value, SourceLocation at, String path) {}
