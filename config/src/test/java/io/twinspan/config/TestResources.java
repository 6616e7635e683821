package io.twinspan.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Files under {@code src/test/resources/io/twinspan/config}. */
public final class TestResources {
    private TestResources() {}

    public static byte[] octets(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(TestResources.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    public static String text(String name) throws IOException {
        return new String(octets(name), StandardCharsets.UTF_8);
    }

    /** Names of the files in a folder whose name ends so, sorted, with the folder. */
    public static List<String> names(String folder, String ending) throws IOException {
        Path path = Path.of("src/test/resources/io/twinspan/config").resolve(folder);
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
