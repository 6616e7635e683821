package io.twinspan.daemon.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache that makes commands start fast, made from the real jar and used by a real JVM. */
final class CommandCacheIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TARGET = PROJECT.resolve("gateway-daemon/target");
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void cacheIsUsedAndACommandRunsWithoutItWhereItIsBroken() throws Exception {
        Optional<Path> built = jar();
        assumeThat(built).as("'./mvnw package' makes the jar").isPresent();
        Path jar = Files.copy(built.orElseThrow(), folder.resolve("twinspan.jar"));
        assertThat(run(List.of(
                                PROJECT.resolve("build-support/make-cli-cache").toString(),
                                JAVA_HOME,
                                jar.toString(),
                                TARGET.resolve("lib").toString(),
                                folder.toString()))
                        .code())
                .isZero();
        // AOTMode=on ends the JVM where the cache does not fit.
        assertThat(command(jar, "-XX:AOTMode=on").output()).startsWith("twinspan ");
        Files.write(folder.resolve("twinspan.aot"), new byte[8_192]);
        assertThat(command(jar, "-XX:AOTMode=on").code()).isNotZero();
        Ran without = command(jar, "-XX:AOTMode=auto");
        assertThat(without.code()).isZero();
        assertThat(without.output().lines()).singleElement().asString().startsWith("twinspan ");
    }

    private Ran command(Path jar, String mode) throws Exception {
        String flags = Files.readAllLines(PROJECT.resolve("build-support/cli-flags.sh")).stream()
                .filter(line -> line.startsWith("cli_flags="))
                .findFirst()
                .orElseThrow();
        List<String> words =
                new ArrayList<>(List.of(Path.of(JAVA_HOME, "bin/java").toString()));
        words.addAll(Arrays.asList(
                flags.substring(flags.indexOf('"') + 1, flags.lastIndexOf('"')).split(" ", -1)));
        words.addAll(List.of(
                mode,
                "-XX:AOTCache=" + folder.resolve("twinspan.aot"),
                "-cp",
                jar + ":" + folder.resolve("picocli.jar") + ":" + TARGET.resolve("lib") + "/*",
                "io.twinspan.daemon.app.Main",
                "version"));
        return run(words);
    }

    private static Ran run(List<String> words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), output);
    }

    private static Optional<Path> jar() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("gateway-daemon-.*(?<!tests|sources)\\.jar"))
                    .findFirst();
        }
    }

    private record Ran(int code, String output) {}
}
