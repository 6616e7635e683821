package io.twinspan.daemon.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real launcher script in a made-up source tree, with a Java and a Maven that only say what they were asked. */
final class LauncherTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void makeTree() throws IOException {
        copy("twinspan");
        copy("build-support/find-jdk.sh");
        copy("build-support/cli-flags.sh");
        copy("build-support/daemon-flags.sh");
        script(
                "build-support/make-cli-cache",
                "echo noise of the cache; echo once >> made-caches; : > $4/twinspan.aot");
        script("jdk/bin/java", "echo \"java $*\"; exit 3");
        script("jdk/bin/javac", "exit 0");
        Files.writeString(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.createDirectories(home.resolve("gateway-daemon/target/lib"));
        script(
                "mvnw",
                "echo noise of the build; mkdir -p gateway-daemon/target/lib;"
                        + " : > gateway-daemon/target/gateway-daemon-1.jar");
    }

    @Test
    void buildsQuietlyWhereThereIsNoJarAndThenRuns() throws Exception {
        List<String> lines = run("status", "-o", "json");
        assertThat(lines.getFirst()).isEqualTo("twinspan: building, this takes a minute the first time ...");
        assertThat(lines).noneMatch(line -> line.contains("noise"));
        assertThat(lines).anyMatch(line -> line.endsWith("io.twinspan.daemon.app.Main status -o json"));
        assertThat(lines.getLast()).isEqualTo("exit 3");
    }

    @Test
    void runsAtOnceWhereTheJarIsNewerThanTheSources() throws Exception {
        run("version");
        List<String> lines = run("version");
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).contains("-XX:TieredStopAtLevel=1").contains("gateway-daemon-1.jar");
    }

    @Test
    void cacheIsMadeOnceForEachJarAndUsedByShortCommandsOnly() throws Exception {
        run("version");
        List<String> lines = run("version");
        assertThat(lines).noneMatch(line -> line.contains("noise"));
        assertThat(lines.getFirst())
                .contains("-XX:AOTCache=" + home + "/gateway-daemon/target/cli/twinspan.aot")
                .contains("gateway-daemon-1.jar:" + home + "/gateway-daemon/target/cli/picocli.jar:");
        assertThat(Files.readAllLines(home.resolve("made-caches"))).hasSize(1);
        assertThat(run("run", "--config", "x")).noneMatch(line -> line.contains("AOTCache"));
        Path jar = home.resolve("gateway-daemon/target/gateway-daemon-1.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(2)));
        run("version");
        assertThat(Files.readAllLines(home.resolve("made-caches"))).hasSize(2);
    }

    @Test
    void commandRunsWhereTheCacheCannotBeMade() throws Exception {
        script("build-support/make-cli-cache", "echo noise of the cache; exit 1");
        List<String> lines = run("status");
        assertThat(lines).noneMatch(line -> line.contains("AOTCache") || line.contains("noise"));
        assertThat(lines).anyMatch(line -> line.endsWith("io.twinspan.daemon.app.Main status"));
    }

    @Test
    void newerSourcesAreBuiltAnew() throws Exception {
        run("version");
        Path source = home.resolve("config/src/main/java/A.java");
        Files.createDirectories(source.resolveSibling("."));
        Files.writeString(source, "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("version").getFirst()).startsWith("twinspan: building");
    }

    @Test
    void daemonGetsServerFlags() throws Exception {
        assertThat(run("run", "--config", "x").stream().filter(line -> line.startsWith("java ")))
                .singleElement()
                .asString()
                .doesNotContain("TieredStopAtLevel")
                .contains("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void namedJarsRunAsTheyAre() throws Exception {
        script("run-copy", "TWINSPAN_JARS=/some/jars exec ./twinspan \"$@\"");
        assertThat(execute("run-copy", "version"))
                .noneMatch(line -> line.startsWith("twinspan: building"))
                .anyMatch(line -> line.contains("-cp /some/jars/* io.twinspan.daemon.app.Main version"));
    }

    @Test
    void failingBuildShowsItsOutputAndFails() throws Exception {
        script("mvnw", "echo the compiler says no; exit 1");
        assertThat(run("version"))
                .contains("the compiler says no", "twinspan: the build failed")
                .last()
                .isEqualTo("exit 1");
    }

    private List<String> run(String... arguments) throws Exception {
        return execute("twinspan", arguments);
    }

    private List<String> execute(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve(script).toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        Process process = builder.start();
        List<String> lines = new ArrayList<>(new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList());
        lines.add("exit " + process.waitFor());
        return lines;
    }

    private void copy(String name) throws IOException {
        Path target = home.resolve(name);
        Files.createDirectories(target.resolveSibling("."));
        Files.copy(PROJECT.resolve(name), target);
    }

    private void script(String name, String body) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
