package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IkeSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.daemon.archive.DrillArchive;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.drill.DrillVerdict;
import io.twinspan.daemon.ike.IkePeerPlan;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.PeerMemory;
import io.twinspan.daemon.ike.SpiAllocator;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.JournalEntry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two halves of a drill for which the daemon restarts, each in a process of its own with a clock of its own. */
final class DrillRestartTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PAUSE = 2_700 * TimeUnit.MILLISECONDS.toNanos(1);
    private static final InetAddress HERE = IpPrefix.parseAddress("192.0.2.1");

    private static final IkeSuite SUITE = new IkeSuite(
            EncryptionAlgorithm.AES_GCM_16_256,
            IntegrityAlgorithm.NONE,
            PseudorandomFunction.HMAC_SHA2_256,
            KeyExchangeMethod.ECP_256);

    @TempDir
    private Path folder = Path.of("");

    private final FakeSuccession succession = new FakeSuccession();

    /** A daemon without a network, from its start to its end. */
    private final class Daemon implements AutoCloseable, DrillFollower {
        private final TestControlLoop loop = new TestControlLoop();
        private final EventJournal journal =
                new EventJournal(loop.loop()::nowNanos, () -> Instant.parse("2026-11-23T03:00:00Z"));
        private final ControlPlane control =
                new ControlPlane(loop.loop(), journal, () -> Instant.parse("2026-11-23T03:00:00Z"), Map::of);
        private final AnsweringDataPlane dataPlane = new AnsweringDataPlane(loop, control, "prod");
        private final IkeSaManager ike =
                new IkeSaManager(loop.loop(), new NoNetwork(), new SpiAllocator(), control, _ -> {});
        private final DrillArchive archive = DrillArchive.open(folder, (form, _) -> form.label());
        private final DrillDesk desk;
        private final List<DrillMoment> moments = new ArrayList<>();
        private final List<DrillReport> reports = new ArrayList<>();

        Daemon(int firstSpi) {
            DrillParts parts = new DrillParts(
                    archive,
                    () -> 1,
                    () -> CompletableFuture.completedFuture(Set.of("a tcp connection")),
                    new DrillReport.Environment("", "", ""),
                    succession);
            desk = new DrillDesk(
                    loop.loop(), control, ike, journal, () -> Instant.parse("2026-11-23T03:00:00Z"), parts);
            control.add(ConnectionControlTest.connection(false), dataPlane, _ -> HERE, ConnectionMemory.NONE);
            for (int number = 1; number <= 2; number++) {
                TunnelName name = new TunnelName("prod", number);
                IkePeerSummary summary = summary(firstSpi + number);
                ike.add(new IkePeerPlan(
                        name,
                        HERE,
                        IpPrefix.parseAddress("203.0.113." + number),
                        dataPlane,
                        () -> new SilentDriver(summary),
                        PeerMemory.NONE));
                control.onReport(name, ConnectionControlTest.ESTABLISHED);
            }
            loop.run();
        }

        private static IkePeerSummary summary(int spi) {
            Endpoint here = new Endpoint(HERE, 500);
            return new IkePeerSummary(
                    IkePeerSummary.Phase.ESTABLISHED,
                    List.of(new IkePeerSummary.IkeSaSummary(spi, 7, true, SUITE, false, false, here, here, 0, 1, 2)),
                    List.of());
        }

        DrillAnswer begin() {
            DrillOrder order =
                    new DrillOrder(new DrillScenario.DaemonRestart(), "prod", 0, 20 * SECOND, 5 * SECOND, 200, "");
            return desk.start(order, this);
        }

        void pass(Duration time) {
            for (long left = time.toNanos(); left > 0; left -= STEP) {
                succession.bootNanos += STEP;
                loop.advance(STEP);
            }
        }

        /** What the archive's thread has to say comes when it comes. */
        void await(java.util.function.BooleanSupplier condition) {
            Awaitility.await().pollInSameThread().until(() -> {
                loop.run();
                return condition.getAsBoolean();
            });
        }

        List<String> events() {
            return journal.since(0).stream()
                    .map(JournalEntry::event)
                    .map(event -> event.type() + ": " + event.message())
                    .toList();
        }

        @Override
        public void happened(DrillMoment moment) {
            moments.add(moment);
        }

        @Override
        public void finished(DrillReport report, String where) {
            reports.add(report);
        }

        /** As a process ends: no report, no farewell. */
        @Override
        public void close() {
            archive.close();
        }
    }

    private void firstHalf() {
        try (Daemon first = new Daemon(100)) {
            assertThat(first.begin()).isInstanceOf(DrillAnswer.Started.class);
            first.pass(Duration.ofSeconds(2));
            first.await(() -> succession.restarts == 1);
            assertThat(first.moments).extracting(DrillMoment::text).containsExactly("restarting the daemon");
            assertThat(first.events()).anyMatch(it -> it.startsWith("drill.left: "));
        }
        succession.bootNanos += PAUSE;
    }

    @Test
    void theNextProcessGoesOnMeasuresAndReports() {
        firstHalf();
        try (Daemon second = new Daemon(100)) {
            second.desk.takeUp();
            assertThat(second.desk.runs()).isTrue();
            assertThat(second.desk.follow("2026-11-23-0002", second)).isFalse();
            assertThat(second.desk.follow("2026-11-23-0001", second)).isTrue();
            assertThat(second.moments)
                    .extracting(DrillMoment::text)
                    .anyMatch(it -> it.startsWith("the next process forwards again after 3.20 s; "))
                    .contains("tunnel 1 goes on with IKE SA 0x0000000000000065 0x0000000000000007");
            second.pass(Duration.ofSeconds(4));
            second.await(() -> !second.reports.isEmpty());
            DrillReport report = second.reports.getFirst();
            assertThat(report.verdict()).isEqualTo(DrillVerdict.PASSED);
            assertThat(report.flow().outageOutNanos()).isBetween(PAUSE + SECOND / 2, PAUSE + SECOND);
            assertThat(report.flow().outageInNanos()).isBetween(PAUSE + SECOND / 2, PAUSE + SECOND);
            assertThat(report.flow().lost()).isBetween(540, 640);
            assertThat(report.traffic().during().isCounted()).isFalse();
            assertThat(report.connections().before()).isEqualTo(1);
            assertThat(report.connections().survived()).isEqualTo(1);
            assertThat(report.timeline()).extracting(DrillMoment::text).startsWith("restarting the daemon");
            assertThat(second.desk.lastPassed("prod")).isPresent();
            assertThat(second.desk.follow("2026-11-23-0001", second)).isFalse();
        }
    }

    @Test
    void sasThatWereNegotiatedAnewMissWhateverTheOutage() {
        firstHalf();
        try (Daemon second = new Daemon(200)) {
            second.desk.takeUp();
            second.desk.follow("2026-11-23-0001", second);
            second.pass(Duration.ofSeconds(4));
            second.await(() -> !second.reports.isEmpty());
            assertThat(second.reports.getFirst().verdict()).isEqualTo(DrillVerdict.MISSED);
            assertThat(second.reports.getFirst().reason())
                    .startsWith("tunnel prod/1 is negotiated anew: IKE SA 0x0000000000000065")
                    .contains("tunnel prod/2 is negotiated anew");
        }
    }

    @Test
    void whatIsTooOldIsNotTakenUpAndIsSaid() {
        firstHalf();
        succession.bootNanos += 120 * SECOND;
        refused("the restart took more than two minutes, or the machine itself has restarted");
    }

    @Test
    void whatIsFromBeforeTheMachineStartedIsNotTakenUp() {
        firstHalf();
        succession.boot = "another";
        refused("the restart took more than two minutes, or the machine itself has restarted");
    }

    private void refused(String reason) {
        try (Daemon second = new Daemon(100)) {
            second.desk.takeUp();
            assertThat(second.desk.runs()).isFalse();
            assertThat(second.events()).contains("drill.not-taken-up: a drill does not go on: " + reason);
            assertThat(second.desk.overview().records())
                    .extracting(DrillRecord::reason)
                    .containsExactly(reason);
        }
    }

    @Test
    void aCleanStopInBetweenLeavesNothing() {
        try (Daemon first = new Daemon(100)) {
            first.begin();
            first.pass(Duration.ofSeconds(2));
            first.await(() -> succession.restarts == 1);
            first.desk.abandon();
        }
        try (Daemon second = new Daemon(100)) {
            second.desk.takeUp();
            assertThat(second.desk.runs()).isFalse();
            assertThat(second.desk.overview().records())
                    .extracting(DrillRecord::verdict)
                    .containsExactly(DrillVerdict.ABORTED);
        }
    }

    @Test
    void itIsRefusedWithTheTrueReasonAndTheOverviewSaysSo() {
        succession.refusal = "nobody would start it again";
        try (Daemon alone = new Daemon(100)) {
            assertThat(alone.begin()).isEqualTo(new DrillAnswer.Refused(List.of("nobody would start it again")));
            assertThat(alone.desk.overview().noRestart()).isEqualTo("nobody would start it again");
            succession.refusal = "";
            assertThat(alone.desk.overview().noRestart()).isEmpty();
            alone.desk.reloads(() -> "awaiting-confirmation");
            assertThat(alone.desk.overview().noRestart()).contains("'twinspan config confirm'");
        }
    }
}
