package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabOptionsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void choosingASocketMakesNothing() {
        Path usual = folder.resolve("twinspan/twinspan.sock");
        assertThat(LabOptions.freeSocket(usual)).isEqualTo(usual);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void socketOfARunningDaemonIsLeftAlone() throws IOException {
        Path usual = Files.createFile(folder.resolve("twinspan.sock"));
        assertThat(LabOptions.freeSocket(usual)).isNotEqualTo(usual);
    }

    @Test
    void optionsOfADrillAskForOne() {
        assertThat(picocli.CommandLine.populateCommand(new LabCommand.DrillOptions(), "--for", "60s")
                        .wanted())
                .contains("blackhole");
        assertThat(picocli.CommandLine.populateCommand(new LabCommand.DrillOptions(), "--drill", "planned")
                        .wanted())
                .contains("planned");
        assertThat(new LabCommand.DrillOptions().wanted()).isEmpty();
    }
}
