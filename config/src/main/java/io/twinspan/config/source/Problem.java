package io.twinspan.config.source;

/**
 * One thing that is wrong with a configuration file.
 *
 * @param severity error or warning
 * @param at where the offending key or value stands
 * @param path the key's path, as in {@code connections.prod.tunnels[0].inside.local}; empty for the file as a whole
 * @param message what is wrong, in one sentence without a full stop; never the text of a secret
 * @param hint what to do about it, for example {@code did you mean 'local'?}; empty where there is nothing to add
 */
public record Problem(Severity severity, SourceLocation at, String path, String message, String hint) {
    /** Message and hint on one line. */
    public String sentence() {
        return hint.isEmpty() ? message : message + ", " + hint;
    }
}
