package io.twinspan.daemon.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.drill.FlowResult;
import io.twinspan.daemon.drill.TcpResult;
import io.twinspan.daemon.drill.TrafficResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final DrillOrder ORDER =
            new DrillOrder(new DrillScenario.Blackhole(), "prod", 0, 20_000_000_000L, 1_000_000_000L, 200, "");

    @TempDir
    private Path folder = Path.of("");

    private DrillArchive open() {
        return DrillArchive.open(folder.resolve("drills"), (form, report) -> form + " of " + report.id());
    }

    private static DrillReport report(String id) {
        return report(id, ORDER);
    }

    private static DrillReport report(String id, DrillOrder order) {
        TrafficResult.Phase none = new TrafficResult.Phase(0, 0, 0, 0, 0);
        return new DrillReport(
                id,
                new DrillReport.Environment("1", "host", "system"),
                NOW,
                order,
                1,
                DrillVerdict.PASSED,
                "",
                1,
                new FlowResult(10, 9, 0, 0, 5, 6, 7, 8, 9),
                null,
                new TrafficResult(none, none, none, -1),
                TcpResult.UNKNOWN,
                List.of(),
                List.of(),
                1,
                0,
                List.of());
    }

    private static String keep(DrillArchive archive, String id) {
        CompletableFuture<String> where = new CompletableFuture<>();
        archive.keep(report(id), where::complete);
        return where.join();
    }

    private static Optional<DrillHistory.Document> find(DrillArchive archive, String id, DrillForm form) {
        CompletableFuture<Optional<DrillHistory.Document>> found = new CompletableFuture<>();
        archive.find(id, form, found::complete);
        return found.join();
    }

    @Test
    void reportsOutliveTheDaemonInEveryForm() {
        String id;
        try (DrillArchive archive = open()) {
            id = archive.begin(ORDER, 1, NOW);
            assertThat(id).isEqualTo("2026-11-23-0001");
            assertThat(keep(archive, id)).isEqualTo(folder.resolve("drills").toString());
        }
        try (DrillArchive archive = open()) {
            assertThat(archive.records()).containsExactly(report(id).summary());
            assertThat(find(archive, "", DrillForm.JUNIT))
                    .hasValueSatisfying(it -> assertThat(it.text()).isEqualTo("JUNIT of " + id));
            assertThat(find(archive, "2026-11-23-0002", DrillForm.JSON)).isEmpty();
            assertThat(archive.begin(ORDER, 1, NOW)).isEqualTo("2026-11-23-0002");
        }
        assertThat(folder.resolve("drills/drill-2026-11-23-0001.html")).hasContent("HTML of " + id);
        assertThat(folder.resolve("drills/drill-2026-11-23-0001.junit.xml")).exists();
    }

    @Test
    void aDrillThatTheDaemonDidNotOutliveIsAbortedInTheHistory() {
        try (DrillArchive archive = open()) {
            archive.begin(ORDER, 2, NOW);
        }
        try (DrillArchive archive = open()) {
            assertThat(archive.records()).singleElement().satisfies(record -> {
                assertThat(record.verdict()).isEqualTo(DrillVerdict.ABORTED);
                assertThat(record.reason()).isEqualTo("the daemon ended while it ran");
                assertThat(record.tunnel()).isEqualTo(2);
            });
        }
        try (DrillArchive archive = open()) {
            assertThat(archive.records()).hasSize(1);
        }
    }

    private static boolean leave(DrillArchive archive, DrillHandOver left) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        archive.leave(left, written::complete);
        return written.join();
    }

    private static DrillHandOver left(String id) {
        DrillHandOver some = HandOverFileTest.some(1);
        return new DrillHandOver(
                id,
                some.plan(),
                some.startedAt(),
                some.writtenAt(),
                some.beginNanos(),
                some.toPeer(),
                some.toTarget(),
                some.traffic(),
                some.timeline(),
                some.spis(),
                some.connections());
    }

    @Test
    void whatADrillLeavesIsThereForOneProcessAndItsDrillIsNotAborted() throws IOException {
        DrillHandOver left;
        try (DrillArchive archive = open()) {
            left = left(archive.begin(ORDER, 1, NOW));
            assertThat(leave(archive, left)).isTrue();
        }
        try (DrillArchive archive = open()) {
            assertThat(archive.inherited()).containsExactly(new DrillHistory.Inherited(left.id(), left));
            assertThat(archive.inherited()).describedAs("once").isEmpty();
            assertThat(archive.records()).describedAs("it goes on").isEmpty();
            assertThat(archive.outlivesTheProcess()).isTrue();
        }
        // The process that took it up died of it, or for another reason.
        try (DrillArchive archive = open()) {
            assertThat(archive.inherited()).isEmpty();
            assertThat(archive.records())
                    .singleElement()
                    .extracting(DrillRecord::reason)
                    .isEqualTo("the daemon ended while it ran");
        }
    }

    @Test
    void whatIsDamagedOrOfAnotherDrillIsToldWithoutContentAndIsGone() throws IOException {
        String id;
        try (DrillArchive archive = open()) {
            id = archive.begin(ORDER, 1, NOW);
            leave(archive, left(id));
        }
        Path file = folder.resolve("drills/drill-" + id + ".handed-over");
        Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 100));
        Files.write(folder.resolve("drills/drill-2020-01-01-0001.handed-over"), HandOverFile.write(left(id)));
        Files.createSymbolicLink(folder.resolve("drills/drill-x.handed-over"), Path.of("/dev/zero"));
        try (DrillArchive archive = open()) {
            assertThat(archive.inherited())
                    .containsExactly(
                            new DrillHistory.Inherited("2020-01-01-0001", null),
                            new DrillHistory.Inherited(id, null),
                            new DrillHistory.Inherited("x", null));
            archive.discard("x", "no such drill");
            archive.discard(id, "damaged");
            assertThat(archive.records())
                    .singleElement()
                    .extracting(DrillRecord::reason)
                    .isEqualTo("damaged");
        }
        try (var files = Files.list(folder.resolve("drills"))) {
            assertThat(files.map(it -> it.getFileName().toString())).containsExactly("drill-" + id + ".record");
        }
    }

    @Test
    void whatIsWithdrawnIsLeftToNobody() {
        try (DrillArchive archive = open()) {
            DrillHandOver left = left(archive.begin(ORDER, 1, NOW));
            leave(archive, left);
            archive.withdraw(left.id());
        }
        try (DrillArchive archive = open()) {
            assertThat(archive.inherited()).isEmpty();
            assertThat(archive.records()).hasSize(1);
        }
    }

    @Test
    void withoutAFolderNothingCanBeLeft() {
        try (DrillArchive archive = DrillArchive.inMemory((_, _) -> "")) {
            assertThat(archive.outlivesTheProcess()).isFalse();
            assertThat(leave(archive, left("2026-11-23-0001"))).isFalse();
        }
    }

    @Test
    void theNewestTwoHundredAreKept() throws IOException {
        try (DrillArchive archive = open()) {
            for (int i = 0; i < DrillArchive.MAX_RECORDS + 5; i++) {
                keep(archive, archive.begin(ORDER, 1, NOW));
            }
            assertThat(archive.records())
                    .hasSize(DrillArchive.MAX_RECORDS)
                    .first()
                    .extracting(DrillRecord::id)
                    .isEqualTo("2026-11-23-0205");
        }
        try (var files = Files.list(folder.resolve("drills"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".html"))).hasSize(DrillArchive.MAX_RECORDS);
        }
    }

    @Test
    void theLastDrillThatAConnectionPassedOutlivesThoseOfABusierOne() {
        DrillOrder rare = new DrillOrder(new DrillScenario.Blackhole(), "branch", 0, 20_000_000_000L, 1, 200, "");
        try (DrillArchive archive = open()) {
            CompletableFuture<String> where = new CompletableFuture<>();
            archive.keep(report(archive.begin(rare, 1, NOW), rare), where::complete);
            assertThat(where.join()).isNotEmpty();
            for (int i = 0; i < DrillArchive.MAX_RECORDS + 5; i++) {
                keep(archive, archive.begin(ORDER, 1, NOW));
            }
            assertThat(archive.records())
                    .hasSize(DrillArchive.MAX_RECORDS)
                    .last()
                    .extracting(DrillRecord::connection)
                    .isEqualTo("branch");
        }
    }

    @Test
    void whatIsNoRecordIsPassedOver() throws IOException {
        Path drills = Files.createDirectory(folder.resolve("drills"));
        Files.writeString(drills.resolve("drill-2026-11-23-0001.record"), "id=2026-11-23-0001\ntunnel=x");
        Files.writeString(drills.resolve("drill-x.record"), "");
        try (DrillArchive archive = open()) {
            assertThat(archive.records()).isEmpty();
        }
    }

    @Test
    void withoutAFolderTheLastReportsStayInMemory() throws IOException {
        Files.writeString(folder.resolve("drills"), "a file where the folder should be");
        try (DrillArchive archive = open()) {
            for (int i = 0; i < 6; i++) {
                assertThat(keep(archive, archive.begin(ORDER, 1, NOW))).isEmpty();
            }
            assertThat(archive.records()).hasSize(6);
            assertThat(find(archive, "", DrillForm.TEXT)).isPresent();
            assertThat(find(archive, "2026-11-23-0001", DrillForm.TEXT))
                    .describedAs("too old for the memory")
                    .isEmpty();
        }
    }
}
