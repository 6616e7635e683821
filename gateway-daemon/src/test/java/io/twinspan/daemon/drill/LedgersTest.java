package io.twinspan.daemon.drill;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LedgersTest {
    private static final long MILLI = 1_000_000;
    private static final long INTERVAL = 5 * MILLI;
    private static final long START = -3 * 1_000 * MILLI;

    private static ProbeLedger flow(int probes, int lostFrom, int lostTo, long tripBefore, long tripAfter) {
        ProbeLedger ledger = new ProbeLedger(probes);
        for (int i = 0; i < probes; i++) {
            long at = START + i * INTERVAL;
            ledger.sent(i, i < lostFrom ? 1 : 2, at);
            if (i < lostFrom || i >= lostTo) {
                ledger.answered(i, 1, at, at + (i < lostFrom ? tripBefore : tripAfter));
            }
        }
        return ledger;
    }

    @Test
    void theOutageLiesBetweenTheLastAnsweredProbeBeforeAndTheFirstAfter() {
        FlowResult result = flow(1_000, 400, 440, 8 * MILLI, 12 * MILLI).since(START);
        assertThat(result.lost()).isEqualTo(40);
        assertThat(result.outageOutNanos()).isEqualTo(41 * INTERVAL);
        assertThat(result.outageInNanos()).isEqualTo(41 * INTERVAL + 4 * MILLI);
        assertThat(result.outageAtNanos()).isEqualTo(START + 399 * INTERVAL);
        assertThat(result.roundTripNanos()).isEqualTo(12 * MILLI);
    }

    @Test
    void whereNothingIsLostThereIsNoOutageHoweverSlowTheAnswers() {
        FlowResult result = flow(1_000, 500, 500, 8 * MILLI, 400 * MILLI).since(START);
        assertThat(result.lost()).isZero();
        assertThat(result.outageNanos()).isZero();
    }

    @Test
    void whatIsNeverAnsweredAnyMoreIsAnOutageToo() {
        FlowResult result = flow(1_000, 900, 1_000, 8 * MILLI, 0).since(START);
        assertThat(result.outageOutNanos()).isEqualTo(100 * INTERVAL);
    }

    @Test
    void lossesBeforeTheFaultDoNotCount() {
        FlowResult result = flow(1_000, 10, 20, 8 * MILLI, 8 * MILLI).since(START + 500 * INTERVAL);
        assertThat(result.sent()).isEqualTo(500);
        assertThat(result.lost()).isZero();
        assertThat(result.outageNanos()).isZero();
    }

    @Test
    void reorderedAndDuplicatedAnswersAreCounted() {
        ProbeLedger ledger = new ProbeLedger(10);
        for (int i = 0; i < 3; i++) {
            ledger.sent(i, 1, START + i);
        }
        ledger.answered(1, 1, START + 1, START + 10);
        ledger.answered(0, 1, START, START + 11);
        ledger.answered(1, 1, START + 1, START + 12);
        FlowResult result = ledger.since(START);
        assertThat(result.reordered()).isEqualTo(1);
        assertThat(result.duplicated()).isEqualTo(1);
        assertThat(ledger.unanswered()).isEqualTo(1);
        assertThat(ledger.silenceNanos(START + 20)).isEqualTo(9);
    }

    @Test
    void anAnswerThatIsToldBeforeItsProbeCountsAllTheSame() {
        ProbeLedger ledger = new ProbeLedger(10);
        ledger.answered(0, 2, START, START + 5);
        ledger.sent(0, 2, START);
        assertThat(ledger.unanswered()).isZero();
        assertThat(ledger.since(START).roundTripNanos()).isEqualTo(5);
    }

    @Test
    void numbersBeyondTheMemoryAreNotKept() {
        ProbeLedger ledger = new ProbeLedger(1);
        ledger.sent(1, 1, START);
        ledger.sent(-1, 1, START);
        ledger.answered(1, 1, START, START);
        assertThat(ledger.answers()).isZero();
    }

    @Property(tries = 200)
    void binsHoldEveryProbeOnce(
            @ForAll @IntRange(min = 1, max = 2_000) int probes, @ForAll @IntRange(max = 99) int lost) {
        ProbeLedger ledger = flow(probes, Math.min(probes, 100), Math.min(probes, 100 + lost), MILLI, MILLI);
        int sent = 0;
        int gone = 0;
        for (int i = 0; i < 50; i++) {
            FlowBin bin = ledger.bin(START + i * 40L * INTERVAL, START + (i + 1) * 40L * INTERVAL);
            sent += bin.sent();
            gone += bin.lost();
        }
        assertThat(sent).isEqualTo(probes);
        assertThat(gone).isEqualTo(ledger.unanswered());
    }

    @Test
    void usersPacketsAreCountedForEachPhaseAndTheLongestGapIsFound() {
        TrafficLedger ledger = new TrafficLedger(1_000);
        long in = 0;
        for (int i = 0; i < 300; i++) {
            boolean dead = i >= 105 && i < 115;
            in += dead ? 0 : 20;
            ledger.sample(START + i * 20L * MILLI, in, 2L * i, 0, 0);
        }
        TrafficResult result = ledger.result(START + 100 * 20 * MILLI, START + 200 * 20 * MILLI);
        assertThat(result.before().in1()).isEqualTo(2_000);
        assertThat(result.during().in1()).isEqualTo(1_800);
        assertThat(result.after().nanos()).isEqualTo(99 * 20 * MILLI);
        assertThat(result.longestGapInNanos()).isEqualTo(200 * MILLI);
    }

    @Test
    void withoutSteadyTrafficNoGapIsClaimed() {
        TrafficLedger ledger = new TrafficLedger(100);
        for (int i = 0; i < 100; i++) {
            ledger.sample(START + i * 20L * MILLI, i / 30, 0, 0, 0);
        }
        assertThat(ledger.result(START + 1_000 * MILLI, START + 1_500 * MILLI).longestGapInNanos())
                .isEqualTo(TrafficResult.UNKNOWN);
    }

    @Test
    void timesAreReadAndShownAsPeopleWriteThem() {
        assertThat(DrillTimes.parse("500ms")).contains(500 * MILLI);
        assertThat(DrillTimes.parse("2m")).contains(120_000 * MILLI);
        assertThat(DrillTimes.parse("2h")).isEmpty();
        assertThat(DrillTimes.parse("-1s")).isEmpty();
        assertThat(DrillTimes.show(161 * MILLI)).isEqualTo("161 ms");
        assertThat(DrillTimes.show(1_500 * MILLI)).isEqualTo("1.50 s");
        assertThat(DrillTimes.show(20_000 * MILLI)).isEqualTo("20 s");
        assertThat(DrillTimes.offset(152 * MILLI)).isEqualTo("t+0.152");
    }
}
