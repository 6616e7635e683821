package io.twinspan.config.awsimport;

/**
 * Something the gateway needs and the document does not say.
 *
 * @param path the key in {@code twinspan.yaml} that stays unset
 * @param what what is missing and how to give it, in one sentence
 */
public record Missing(String path, String what) {}
