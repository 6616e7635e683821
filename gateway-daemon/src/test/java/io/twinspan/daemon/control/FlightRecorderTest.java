package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.daemon.ike.RecordingDataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.observe.EventJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FlightRecorderTest {
    private static final TunnelName FIRST = new TunnelName("prod", 1);
    private static final TunnelName SECOND = new TunnelName("prod", 2);

    private final TestControlLoop loop = new TestControlLoop();
    private final EventJournal journal = new EventJournal(() -> loop.loop().nowNanos(), () -> Instant.EPOCH);
    private final ControlPlane control = new ControlPlane(loop.loop(), journal, () -> Instant.EPOCH, Map::of);
    private final List<FlightRecord> records = new ArrayList<>();

    @BeforeEach
    void recordAConnection() {
        control.add(
                ConnectionControlTest.connection(false),
                new RecordingDataPlane(new ArrayList<>()),
                _ -> ConnectionControlTest.address("192.0.2.1"));
        FlightRecorder.start(loop.loop(), control, journal, () -> Instant.EPOCH, records::add);
        control.onReport(FIRST, ConnectionControlTest.ESTABLISHED);
        control.onReport(SECOND, ConnectionControlTest.ESTABLISHED);
    }

    @Test
    void aFailOverIsHandedOverWithWhatCameBeforeAndRightAfterIt() {
        pass(TimeUnit.MINUTES.toNanos(3));
        lose(FIRST);
        control.firstForwarded("prod", loop.loop().nowNanos());
        pass(FlightRecorder.AFTERMATH_NANOS);
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.move().from()).isEqualTo(1);
            assertThat(record.events())
                    .extracting(entry -> entry.event().type())
                    .contains("connection.failover");
            assertThat(record.samples()).hasSizeBetween(2_510, 2_530);
            assertThat(record.samples().getFirst().carrying()).isTrue();
            assertThat(record.samples().getLast().state()).isEqualTo(TunnelState.UP);
            assertThat(record.name()).endsWith("-prod");
        });
    }

    @Test
    void aSecondFailOverWithinTheAftermathBelongsToTheSameRecord() {
        lose(FIRST);
        loop.advance(TimeUnit.SECONDS.toNanos(2));
        control.onReport(FIRST, ConnectionControlTest.ESTABLISHED);
        lose(SECOND);
        loop.advance(TimeUnit.SECONDS.toNanos(10));
        assertThat(records).hasSize(1);
        lose(FIRST);
        loop.advance(TimeUnit.SECONDS.toNanos(10));
        assertThat(records).hasSize(2);
    }

    @Test
    void aPlannedMoveIsNoFailOver() {
        control.connection("prod").orElseThrow().switchTo(2, (_, _) -> {});
        loop.advance(TimeUnit.SECONDS.toNanos(10));
        assertThat(records).isEmpty();
    }

    /** The clock of the tests jumps; a recorder that is to sample needs small steps. */
    private void pass(long nanos) {
        for (long passed = 0; passed < nanos; passed += FlightRecorder.SAMPLE_NANOS) {
            loop.advance(FlightRecorder.SAMPLE_NANOS);
        }
    }

    private void lose(TunnelName tunnel) {
        control.onReport(tunnel, new IkeReport.Down(DownCause.PEER_DELETED, "the peer sent a DELETE"));
    }
}
