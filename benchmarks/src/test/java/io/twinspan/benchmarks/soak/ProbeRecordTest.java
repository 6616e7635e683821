package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProbeRecordTest {
    private final ProbeRecord record = new ProbeRecord(5);

    @Test
    void whatDoesNotArriveIsLostAtTheTimeItWasSent() {
        for (int i = 0; i < 5; i++) {
            record.send(100L * i);
        }
        record.receive(0, 50);
        record.receive(2, 210);
        record.receive(4, 470);

        assertThat(record.sent()).isEqualTo(5);
        assertThat(record.lost()).isEqualTo(2);
        assertThat(record.lostBetween(100, 200)).isEqualTo(1);
        assertThat(record.lostBetween(200, 300)).isZero();
        assertThat(record.lostBetween(0, 1000)).isEqualTo(2);
        assertThat(record.delays()).containsExactly(10, 50, 70);
    }

    @Test
    void secondArrivalIsADuplicateAndChangesNoDelay() {
        record.send(0);
        record.receive(0, 10);
        record.receive(0, 90);

        assertThat(record.duplicates()).isEqualTo(1);
        assertThat(record.delays()).containsExactly(10);
    }

    @Test
    void numberThatCannotBeOursIsIgnored() {
        record.receive(-1, 0);
        record.receive(5, 0);

        assertThat(record.delays()).isEmpty();
    }

    @Test
    void noMoreIsSentThanThereIsRoomFor() {
        for (int i = 0; i < 5; i++) {
            assertThat(record.send(i)).isEqualTo(i);
        }

        assertThat(record.send(5)).isEqualTo(-1);
        assertThat(record.sent()).isEqualTo(5);
    }
}
