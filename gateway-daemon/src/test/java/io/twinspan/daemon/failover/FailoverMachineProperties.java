package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.liveness.HealthVerdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds after any history of events, on any clock. */
final class FailoverMachineProperties {
    private static final long HOLD_DOWN = 100;
    private static final long LONGEST_PAUSE = 150;

    @Property
    void activeTunnelIsNeverDownWhileAnotherIsNot(
            @ForAll("histories") List<Timed> history,
            @ForAll long start,
            @ForAll @IntRange(min = 1, max = 2) int preferred) {
        Run run = new Run(preferred, start);
        for (Timed timed : history) {
            run.apply(timed);
            boolean anyAlive = run.verdicts.values().stream().anyMatch(verdict -> verdict != HealthVerdict.DOWN);
            assertThat(run.state.active() != NO_TUNNEL).isEqualTo(anyAlive);
            if (run.state.active() != NO_TUNNEL) {
                assertThat(run.verdicts.get(run.state.active())).isNotEqualTo(HealthVerdict.DOWN);
            }
        }
    }

    @Property
    void plansTellExactlyHowTheActiveTunnelChanges(@ForAll("histories") List<Timed> history, @ForAll long start) {
        Run run = new Run(1, start);
        for (Timed timed : history) {
            int before = run.state.active();
            List<SwitchPlan> plans = run.apply(timed);
            if (before == run.state.active()) {
                assertThat(plans).isEmpty();
            } else {
                assertThat(plans).singleElement().satisfies(plan -> {
                    assertThat(plan.from()).isEqualTo(before);
                    assertThat(plan.to()).isEqualTo(run.state.active());
                });
            }
        }
    }

    @Property
    void tellingTheSameAgainChangesNothing(@ForAll("histories") List<Timed> history, @ForAll long start) {
        Run run = new Run(1, start);
        for (Timed timed : history) {
            run.apply(timed);
            FailoverState before = run.state;
            assertThat(run.apply(new Timed(timed.event(), 0))).isEmpty();
            assertThat(run.state).isEqualTo(before);
        }
    }

    @Property
    void quietConnectionSettlesWithinOneHoldDown(@ForAll("histories") List<Timed> history, @ForAll long start) {
        Run run = new Run(2, start);
        history.forEach(run::apply);
        run.apply(new Timed(new FailoverEvent.DeadlineReached(), HOLD_DOWN));
        assertThat(run.machine.nextDeadlineNanos(run.state)).isEqualTo(Deadline.NEVER);
        long healthy = run.verdicts.values().stream()
                .filter(verdict -> verdict == HealthVerdict.UP)
                .count();
        assertThat(run.state.redundant()).isEqualTo(healthy == 2);
    }

    @Property
    void trafficOnAHealthyTunnelStaysWhileNothingButHealthComes(
            @ForAll("healthHistories") List<Timed> history, @ForAll long start) {
        Run run = new Run(1, start);
        run.apply(new Timed(new FailoverEvent.Health(1, HealthVerdict.UP, "first"), 0));
        for (Timed timed : history) {
            int before = run.state.active();
            run.apply(timed);
            if (before != NO_TUNNEL && run.verdicts.get(before) == HealthVerdict.UP) {
                assertThat(run.state.active()).isEqualTo(before);
            }
        }
    }

    @Provide
    Arbitrary<List<Timed>> histories() {
        Arbitrary<FailoverEvent> switches =
                Arbitraries.integers().between(1, 3).map(FailoverEvent.SwitchRequested::new);
        Arbitrary<FailoverEvent> deadlines = Arbitraries.just(new FailoverEvent.DeadlineReached());
        return timed(Arbitraries.oneOf(health(), switches, deadlines));
    }

    @Provide
    Arbitrary<List<Timed>> healthHistories() {
        return timed(Arbitraries.oneOf(health(), Arbitraries.just(new FailoverEvent.DeadlineReached())));
    }

    private static Arbitrary<FailoverEvent> health() {
        return Combinators.combine(Arbitraries.integers().between(1, 2), Arbitraries.of(HealthVerdict.class))
                .as((tunnel, verdict) -> new FailoverEvent.Health(tunnel, verdict, "because"));
    }

    private static Arbitrary<List<Timed>> timed(Arbitrary<FailoverEvent> events) {
        return Combinators.combine(events, Arbitraries.longs().between(0, LONGEST_PAUSE))
                .as(Timed::new)
                .list()
                .ofMaxSize(40);
    }

    record Timed(FailoverEvent event, long pauseNanos) {}

    /** Runs a history and keeps the last verdicts as an independent memory. */
    private static final class Run {
        private final FailoverMachine machine;
        private final Map<Integer, HealthVerdict> verdicts = new HashMap<>();
        private FailoverState state;
        private long now;

        Run(int preferred, long start) {
            machine = new FailoverMachine(new FailoverPolicy(List.of(1, 2), preferred, HOLD_DOWN));
            state = machine.initial();
            now = start;
            verdicts.put(1, HealthVerdict.DOWN);
            verdicts.put(2, HealthVerdict.DOWN);
        }

        List<SwitchPlan> apply(Timed timed) {
            now += timed.pauseNanos();
            if (timed.event() instanceof FailoverEvent.Health(int tunnel, HealthVerdict verdict, var _)) {
                verdicts.put(tunnel, verdict);
            }
            FailoverStep step = machine.step(state, timed.event(), now);
            state = step.state();
            return step.plans();
        }
    }
}
