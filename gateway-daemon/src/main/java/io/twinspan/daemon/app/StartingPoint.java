package io.twinspan.daemon.app;

import io.twinspan.config.LoadResult;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.source.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway starts with.
 *
 * @param content the configuration, with its text where it came from one
 * @param file of the daemon, to be read again on a reload
 * @param fallback true where the last confirmed configuration took the place of the file, which was on trial when the daemon
 *     ended, or rolled back
 */
record StartingPoint(ConfigFile.Content content, ConfigFile file, boolean fallback) {
    /** What came of looking for a starting point. */
    record Found(List<Problem> problems, @Nullable StartingPoint start) {
        Found {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The file, or the last confirmed configuration where the file is not to be trusted.
     *
     * @param state folder for what outlives the daemon; null for none
     */
    static Found find(Path path, @Nullable Path state) {
        ConfigFile file = new ConfigFile(path);
        ConfigFile.Reading reading = file.read();
        Optional<String> instead =
                state == null ? Optional.empty() : store(state).insteadOf(reading.text());
        if (instead.isPresent() && file.parse("confirmed.yaml", instead.get()) instanceof LoadResult.Loaded loaded) {
            ConfigFile.Content content = new ConfigFile.Content(instead.get(), loaded.config());
            return new Found(loaded.problems(), new StartingPoint(content, file, true));
        }
        return switch (reading.result()) {
            case LoadResult.Loaded(GatewayConfig config, List<Problem> problems) ->
                new Found(problems, new StartingPoint(new ConfigFile.Content(reading.text(), config), file, false));
            case LoadResult.Invalid(List<Problem> problems) -> new Found(problems, null);
        };
    }

    /** What a gateway keeps of its configurations. */
    static ConfigStore store(Path state) {
        return new ConfigStore(state.resolve("config"));
    }

    /** What it says. */
    GatewayConfig config() {
        return content.config();
    }
}
