package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Keys beside a capture: asked for at the beginning, and again for each SPI that is new, so that rekeys are in it. */
final class KeyFile {
    private final Path file;
    private final Supplier<String> source;
    private final Set<String> spis = new HashSet<>();
    private final Set<String> lines = new HashSet<>();

    /**
     * Makes the file.
     *
     * @param source the keys of now
     */
    KeyFile(Path file, Supplier<String> source) throws IOException {
        this.file = file;
        this.source = source;
        PrivateFile.open(file).close();
        add();
    }

    /** A packet with this SPI is in the capture. */
    void seen(String spi) throws IOException {
        if (spis.add(spi)) {
            add();
        }
    }

    private void add() throws IOException {
        for (String line : source.get().lines().toList()) {
            if (lines.add(line)) {
                Files.writeString(file, line + "\n", UTF_8, java.nio.file.StandardOpenOption.APPEND);
            }
        }
    }
}
