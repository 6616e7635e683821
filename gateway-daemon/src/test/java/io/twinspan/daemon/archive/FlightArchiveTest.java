package io.twinspan.daemon.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightArchiveTest {
    @TempDir
    private Path folder;

    private final List<Path> saved = new ArrayList<>();

    private void save(FlightArchive archive, String name, int octets) {
        archive.save(name, () -> Map.of("failover.json", new byte[octets]), saved::add);
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsARecordWhereOnlyItsOwnerCanReadIt() throws IOException {
        try (FlightArchive archive = new FlightArchive(folder)) {
            save(archive, "20261123T080000Z-prod", 10);
        }
        assertThat(saved).containsExactly(folder.resolve("20261123T080000Z-prod"));
        assertThat(Files.size(saved.getFirst().resolve("failover.json"))).isEqualTo(10);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved.getFirst())))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsTheNewestWithinItsNumber() throws IOException {
        try (FlightArchive archive = new FlightArchive(folder)) {
            for (int i = 0; i < FlightArchive.MAX_RECORDS + 5; i++) {
                save(archive, "record-" + (1_000 + i), 10);
            }
        }
        assertThat(names())
                .hasSize(FlightArchive.MAX_RECORDS)
                .contains("record-1068")
                .doesNotContain("record-1004");
    }

    @Test
    void keepsTheNewestWithinItsOctets() throws IOException {
        try (FlightArchive archive = new FlightArchive(folder)) {
            for (int i = 0; i < 4; i++) {
                save(archive, "record-" + i, 30 << 20);
            }
        }
        assertThat(names()).containsExactly("record-2", "record-3");
    }

    @Test
    void removesWhatACrashLeftHalfWritten() throws IOException {
        Files.createDirectories(folder.resolve("record-0.part"));
        try (FlightArchive archive = new FlightArchive(folder)) {
            save(archive, "record-1", 10);
        }
        assertThat(names()).containsExactly("record-1");
    }
}
