package io.twinspan.daemon.liveness;

import static io.twinspan.daemon.liveness.PathLives.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Paths that work are left alone, and paths that die are found in time. One life again: {@code -Dtwinspan.sim.seed=N}; more
 * hours: {@code -Dtwinspan.sim.hours=N}.
 */
final class PathSimulationTest {
    private static final long HOURS = 150;
    private static final long DEATHS = 400;

    @Test
    void aPathThatWorksIsNeverFoundDead() {
        long first = Long.getLong("twinspan.sim.seed", 1);
        long hours = System.getProperty("twinspan.sim.seed") == null ? Long.getLong("twinspan.sim.hours", HOURS) : 1;
        long suspicions = 0;
        long probes = 0;
        for (long seed = first; seed < first + hours; seed++) {
            SimulatedPath path = PathLives.hour(seed);
            suspicions += path.suspicions;
            probes += path.probes;
            assertThat(path.downs)
                    .as("seed " + seed + ", " + path.down + " (again with -Dtest=PathSimulationTest"
                            + " -Dtwinspan.sim.seed=" + seed + ")")
                    .isZero();
        }
        System.out.printf("%d hours, %d probes, %d suspicions, no false alarm%n", hours, probes, suspicions);
        assertThat(hours == 1 || suspicions > hours)
                .as("lives without a suspicion prove nothing")
                .isTrue();
    }

    @Test
    void aPathThatDiesUnderLoadIsFoundWithinTheTimeThatWasPromised() {
        for (long roundTrip : new long[] {1, 10, 40, 150}) {
            for (long jitter : new long[] {0, 5, 50}) {
                for (double loss : new double[] {0, 0.01, 0.05}) {
                    for (long seed = 1; seed <= 50; seed++) {
                        check(BlackHole.underLoad(seed, roundTrip * MILLI, jitter * MILLI, loss));
                    }
                }
            }
        }
    }

    @Test
    void aPathThatDiesAtRestIsFoundWithinTheIntervalAndABurst() {
        for (long seed = 1; seed <= DEATHS; seed++) {
            check(BlackHole.atRest(seed, 10 * MILLI, MILLI, 0));
        }
    }

    @Test
    void theTimeThatIsPromisedIsNotMuchLongerThanTheTimeThatIsNeeded() {
        List<Double> shares = new ArrayList<>();
        for (long seed = 1; seed <= DEATHS; seed++) {
            BlackHole hole = BlackHole.underLoad(seed, 10 * MILLI, 0, 0);
            shares.add((double) hole.tookNanos() / hole.boundNanos());
        }
        assertThat(shares).allMatch(share -> share > 0.5);
        assertThat(shares).anyMatch(share -> share > 0.9);
    }

    @Test
    void aSilentTunnelOfTenMillisecondsIsFoundInLessThanAQuarterOfASecond() {
        List<Long> times = new ArrayList<>();
        for (long seed = 1; seed <= DEATHS; seed++) {
            BlackHole hole = BlackHole.underLoad(seed, 10 * MILLI, 0, 0);
            if (hole.death() != BlackHole.Death.OUT) {
                times.add(hole.tookNanos() / MILLI);
            }
        }
        times.sort(null);
        System.out.printf(
                "found after %d ms at the median, %d ms at worst%n", times.get(times.size() / 2), times.getLast());
        assertThat(times.getLast()).isLessThan(250);
    }

    private static void check(BlackHole hole) {
        assertThat(hole.tookNanos()).as(hole.toString()).isLessThanOrEqualTo(hole.boundNanos());
        assertThat(hole.restoredNanos()).as(hole.toString()).isPositive();
    }
}
