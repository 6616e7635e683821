package io.twinspan.daemon.cli;

/**
 * The daemon's answer.
 *
 * @param status HTTP status code
 * @param state worst state of all connections; empty where the answer does not tell
 * @param body text
 */
public record ApiAnswer(int status, String state, String body) {}
