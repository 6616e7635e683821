package io.twinspan.daemon.pathmtu;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspOverhead;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PathMtuMachineTest {
    private static final long SECOND = SimulatedPath.SECOND;
    private static final EspOverhead GCM = new EspOverhead(52, 4);
    private static final EspOverhead CBC = new EspOverhead(64, 16);

    private static PathMtuPolicy policy(int configured) {
        return new PathMtuPolicy(true, configured, 30 * SECOND, 600 * SECOND);
    }

    private static SimulatedPath path(EspOverhead overhead, long seed) {
        return new SimulatedPath(policy(1500), overhead, seed);
    }

    @Test
    void provesTheConfiguredSizeAboutEveryThirtySecondsWithTwoProbes() {
        SimulatedPath path = path(GCM, 1);
        path.usable();
        path.run(3600 * SECOND);
        assertThat(path.changes).isEmpty();
        assertThat(path.probes).isBetween(2 * 110, 2 * 130);
    }

    @Property(tries = 200)
    void findsWhatAShrunkenPathCarriesToTheOctetThatAPacketCanHave(
            @ForAll @IntRange(min = 580, max = 1499) int capacity, @ForAll boolean cbc, @ForAll long seed) {
        EspOverhead overhead = cbc ? CBC : GCM;
        SimulatedPath path = path(overhead, seed);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = capacity;
        path.run(60 * SECOND);
        int fits = overhead.outerLengthBytes(overhead.innerMtuBytes(capacity));
        int used = overhead.outerLengthBytes(overhead.innerMtuBytes(path.state.uplinkBytes()));
        assertThat(used).isEqualTo(fits);
        assertThat(path.changes).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aShrunkenPathIsNoticedWithinTheIntervalAndTenSeconds() {
        SimulatedPath path = path(GCM, 3);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = 1400;
        path.run(45 * SECOND);
        assertThat(path.changes).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(1500);
            assertThat(change.to()).isEqualTo(1400);
        });
    }

    @Test
    void aHintHasTheSizeProvedAtOnce() {
        SimulatedPath path = path(GCM, 3);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = 1400;
        path.tell(new PathMtuEvent.Suspected());
        path.run(10 * SECOND);
        assertThat(path.changes).hasSize(1);
    }

    @Property(tries = 60)
    void findsItUnderLossToo(@ForAll @IntRange(min = 1200, max = 1480) int capacity, @ForAll long seed) {
        SimulatedPath path = path(GCM, seed);
        path.loss = 0.05;
        path.jitter = 50_000_000;
        path.usable();
        path.run(60 * SECOND);
        path.capacity = capacity;
        path.run(120 * SECOND);
        // Under loss a size that fits may be missed, which costs a few octets; one that does not fit is never taken.
        assertThat(path.state.uplinkBytes()).isLessThanOrEqualTo(capacity);
        assertThat(path.changes).isNotEmpty();
    }

    @Property(tries = 20)
    void fivePercentLossEachWayNeverLowersAnythingInTenThousandHoursTogether(@ForAll long seed) {
        SimulatedPath path = path(GCM, seed);
        path.loss = 0.05;
        path.jitter = 50_000_000;
        path.usable();
        path.run(500L * 3600 * SECOND);
        assertThat(path.changes).isEmpty();
    }

    @Test
    void aDeadPathSaysNothingAboutItsSize() {
        SimulatedPath path = path(GCM, 5);
        path.usable();
        path.run(60 * SECOND);
        path.alive = false;
        path.run(3600 * SECOND);
        path.alive = true;
        path.run(60 * SECOND);
        assertThat(path.changes).isEmpty();
    }

    @Test
    void aSuspectedTunnelIsNotJudged() {
        SimulatedPath path = path(GCM, 5);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = 1400;
        path.tell(new PathMtuEvent.Unusable());
        int before = path.probes;
        path.run(3600 * SECOND);
        assertThat(path.probes).isEqualTo(before);
        assertThat(path.changes).isEmpty();
    }

    @Test
    void aHealedPathIsRaisedAfterTheConfiguredTimeAndNeverAboveTheConfiguration() {
        SimulatedPath path = new SimulatedPath(policy(1492), GCM, 6);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = 1420;
        path.run(60 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1420);
        path.capacity = 9000;
        path.run(500 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1420);
        path.run(120 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1492);
        int changes = path.changes.size();
        path.run(3600 * SECOND);
        assertThat(path.changes).hasSize(changes);
    }

    @Test
    void aPathThatIsKnownToBeWideAgainIsRaisedAtOnce() {
        SimulatedPath path = path(GCM, 8);
        path.usable();
        path.run(60 * SECOND);
        path.tell(new PathMtuEvent.Widened());
        path.run(60 * SECOND);
        assertThat(path.changes).describedAs("nothing was lowered").isEmpty();
        path.capacity = 1300;
        path.run(60 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1300);
        path.capacity = 1500;
        path.tell(new PathMtuEvent.Widened());
        path.run(5 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1500);
        assertThat(path.changes).hasSize(2);
    }

    @Test
    void aSuspectedTunnelThatIsKnownToBeWideAgainIsRaisedWhenItIsWell() {
        SimulatedPath path = path(GCM, 9);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = 1300;
        path.run(60 * SECOND);
        path.tell(new PathMtuEvent.Unusable());
        path.capacity = 1500;
        path.tell(new PathMtuEvent.Widened());
        path.run(60 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1300);
        path.usable();
        path.run(5 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(1500);
    }

    @Test
    void aHalfHealedPathIsRaisedToWhatItCarries() {
        SimulatedPath path = path(GCM, 7);
        path.usable();
        path.run(60 * SECOND);
        path.capacity = 1300;
        path.run(60 * SECOND);
        path.capacity = 1454;
        path.run(700 * SECOND);
        assertThat(path.state.uplinkBytes()).isEqualTo(GCM.outerLengthBytes(GCM.innerMtuBytes(1454)));
    }

    @Property(tries = 100)
    void measuresOnDemandWithoutTheWatch(
            @ForAll @IntRange(min = 580, max = 1600) int capacity, @ForAll boolean inFragments) {
        SimulatedPath path = new SimulatedPath(new PathMtuPolicy(false, 1500, 30 * SECOND, SECOND), GCM, 8);
        path.usable();
        path.capacity = capacity;
        path.replyInFragments = inFragments;
        path.run(60 * SECOND);
        assertThat(path.probes).isZero();
        path.tell(new PathMtuEvent.MeasureRequested());
        path.run(60 * SECOND);
        int fits = GCM.outerLengthBytes(GCM.innerMtuBytes(Math.min(1500, capacity)));
        assertThat(path.measured).singleElement().satisfies(result -> {
            assertThat(result.answered()).isTrue();
            assertThat(result.outerOctets()).isEqualTo(fits);
            assertThat(result.wholeAnswer()).isEqualTo(!inFragments || GCM.innerMtuBytes(fits) <= 1000);
        });
        assertThat(path.changes).isEmpty();
    }

    @Test
    void aMeasurementOfADeadOrStoppedPathEndsWithThatAnswer() {
        SimulatedPath path = path(GCM, 9);
        path.tell(new PathMtuEvent.MeasureRequested());
        assertThat(path.measured).hasSize(1);
        path.usable();
        path.alive = false;
        path.tell(new PathMtuEvent.MeasureRequested());
        path.run(20 * SECOND);
        path.tell(new PathMtuEvent.MeasureRequested());
        path.tell(new PathMtuEvent.Unusable());
        assertThat(path.measured).hasSize(3).noneMatch(PathMtuEffect.Measured::answered);
    }

    @Test
    void anotherOverheadAfterARekeyStartsAnew() {
        SimulatedPath path = path(GCM, 10);
        path.usable();
        path.run(60 * SECOND);
        int before = path.probes;
        path.tell(new PathMtuEvent.Usable(GCM));
        path.run(SECOND / 2);
        assertThat(path.probes).isEqualTo(before);
        path.tell(new PathMtuEvent.Usable(CBC));
        path.run(2 * SECOND);
        assertThat(path.probes).isEqualTo(before + 2);
    }
}
