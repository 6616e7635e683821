package io.twinspan.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.SystemdRequirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit as it is shipped, in the eyes of systemd. */
class UnitTest {
    private static final Path UNIT = Path.of("..", "systemd", "twinspan.service");

    /** Of 100; most daemons of this kind are at 96. */
    private static final int THRESHOLD = 20;

    @TempDir
    private Path folder = Path.of("");

    private record Answer(int code, String text) {}

    @Test
    void theSandboxIsAsTightAsIsPromised() throws Exception {
        SystemdRequirement.requireAnalyze();
        Answer answer =
                analyze("security", "--offline=true", "--no-pager", "--threshold=" + THRESHOLD, UNIT.toString());
        assertThat(answer.code()).describedAs(answer.text()).isZero();
        Answer stricter = analyze("security", "--offline=true", "--no-pager", "--threshold=5", UNIT.toString());
        assertThat(stricter.code()).describedAs("the judge can say no").isNotZero();
    }

    @Test
    void systemdKnowsEveryLineOfIt() throws Exception {
        SystemdRequirement.requireAnalyze();
        // The program is where the package puts it, not on this machine.
        String text = Files.readString(UNIT).replace("/usr/bin/twinspan", "/bin/true");
        Path unit = Files.writeString(folder.resolve("twinspan.service"), text);
        assertThat(analyze("verify", "--man=no", "--recursive-errors=no", unit.toString())
                        .text())
                .doesNotContain("twinspan.service:");
    }

    @Test
    void itGrantsExactlyThreeCapabilitiesAndRestartsKeepTheTunnels() throws Exception {
        List<String> lines = Files.readAllLines(UNIT);
        String three = "CAP_NET_ADMIN CAP_NET_RAW CAP_NET_BIND_SERVICE";
        assertThat(lines)
                .contains("AmbientCapabilities=" + three, "CapabilityBoundingSet=" + three)
                .contains(
                        "Type=notify",
                        "Restart=always",
                        "RestartPreventExitStatus=2 6",
                        "Environment=TWINSPAN_HAND_OVER=1")
                .anyMatch(line -> line.startsWith("WatchdogSec="))
                .anyMatch(line -> line.startsWith("FileDescriptorStoreMax="));
    }

    private static Answer analyze(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(SystemdRequirement.ANALYZE.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
