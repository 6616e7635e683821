package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.cli.TwinspanCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion scripts in the shells that they are for. */
class CompletionScriptsTest {
    @TempDir
    private Path folder = Path.of("");

    private Path script(String shell) throws IOException {
        StringWriter out = new StringWriter();
        assertThat(TwinspanCommand.execute(Main.commands().setOut(new PrintWriter(out)), "completion", shell))
                .isZero();
        return Files.writeString(folder.resolve("twinspan." + shell), out.toString());
    }

    @Test
    void bashTakesTheScriptAndCompletesTwinspanByIt() throws Exception {
        assertThat(bash("complete -p twinspan")).contains("-F _complete_twinspan", "twinspan");
    }

    @ParameterizedTest
    @CsvSource({
        "sta, status",
        "dash, dashboard",
        "token cr, create",
        "token create x --ro, --role",
        "token create x --role v, viewer",
        "preflight --con, --config",
        "drill ru, run",
        "config ch, check"
    })
    void bashCompletesWhatAnOperatorTypes(String typed, String wanted) throws Exception {
        String[] words = typed.split(" ");
        // Bash has compopt only while somebody presses the key.
        assertThat(bash("compopt() { :; }; COMP_WORDS=(twinspan " + typed + "); COMP_CWORD=" + words.length
                                + "; COMP_LINE='twinspan " + typed + "'; COMP_POINT=${#COMP_LINE}; _complete_twinspan;"
                                + " printf '%s\n' \"${COMPREPLY[@]}\"")
                        .lines()
                        .map(String::strip))
                .contains(wanted);
    }

    @ParameterizedTest
    @CsvSource({"zsh", "fish"})
    void theOtherShellsCanReadTheirs(String shell) throws Exception {
        Path program = Path.of("/usr/bin", shell);
        if (!Files.isExecutable(program)) {
            NamespaceRequirement.missing("this needs " + shell);
        }
        run(List.of(program.toString(), "-n", script(shell).toString()));
    }

    private String bash(String commands) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/bash"))) {
            NamespaceRequirement.missing("this needs bash");
        }
        return run(List.of("/usr/bin/bash", "--norc", "-c", "source " + script("bash") + " && " + commands));
    }

    /** What a shell prints that ends well and complains of nothing. */
    private static String run(List<String> command) throws Exception {
        Process shell = new ProcessBuilder(command).start();
        shell.getOutputStream().close();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(err).isEmpty();
        assertThat(shell.exitValue()).describedAs(out).isZero();
        return out;
    }
}
