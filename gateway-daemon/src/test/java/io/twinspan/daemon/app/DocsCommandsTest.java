package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.twinspan.daemon.cli.ExitCode;
import io.twinspan.daemon.cli.TwinspanCommand;
import io.twinspan.daemon.http.ApiServer;
import io.twinspan.daemon.http.FakeGateway;
import io.twinspan.daemon.http.GatewayRoutes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every command that README.md or a page of docs/ shows is one, and those that ask the daemon are run. */
final class DocsCommandsTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** Behind the fence of a block that only means something on a real connection. */
    private static final String NEEDS_AWS = "needs-aws";

    private static final Set<String> RUN = Set.of(
            "status", "sas", "events", "check", "wait", "up", "down", "switch", "rekey", "follow", "mtu", "version");
    private static final Set<String> ENDLESS = Set.of("--follow", "-f", "--watch", "-w");

    /** Describing all commands takes a while. */
    private static final CommandLine ALL = Main.commands();

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    Stream<DynamicTest> commandsInBlocksOfCodeParse() throws IOException {
        return pages().stream()
                .flatMap(page -> shown(page, false).stream()
                        .map(words -> DynamicTest.dynamicTest(
                                page.getFileName() + ": " + String.join(" ", words),
                                () -> assertThatCode(() -> ALL.parseArgs(words.toArray(String[]::new)))
                                        .doesNotThrowAnyException())));
    }

    @TestFactory
    Stream<DynamicTest> commandsInRunningTextExistWithTheirOptions() throws IOException {
        return pages().stream()
                .flatMap(page -> ShownCommands.inText(text(page)).stream()
                        .map(words -> DynamicTest.dynamicTest(
                                page.getFileName() + ": " + String.join(" ", words), () -> assertExists(words))));
    }

    @Test
    void commandsThatAskTheDaemonAreRunAndUnderstood() throws Exception {
        Path socket = folder.resolve("api.sock");
        int ran = 0;
        try (ApiServer _ = ApiServer.start(socket, GatewayRoutes.of(new FakeGateway()))) {
            for (Path page : pages()) {
                for (List<String> words : shown(page, true)) {
                    if (!words.isEmpty()
                            && RUN.contains(words.getFirst())
                            && words.stream().noneMatch(DocsCommandsTest::isEndless)) {
                        assertRuns(page, words, socket);
                        ran++;
                    }
                }
            }
        }
        assertThat(ran).as("commands run").isGreaterThan(10);
    }

    private static void assertRuns(Path page, List<String> words, Path socket) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>();
        // The lab's connection has another name than the sample's.
        words.forEach(word -> all.add(word.equals("2m") ? "1ms" : word.replaceFirst("^lab(?=/|$)", "prod")));
        all.addAll(List.of("--socket", socket.toString()));
        int code = TwinspanCommand.execute(
                ALL.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), all.toArray(String[]::new));
        assertThat(code)
                .as(page.getFileName() + ": " + String.join(" ", words) + "\n" + err)
                .isNotIn(ExitCode.USAGE, ExitCode.UNREACHABLE);
    }

    private static boolean isEndless(String word) {
        return ENDLESS.contains(word) || word.startsWith("--watch=") || word.equals("--socket");
    }

    private static void assertExists(List<String> words) {
        CommandLine line = ALL;
        for (String word : words) {
            if (line.getSubcommands().containsKey(word)) {
                line = line.getSubcommands().get(word);
            } else if (word.matches("--[a-z-]+(=.*)?")) {
                assertThat(line.getCommandSpec().optionsMap())
                        .as(line.getCommandSpec().qualifiedName())
                        .containsKey(word.replaceFirst("=.*", ""));
            } else if (!line.getSubcommands().isEmpty()) {
                // A word for any command, as in COMMAND, is in capitals.
                assertThat(word).matches("[^a-z]+.*");
                return;
            }
        }
    }

    private static List<List<String>> shown(Path page, boolean runnable) {
        return ShownCommands.blocks(text(page)).stream()
                .filter(block -> !runnable || !block.info().contains(NEEDS_AWS))
                .flatMap(block -> ShownCommands.inBlock(block.text()).stream())
                .filter(words -> !words.isEmpty())
                .toList();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(Stream.of(PROJECT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
