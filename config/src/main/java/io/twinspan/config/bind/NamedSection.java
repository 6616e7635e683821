package io.twinspan.config.bind;

import io.twinspan.config.source.SourceLocation;

/** A mapping that the user named: a connection. */
public record NamedSection(String name, SourceLocation nameAt, Section section) {}
