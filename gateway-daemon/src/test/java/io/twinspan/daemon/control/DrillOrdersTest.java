package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.archive.DrillArchive;
import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillScenario;
import io.twinspan.daemon.ike.IkePeerPlan;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.PeerMemory;
import io.twinspan.daemon.ike.RecordingDataPlane;
import io.twinspan.daemon.ike.SpiAllocator;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.TunnelHealth;
import io.twinspan.daemon.observe.EventJournal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a drill orders ends with it, and with the process that runs it, however that ends. */
final class DrillOrdersTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(5);
    private static final InetAddress HERE = IpPrefix.parseAddress("192.0.2.1");

    private final TestControlLoop loop = new TestControlLoop();
    private final EventJournal journal = new EventJournal(() -> 0, () -> Instant.EPOCH);
    private final Notes notes = new Notes();
    private final ControlPlane control = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);
    private final AnsweringDataPlane dataPlane = new AnsweringDataPlane(loop, control, "prod");
    private final IkeSaManager ike =
            new IkeSaManager(loop.loop(), new NoNetwork(), new SpiAllocator(), control, _ -> {});
    private final DrillParts parts = new DrillParts(
            DrillArchive.inMemory((_, _) -> ""),
            () -> 1,
            () -> new CompletableFuture<>(),
            new DrillReport.Environment("", "", ""),
            new FakeSuccession());
    private final DrillDesk desk = new DrillDesk(loop.loop(), control, ike, journal, () -> Instant.EPOCH, parts);

    @BeforeEach
    void bothUp() {
        control.add(ConnectionControlTest.connection(false), dataPlane, _ -> HERE, notes);
        for (int number = 1; number <= 2; number++) {
            TunnelName name = new TunnelName("prod", number);
            ike.add(new IkePeerPlan(
                    name,
                    HERE,
                    IpPrefix.parseAddress("203.0.113." + number),
                    dataPlane,
                    () -> new SilentDriver(SilentDriver.NOTHING),
                    PeerMemory.NONE));
            control.onReport(name, ConnectionControlTest.ESTABLISHED);
        }
        loop.run();
    }

    @Test
    void aMoveThatADrillMadeIsNoOrderForTheNextProcess() {
        begin(new DrillScenario.Planned());
        assertThat(connection().failover().pinned()).isEqualTo(2);
        ConnectionControl next = successor();
        assertThat(next.failover().pinned()).isZero();
        assertThat(next.failover().carrying()).describedAs("the policy decides").containsExactly(1);
    }

    @Test
    void whatAnOperatorChoseBeforeTheDrillIsWhatTheNextProcessFinds() {
        connection().switchTo(1, (_, _) -> {});
        connection().holdFor(1, Duration.ofMinutes(30));
        begin(new DrillScenario.Planned());
        assertThat(connection().failover().pinned()).isEqualTo(2);
        ConnectionControl next = successor();
        assertThat(next.failover().pinned()).isEqualTo(1);
        pass(Duration.ofMinutes(31));
        assertThat(next.failover().pinned()).describedAs("its time is over").isZero();
    }

    @Test
    void whatAnOperatorOrdersDuringADrillIsKept() {
        begin(new DrillScenario.Planned());
        connection().switchTo(1, (_, _) -> {});
        assertThat(successor().failover().pinned()).isEqualTo(1);
    }

    @Test
    void aTunnelThatADrillHasDeletedComesUpInTheNextProcess() {
        begin(new DrillScenario.PeerDelete());
        assertThat(connection().tunnel(1).orElseThrow().health()).isInstanceOf(TunnelHealth.Disabled.class);
        ConnectionControl next = successor();
        assertThat(next.tunnel(1).orElseThrow().health()).isNotInstanceOf(TunnelHealth.Disabled.class);
        assertThat(next.failover().pinned()).isZero();
    }

    @Test
    void aChoiceWhoseTimeEndsDuringTheDrillIsNotRenewedByIt() {
        connection().switchTo(1, (_, _) -> {});
        connection().holdFor(1, Duration.ofSeconds(5));
        begin(new DrillScenario.Planned());
        pass(Duration.ofSeconds(40));
        assertThat(desk.runs()).isFalse();
        assertThat(connection().failover().pinned()).isZero();
    }

    private void begin(DrillScenario scenario) {
        DrillOrder order = new DrillOrder(scenario, "prod", 0, 20 * SECOND, SECOND, 100, "");
        assertThat(desk.start(order, new Nobody())).isInstanceOf(DrillAnswer.Started.class);
        pass(Duration.ofSeconds(2));
    }

    private void pass(Duration time) {
        long step = time.compareTo(Duration.ofMinutes(1)) > 0 ? SECOND : STEP;
        for (long left = time.toNanos(); left > 0; left -= step) {
            loop.advance(step);
        }
    }

    private ConnectionControl connection() {
        return control.connection("prod").orElseThrow();
    }

    /** What another process makes of what is kept now. */
    private ConnectionControl successor() {
        ControlPlane after = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);
        Notes kept = new Notes();
        kept.keep(notes.latest);
        after.add(ConnectionControlTest.connection(false), new RecordingDataPlane(new ArrayList<>()), _ -> HERE, kept);
        ConnectionControl next = after.connection("prod").orElseThrow();
        next.recall();
        for (int number = 1; number <= 2; number++) {
            if (connection().tunnel(number).orElseThrow().health().hasSa()) {
                after.onReport(new TunnelName("prod", number), new IkeReport.Resumed(1, 1, 1000, 2000));
            }
        }
        next.recalled();
        return next;
    }

    private static final class Notes implements ConnectionMemory {
        private byte[] latest = {};

        @Override
        public void keep(byte[] octets) {
            latest = octets.clone();
        }

        @Override
        public Optional<Recollection> recall() {
            return Optional.of(new Recollection(latest, 0));
        }
    }

    private static final class Nobody implements DrillFollower {
        @Override
        public void happened(DrillMoment moment) {}

        @Override
        public void finished(DrillReport report, String where) {}
    }
}
