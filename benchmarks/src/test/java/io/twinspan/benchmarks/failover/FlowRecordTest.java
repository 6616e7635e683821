package io.twinspan.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FlowRecordTest {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private final FlowRecord record = new FlowRecord(1 << 10);

    @Test
    void aFlowWithoutLossHasNoOutage() {
        exchange(0, 100);
        assertThat(record.window(0, 100)).isEqualTo(new FlowWindow(100, 0, 0, 0, 0, false, MILLISECOND));
        assertThat(record.inARow()).isEqualTo(100);
    }

    @Test
    void anOutageLastsFromTheLastPacketBeforeToTheFirstAfterBySendingTime() {
        exchange(0, 10);
        send(10, 15);
        exchange(15, 20);
        FlowWindow window = record.window(0, 20);
        assertThat(window.lost()).isEqualTo(5);
        assertThat(window.outageNanos()).isEqualTo(6 * MILLISECOND);
        assertThat(window.open()).isFalse();
        assertThat(record.inARow()).isEqualTo(4);
    }

    @Test
    void ofSeveralGapsTheLongestIsTheOutageAndAllLossesCount() {
        exchange(0, 10);
        send(10, 11);
        exchange(11, 20);
        send(20, 23);
        exchange(23, 30);
        assertThat(record.window(0, 30).outageNanos()).isEqualTo(4 * MILLISECOND);
        assertThat(record.window(0, 30).lost()).isEqualTo(4);
    }

    @Test
    void whereTheLastPacketsAreLostTheOutageIsOpen() {
        exchange(0, 10);
        send(10, 20);
        FlowWindow window = record.window(0, 20);
        assertThat(window.open()).isTrue();
        assertThat(window.outageNanos()).isEqualTo(10 * MILLISECOND);
    }

    @Test
    void lossesFromTheFirstPacketOnCountToo() {
        send(0, 10);
        exchange(10, 20);
        FlowWindow window = record.window(0, 20);
        assertThat(window.outageNanos()).isEqualTo(10 * MILLISECOND);
        assertThat(window.open()).isFalse();
    }

    @Test
    void packetsThatComeTwiceOrLateAreCountedAndNotLost() {
        send(0, 5);
        for (int number : new int[] {0, 2, 1, 3, 3, 4}) {
            record.receive(number, 10 * MILLISECOND);
        }
        FlowWindow window = record.window(0, 5);
        assertThat(window.lost()).isZero();
        assertThat(window.outageNanos()).isZero();
        assertThat(window.reordered()).isEqualTo(1);
        assertThat(window.duplicated()).isEqualTo(1);
    }

    @Test
    void whatWasNeverSentIsNoneOfOurs() {
        send(0, 2);
        record.receive(7, MILLISECOND);
        record.receive(-1, MILLISECOND);
        assertThat(record.window(0, 2).lost()).isEqualTo(2);
    }

    @Test
    void theRoomIsUsedAgainAndAgain() {
        exchange(0, 5_000);
        send(5_000, 5_003);
        exchange(5_003, 5_100);
        FlowWindow window = record.window(4_900, 5_100);
        assertThat(window.sent()).isEqualTo(200);
        assertThat(window.lost()).isEqualTo(3);
    }

    @Test
    void aSenderThatWasHeldUpIsSeen() {
        record.send(0);
        record.send(30 * MILLISECOND);
        assertThat(record.window(0, 2).pacingNanos()).isEqualTo(30 * MILLISECOND);
    }

    private void exchange(int from, int to) {
        for (int number = from; number < to; number++) {
            record.send(number * MILLISECOND);
            record.receive(number, (number + 5) * MILLISECOND);
        }
    }

    private void send(int from, int to) {
        for (int number = from; number < to; number++) {
            record.send(number * MILLISECOND);
        }
    }
}
