package io.twinspan.crypto.ike.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Three thousand random lives of a tunnel. One life again: {@code -Dtwinspan.sim.seed=N}; more of them:
 * {@code -Dtwinspan.sim.seeds=N}, counted from {@code -Dtwinspan.sim.first=N}.
 */
final class RandomizedSimulationTest {
    private static final int SEEDS = 3_000;
    private static final int MAX_FAILURES = 5;

    @Test
    void bothGatewaysAgreeAgainAfterEveryStorm() {
        live(RandomSchedule::run);
    }

    @Test
    void aSessionGoesOnHoweverOftenItsProcessesDieAndAreTakenOver() {
        AtomicLong resumptions = new AtomicLong();
        live(seed -> resumptions.addAndGet(RandomSchedule.runMortal(seed)));
        assertThat(resumptions.get()).as("processes that took over").isPositive();
    }

    private static void live(LongConsumer life) {
        List<AssertionError> failures = new ArrayList<>();
        long[] seeds = seeds();
        for (int i = 0; i < seeds.length && failures.size() < MAX_FAILURES; i++) {
            try {
                life.accept(seeds[i]);
            } catch (RuntimeException | AssertionError e) {
                failures.add(new AssertionError(
                        "seed " + seeds[i] + " (again with -Dtest=RandomizedSimulationTest -Dtwinspan.sim.seed="
                                + seeds[i] + "): " + e.getMessage(),
                        e));
            }
        }
        if (!failures.isEmpty()) {
            AssertionError first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            failures.forEach(failure -> System.err.println(failure.getMessage()));
            throw first;
        }
    }

    private static long[] seeds() {
        String one = System.getProperty("twinspan.sim.seed");
        if (one != null) {
            return new long[] {Long.parseLong(one)};
        }
        long first = Long.getLong("twinspan.sim.first", 0);
        long count = Long.getLong("twinspan.sim.seeds", SEEDS);
        return LongStream.range(first, first + count).toArray();
    }
}
