package io.twinspan.config.source;

/**
 * A place in a text file.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1, in characters
 */
public record SourceLocation(String file, int line, int column) {
    /** The beginning of a file. */
    public static SourceLocation startOf(String file) {
        return new SourceLocation(file, 1, 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
