package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** What is said about commands: help, reference and manual pages, completely and with examples that are right. */
final class CommandReferenceTest {
    /** Describing all commands takes a while. */
    private static final CommandLine ALL = Main.commands();

    private static final Path PAGE = Path.of("../docs/cli.md");

    @Test
    void docsCliIsWhatTheHelpSays() throws IOException {
        String wanted = CommandReference.of(ALL);
        if (System.getProperty("twinspan.golden", "").equals("write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew with -Dtwinspan.golden=write -Dtest=CommandReferenceTest")
                .isEqualTo(wanted);
    }

    @TestFactory
    Stream<DynamicTest> everyCommandIsDescribedWithExitCodesAndExamplesThatParse() {
        return all(ALL).map(line ->
                DynamicTest.dynamicTest(line.getCommandSpec().qualifiedName(), () -> {
                    String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
                    assertThat(line.getCommandSpec().usageMessage().description())
                            .isNotEmpty();
                    assertThat(help).contains("Exit codes:").contains("Examples:");
                    String examples = help.substring(help.indexOf("Examples:"));
                    assertThat(ShownCommands.inBlock(examples)).isNotEmpty();
                    ShownCommands.inBlock(examples)
                            .forEach(words -> assertThatCode(() -> ALL.parseArgs(words.toArray(String[]::new)))
                                    .as(String.join(" ", words))
                                    .doesNotThrowAnyException());
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandOfTheFirstWordIsFoundWithoutTheOthers() {
        return ALL.getSubcommands().keySet().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(Main.commandsFor(name).getSubcommands())
                                .containsKey(name)));
    }

    @Test
    void everyCommandHasAManualPageWithoutRequestsOutOfPlace() {
        Map<String, String> pages = io.twinspan.daemon.cli.ManPage.of(ALL, "1.2.3", "2026-11-23");
        assertThat(pages.keySet())
                .containsAll(all(ALL).map(line -> line.getCommandSpec().qualifiedName("-") + ".1")
                        .toList());
        assertThat(pages.values()).allSatisfy(page -> {
            assertThat(page)
                    .contains(".TH \"TWINSPAN")
                    .contains(".SH \"SYNOPSIS\"")
                    .contains(".SH \"EXIT STATUS\"");
            assertThat(page.lines().filter(line -> line.startsWith(".")))
                    .allMatch(line -> line.matches("\\.(TH|SH|TP|PP|B|BR|nf|fi|nh|ad l)( .*)?"));
        });
    }

    private static Stream<CommandLine> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line), line.getSubcommands().values().stream().flatMap(CommandReferenceTest::all));
    }
}
