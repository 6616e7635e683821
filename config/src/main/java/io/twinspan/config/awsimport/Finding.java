package io.twinspan.config.awsimport;

import io.twinspan.config.source.Severity;

/** Something about the document that the user should know; an error means that there are no files to write. */
public record Finding(Severity severity, String message) {}
