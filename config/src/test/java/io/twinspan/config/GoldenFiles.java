package io.twinspan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares a text with a file kept under {@code src/test/resources/io/twinspan/config}. With {@code -Dtwinspan.golden=write}
 * the file is written instead, to be read before it is committed; the comparison then fails, so that no build stays green that
 * way.
 */
public final class GoldenFiles {
    private static final Path ROOT = Path.of("src/test/resources/io/twinspan/config");

    private GoldenFiles() {}

    public static void compare(String name, String actual) throws IOException {
        Path file = ROOT.resolve(name);
        if ("write".equals(System.getProperty("twinspan.golden"))) {
            Files.writeString(file, actual);
            throw new AssertionError("wrote " + file);
        }
        assertThat(file).exists();
        assertThat(actual).as(name).isEqualTo(Files.readString(file));
    }
}
