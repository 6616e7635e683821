package io.twinspan.daemon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.diff.Disturbance;
import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.http.ConfigRoutes;
import io.twinspan.daemon.http.RouteGroup;
import io.twinspan.daemon.http.ScriptedConfig;
import io.twinspan.daemon.reload.ReloadPreview;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that change a configuration, over a real socket, with a gateway in memory. */
final class ConfigCommandsTest extends CommandFixture {
    private static final ConfigAnswer DIFFERENCE = new ConfigAnswer.Compared(
            ReloadPreview.of(
                    new ConfigDelta(List.of(new ConfigChange(
                            "connections.prod.hold-down",
                            ConfigChange.Kind.CHANGED,
                            "1s",
                            "3s",
                            "1s -> 3s",
                            Disturbance.LIVE,
                            "prod",
                            0))),
                    Map.of()),
            List.of());

    private final ScriptedConfig config = new ScriptedConfig();

    @BeforeEach
    void start() {
        config.compares(DIFFERENCE);
    }

    @Override
    protected List<RouteGroup> routes() {
        return List.of(new ConfigRoutes(config));
    }

    @Test
    void applyShowsWhatItWillDoAndDoesIt() {
        config.answers(new ConfigAnswer.Done("applied", 0));
        config.compares(DIFFERENCE);
        assertThat(run("config", "apply", "--yes")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).containsSubsequence("connections.prod.hold-down", "1s -> 3s", "applied");
        assertThat(config.asked()).hasSize(2).first().isEqualTo("diff");
        assertThat(config.asked().getLast()).endsWith(" PT0S PT30S");
    }

    @Test
    void withoutSomebodyToAskNothingIsAppliedUnlessYesIsSaid() {
        assertThat(run("config", "apply", "--no-input")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("nobody can be asked").contains("--yes");
        assertThat(config.asked()).containsExactly("diff");
    }

    @Test
    void aTrialThatNobodyWatchesTellsHowToKeepIt() {
        config.answers(new ConfigAnswer.Done("applied; rolled back in 60 s unless it is confirmed", 60));
        config.compares(DIFFERENCE);
        assertThat(run("config", "apply", "--yes", "--no-input", "--confirm", "60s", "--within", "5s"))
                .isEqualTo(ExitCode.OK);
        assertThat(config.asked().getLast()).endsWith(" PT1M PT5S");
        assertThat(out + err.toString()).contains("twinspan config confirm");
    }

    @Test
    void errorsOfTheFileExitWithSixAndARollbackWithOne() {
        config.compares(new ConfigAnswer.Invalid(List.of(
                new Problem(Severity.ERROR, new SourceLocation("/etc/t.yaml", 7, 9), "a.b", "unknown key 'b'", ""))));
        assertThat(run("config", "apply", "--yes")).isEqualTo(ExitCode.CONFIG_INVALID);
        assertThat(err.toString()).contains("/etc/t.yaml:7:9");
        assertThat(run("config", "diff")).isEqualTo(ExitCode.CONFIG_INVALID);
        config.answers(new ConfigAnswer.RolledBack("tunnel prod/2 did not come back within 30 s"));
        config.compares(DIFFERENCE);
        assertThat(run("config", "apply", "--yes")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("tunnel prod/2 did not come back within 30 s");
    }

    @Test
    void errorsOfTheFileAreJsonForWhoAsksForJson() {
        config.compares(new ConfigAnswer.Invalid(List.of(
                new Problem(Severity.ERROR, new SourceLocation("/etc/t.yaml", 7, 9), "a.b", "unknown key 'b'", ""))));
        assertThat(run("config", "apply", "--yes", "-o", "json")).isEqualTo(ExitCode.CONFIG_INVALID);
        assertThat(text()).startsWith("{\"schema\":\"twinspan.problems/1\"").contains("\"line\":7");
    }

    @Test
    void aDraftThatCannotBeReadSaysWhy() throws IOException {
        Path draft = Files.write(folder.resolve("draft.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(run("config", "diff", draft.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("cannot read " + draft + ": it is not UTF-8 text");
    }

    @Test
    void aDraftIsSentWithItsName() throws IOException {
        Path draft = Files.writeString(folder.resolve("draft.yaml"), "version: 1\n");
        assertThat(run("config", "diff", draft.toString())).isEqualTo(ExitCode.OK);
        assertThat(config.asked()).containsExactly("diff " + draft + " version: 1");
        assertThat(run("config", "diff", folder.resolve("none.yaml").toString()))
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void confirmAndRollbackAreOrdersOfTheirOwn() {
        config.answers(new ConfigAnswer.Done("confirmed", 0));
        assertThat(run("config", "confirm")).isEqualTo(ExitCode.OK);
        assertThat(run("config", "rollback")).isEqualTo(ExitCode.OK);
        assertThat(config.asked())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("confirm "),
                        second -> assertThat(second).startsWith("rollback "));
        config.answers(new ConfigAnswer.Refused("no change waits for a confirmation", "none was applied"));
        assertThat(run("config", "confirm")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no change waits");
    }

    @Test
    void aQuestionIsAnsweredByYesByAnythingElseOrNotAtAll() {
        assertThat(answer("y\n")).isEqualTo(Confirmation.Answer.YES);
        assertThat(answer("YES\n")).isEqualTo(Confirmation.Answer.YES);
        assertThat(answer("\n")).isEqualTo(Confirmation.Answer.NO);
        assertThat(answer("yesterday\n")).isEqualTo(Confirmation.Answer.NO);
        assertThat(answer("")).isEqualTo(Confirmation.Answer.SILENCE);
        assertThat(err.toString()).startsWith("Keep it? [y/N] ");
    }

    private Confirmation.Answer answer(String typed) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(UTF_8)));
        try {
            return Confirmation.yesWithin(new PrintWriter(err), "Keep it?", Duration.ofMillis(50));
        } finally {
            System.setIn(before);
        }
    }
}
