package io.twinspan.daemon.app;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.check.SecretFolder;
import io.twinspan.config.model.GatewayConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The daemon's configuration file, read anew each time. Files with keys are looked for beside it, whatever text is loaded.
 * Blocks on the disk.
 */
record ConfigFile(Path path) {
    /**
     * A text that was loaded without an error.
     *
     * @param text as it stood in the file, without any key
     * @param config what it says, with the keys of that moment
     */
    record Content(String text, GatewayConfig config) {}

    /**
     * One look at the file.
     *
     * @param text as it stands there; empty where it cannot be read as a text
     */
    record Reading(String text, LoadResult result) {}

    /** What the file says now. */
    Reading read() {
        return text().map(text -> new Reading(text, parse(path.toString(), text)))
                .orElseGet(() -> new Reading("", ConfigLoader.load(path)));
    }

    /** What a text would say in the place of the file. */
    LoadResult parse(String name, String text) {
        Path folder = path.toAbsolutePath().getParent();
        return ConfigLoader.load(name, text, new SecretFolder(folder == null ? path.toAbsolutePath() : folder));
    }

    /** The file's text; empty where it cannot be read as one. */
    Optional<String> text() {
        try {
            if (Files.size(path) > ConfigLoader.MAX_OCTETS) {
                return Optional.empty();
            }
            String text = Files.readString(path, StandardCharsets.UTF_8);
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
