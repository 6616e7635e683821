package io.twinspan.daemon.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TunnelHistoryTest {
    private static final long START = 1_000;
    private static final long DAY = 86_400;

    private final TunnelHistory history = new TunnelHistory();

    /** A tunnel that carries 1,000 octets in, 2,000 out and answers ten probes a second. */
    private static TunnelReading reading(long second) {
        return new TunnelReading(
                TimeUnit.SECONDS.toNanos(second),
                second * 1_000,
                second * 10,
                second * 2_000,
                second * 20,
                second * 10,
                0,
                8_000_000,
                9_000_000,
                0);
    }

    private static TunnelReading losing(long second, long judged, long lost, int state) {
        return new TunnelReading(
                TimeUnit.SECONDS.toNanos(second), 0, 0, 0, 0, judged, lost, 8_000_000, 9_000_000, state);
    }

    private float latest(Series series) {
        return Objects.requireNonNull(history.latest()).value(series);
    }

    @Test
    void whatFlowsIsKnownFromTheSecondReadingOn() {
        assertThat(history.latest()).isNull();
        assertThat(history.firstStep(HistoryRange.HOUR)).isEqualTo(Long.MAX_VALUE);
        history.take(reading(START));
        assertThat(latest(Series.BYTES_IN)).isNaN();
        history.take(reading(START + 1));
        assertThat(latest(Series.BYTES_IN)).isEqualTo(1_000);
        assertThat(latest(Series.BYTES_OUT)).isEqualTo(2_000);
        assertThat(latest(Series.PACKETS_IN)).isEqualTo(10);
        assertThat(latest(Series.PACKETS_OUT)).isEqualTo(20);
        assertThat(latest(Series.MEDIAN_MICROS)).isEqualTo(8_000);
        assertThat(latest(Series.P95_MICROS)).isEqualTo(9_000);
        assertThat(latest(Series.LOSS)).isZero();
    }

    @Test
    void aReadingThatComesLateIsARateOfItsOwnTimeAndLeavesAHole() {
        history.take(reading(START));
        history.take(reading(START + 3));
        assertThat(latest(Series.BYTES_IN)).isEqualTo(1_000);
        HistoryColumns columns = history.columns(HistoryRange.FIVE_MINUTES, START, 4);
        assertThat(columns.column(Series.BYTES_IN)).containsExactly(Float.NaN, Float.NaN, Float.NaN, 1_000);
        assertThat(columns.states()).containsExactly(0, TunnelSample.NO_STATE, TunnelSample.NO_STATE, 0);
    }

    @Test
    void twoReadingsOfOneSecondAreOneSample() {
        history.take(reading(START));
        TunnelSample first = history.latest();
        history.take(reading(START));
        assertThat(history.latest()).isSameAs(first);
    }

    @Test
    void lossIsThatOfTenSecondsAndRoundTripsOfADeadPathAreNotShown() {
        long judged = 0;
        long lost = 0;
        for (long second = START; second < START + 20; second++) {
            judged += 10;
            history.take(losing(second, judged, lost, 0));
        }
        assertThat(latest(Series.LOSS)).isZero();
        judged += 10;
        lost += 5;
        history.take(losing(START + 20, judged, lost, 3));
        assertThat(latest(Series.LOSS)).isEqualTo(0.05f);
        for (long second = START + 21; second < START + 31; second++) {
            judged += 10;
            lost += 10;
            history.take(losing(second, judged, lost, 4));
        }
        assertThat(latest(Series.LOSS)).isEqualTo(1);
        assertThat(latest(Series.MEDIAN_MICROS)).isNaN();
        // A late answer takes a loss back; the share never leaves 0 to 1.
        history.take(losing(START + 31, judged + 1, 0, 4));
        assertThat(latest(Series.LOSS)).isZero();
    }

    @Test
    void withoutProbesLossIsNotKnown() {
        history.take(losing(START, 0, 0, 0));
        history.take(losing(START + 1, 0, 0, 0));
        assertThat(latest(Series.LOSS)).isNaN();
        assertThat(latest(Series.MEDIAN_MICROS)).isNaN();
    }

    @Test
    void tenSecondsBecomeOneSampleOfTheDayAndTheWorstOfThemShows() {
        for (long second = START; second < START + 21; second++) {
            boolean bad = second == START + 14;
            history.take(new TunnelReading(
                    TimeUnit.SECONDS.toNanos(second),
                    second * 1_000,
                    0,
                    0,
                    0,
                    second * 10,
                    second > START + 13 ? 5 : 0,
                    8_000_000,
                    bad ? 90_000_000 : 9_000_000,
                    bad ? 4 : 0));
        }
        assertThat(history.firstStep(HistoryRange.DAY)).isEqualTo(START / 10);
        assertThat(history.lastStep(HistoryRange.DAY)).isEqualTo(START / 10 + 1);
        HistoryColumns day = history.columns(HistoryRange.DAY, START / 10, 2);
        assertThat(day.column(Series.BYTES_IN)).containsExactly(1_000, 1_000);
        assertThat(day.column(Series.P95_MICROS)).containsExactly(9_000, 90_000);
        assertThat(day.column(Series.LOSS)[1]).isGreaterThan(0);
        assertThat(day.states()).containsExactly(0, 4);
    }

    @Test
    void anHourOfSecondsAndADayOfTenSecondsAreKeptAndNoMore() {
        for (long second = START; second < START + 2 * DAY; second++) {
            history.take(reading(second));
        }
        long now = START + 2 * DAY - 1;
        assertThat(history.firstStep(HistoryRange.HOUR)).isEqualTo(now - 3_599);
        assertThat(history.firstStep(HistoryRange.FIVE_MINUTES)).isEqualTo(now - 299);
        assertThat(history.lastStep(HistoryRange.DAY) - history.firstStep(HistoryRange.DAY))
                .isEqualTo(8_639);
        HistoryColumns hour = history.columns(HistoryRange.HOUR, now - 3_600, 3_601);
        assertThat(hour.column(Series.BYTES_IN)[0]).isNaN();
        for (int i = 1; i <= 3_600; i++) {
            assertThat(hour.column(Series.BYTES_IN)[i]).isEqualTo(1_000);
        }
    }

    @Test
    void aStallLongerThanTheRingLeavesOnlyWhatCameAfterIt() {
        for (long second = START; second < START + 5_000; second++) {
            history.take(reading(second));
        }
        history.take(reading(START + 20_000));
        HistoryColumns hour = history.columns(HistoryRange.HOUR, START + 20_000 - 3_599, 3_600);
        for (int i = 0; i < 3_599; i++) {
            assertThat(hour.column(Series.BYTES_IN)[i]).isNaN();
            assertThat(hour.states()[i]).isEqualTo((byte) TunnelSample.NO_STATE);
        }
        assertThat(hour.column(Series.BYTES_IN)[3_599]).isEqualTo(1_000);
    }

    @Test
    void aConnectionOfTwoTunnelsTakesLessThanThreeQuartersOfAMegabyteHoweverLongItRuns() {
        history.take(reading(START));
        assertThat(history.octets()).isLessThan(5_000);
        for (long second = START + 1; second < START + DAY; second++) {
            history.take(reading(second));
        }
        long full = history.octets();
        for (long second = START + DAY; second < START + 2 * DAY; second++) {
            history.take(reading(second));
        }
        assertThat(history.octets()).isEqualTo(full);
        assertThat(2 * full).isBetween(600_000L, 750_000L);
    }
}
