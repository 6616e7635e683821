package io.twinspan.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SoakResultTest {
    @Test
    void runWithoutFaultPassesInEveryLine() {
        assertThat(result(4, Map.of(), 0, 30.5, 4_000_000).verdicts()).allMatch(Verdict::passed);
    }

    @Test
    void rekeyThatWasNotCarriedOutFails() {
        assertThat(failures(result(3, Map.of(), 0, 30, 0)))
                .singleElement()
                .asString()
                .contains("3 of 4 rekeys");
    }

    @Test
    void dropForWantOfAnSaFails() {
        assertThat(failures(result(4, Map.of("NO_OUTBOUND_SA", 1L), 0, 30, 0)))
                .singleElement()
                .asString()
                .contains("1 packets dropped");
    }

    @Test
    void lostProbeFailsUnlessAQueueWasFull() {
        assertThat(failures(result(4, Map.of(), 1, 30, 0)))
                .singleElement()
                .asString()
                .contains("1 probes lost");
        assertThat(failures(result(4, Map.of("AQM_DROP", 1L), 1, 30, 0))).isEmpty();
    }

    @Test
    void heapThatGrowsByMoreThanAMebibyteFails() {
        assertThat(failures(result(4, Map.of(), 0, 31.5, 0)))
                .singleElement()
                .asString()
                .contains("31.5 MiB after");
    }

    @Test
    void pauseOverFiveMillisecondsFails() {
        assertThat(failures(result(4, Map.of(), 0, 30, 5_100_000)))
                .singleElement()
                .asString()
                .contains("5.10 ms");
    }

    private static List<Verdict> failures(SoakResult result) {
        return result.verdicts().stream().filter(verdict -> !verdict.passed()).toList();
    }

    private static SoakResult result(
            long rekeysDone, Map<String, Long> drops, int lost, double liveAfter, long pauseNanos) {
        String pause = "[5.0s] Safepoint \"X\", Time since last: 1 ns, Reaching safepoint: 1 ns, Total: " + pauseNanos
                + " ns, Threads: 1";
        return new SoakResult(
                4,
                rekeysDone,
                new TcpLoad.Result(1, 1, 0),
                new Losses(drops),
                new KernelDrops(0, 0),
                List.of(new SoakResult.Probes("A to B", 100, lost, 0, 0, 1, 2, 3)),
                List.of(new SoakResult.Gateway("A", GcLog.parse(pause), 30, liveAfter, List.of())));
    }
}
