package io.twinspan.daemon.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.time.Deadline;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** What holds on every path and for every death. */
final class PathMachineProperties {
    @Property(tries = 200)
    void everyDeathUnderLoadIsFoundInTime(
            @ForAll long seed,
            @ForAll @LongRange(min = 500, max = 300_000) long roundTripMicros,
            @ForAll @LongRange(min = 0, max = 50_000) long jitterMicros,
            @ForAll @DoubleRange(min = 0, max = 0.1) double loss) {
        BlackHole hole = BlackHole.underLoad(seed, roundTripMicros * 1_000, jitterMicros * 1_000, loss);
        assertThat(hole.tookNanos()).as(hole.toString()).isLessThanOrEqualTo(hole.boundNanos());
    }

    @Property(tries = 200)
    void anyEventInAnyOrderLeavesADeadlineAheadAndTheSameEventsTheSameState(@ForAll long seed) {
        assertThat(random(seed)).isEqualTo(random(seed));
    }

    /** Throws anything at a machine; the effects that came out, as text. */
    private static String random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PathMachine machine = new PathMachine(PathLives.POLICY);
        long now = random.nextLong();
        PathState state = machine.initial(now);
        StringBuilder effects = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            now += random.nextLong(30_000_000);
            PathStep step = machine.step(state, event(random, now), now);
            state = step.state();
            effects.append(step.effects());
            long deadline = machine.nextDeadlineNanos(state);
            assertThat(deadline == Deadline.NEVER || deadline - now > 0).isTrue();
        }
        return effects.toString();
    }

    private static PathEvent event(SplittableRandom random, long now) {
        int number = random.nextInt(60);
        PathCounters counters = new PathCounters(random.nextInt(9), random.nextInt(9), random.nextInt(50), now);
        return switch (random.nextInt(20)) {
            case 0 -> new PathEvent.Stopped();
            case 1, 2 -> new PathEvent.Started(counters);
            case 3 -> new PathEvent.Role(random.nextBoolean());
            case 4 -> new PathEvent.ProbeRefused(number);
            case 5 -> new PathEvent.FenceDone(number);
            case 6 -> new PathEvent.Hint();
            case 7, 8, 9, 10 -> new PathEvent.ProbeSent(number, now - random.nextLong(1_000_000));
            case 11, 12, 13 -> new PathEvent.ProbeAnswered(number, now - random.nextLong(90_000_000), now);
            default -> new PathEvent.DeadlineReached(counters);
        };
    }
}
