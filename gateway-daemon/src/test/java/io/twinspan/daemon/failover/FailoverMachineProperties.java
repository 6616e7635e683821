package io.twinspan.daemon.failover;

import static io.twinspan.daemon.failover.FailoverState.NO_TUNNEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.liveness.HealthVerdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final long MAX_HOLD_DOWN = 1_000;
    private static final long LONGEST_PAUSE = 150;

    @Property
    void noTunnelThatCarriesIsDownWhileAnotherIsNot(
            @ForAll("histories") List<Timed> history,
            @ForAll long start,
            @ForAll FailoverPolicy.Mode mode,
            @ForAll @IntRange(min = 1, max = 2) int preferred) {
        Run run = new Run(mode, preferred, start);
        for (Timed timed : history) {
            run.apply(timed);
            boolean anyAlive = run.verdicts.values().stream().anyMatch(verdict -> verdict != HealthVerdict.DOWN);
            assertThat(run.state.active() != NO_TUNNEL).isEqualTo(run.withSa.size() > 0);
            if (anyAlive) {
                assertThat(run.state.carrying())
                        .allSatisfy(
                                tunnel -> assertThat(run.verdicts.get(tunnel)).isNotEqualTo(HealthVerdict.DOWN));
            }
        }
    }

    @Property
    void plansTellExactlyHowTheCarryingTunnelsChange(
            @ForAll("histories") List<Timed> history, @ForAll FailoverPolicy.Mode mode, @ForAll long start) {
        Run run = new Run(mode, 1, start);
        for (Timed timed : history) {
            List<Integer> before = run.state.carrying();
            List<SwitchPlan> plans = run.apply(timed);
            if (before.equals(run.state.carrying())) {
                assertThat(plans).isEmpty();
            } else {
                assertThat(plans).singleElement().satisfies(plan -> {
                    assertThat(plan.carrying()).isEqualTo(run.state.carrying());
                    assertThat(plan.from() == NO_TUNNEL || before.contains(plan.from()))
                            .isTrue();
                    assertThat(plan.to() == NO_TUNNEL || plan.carrying().contains(plan.to()))
                            .isTrue();
                });
            }
        }
    }

    @Property
    void tellingTheSameAgainChangesNothing(@ForAll("histories") List<Timed> history, @ForAll long start) {
        Run run = new Run(FailoverPolicy.Mode.ACTIVE_STANDBY, 1, start);
        for (Timed timed : history) {
            run.apply(timed);
            FailoverState before = run.state;
            assertThat(run.apply(new Timed(timed.event(), 0))).isEmpty();
            assertThat(run.state).isEqualTo(before);
        }
    }

    @Property
    void quietConnectionSettlesWithinTheLongestHoldDown(@ForAll("histories") List<Timed> history, @ForAll long start) {
        Run run = new Run(FailoverPolicy.Mode.ACTIVE_STANDBY, 2, start);
        history.forEach(run::apply);
        run.apply(new Timed(new FailoverEvent.DeadlineReached(), MAX_HOLD_DOWN));
        assertThat(run.machine.nextDeadlineNanos(run.state)).isEqualTo(Deadline.NEVER);
        long healthy = run.verdicts.values().stream()
                .filter(verdict -> verdict != HealthVerdict.DOWN)
                .count();
        assertThat(run.state.redundant()).isEqualTo(healthy == 2);
    }

    @Property
    void trafficOnAHealthyTunnelStaysWhileNothingButHealthComes(
            @ForAll("healthHistories") List<Timed> history, @ForAll long start) {
        Run run = new Run(FailoverPolicy.Mode.ACTIVE_STANDBY, 1, start);
        run.apply(new Timed(new FailoverEvent.Health(1, HealthVerdict.UP, true, "first"), 0));
        for (Timed timed : history) {
            int before = run.state.active();
            run.apply(timed);
            if (before != NO_TUNNEL && run.verdicts.get(before) != HealthVerdict.DOWN) {
                assertThat(run.state.active()).isEqualTo(before);
            }
        }
    }

    @Provide
    Arbitrary<List<Timed>> histories() {
        Arbitrary<FailoverEvent> switches =
                Arbitraries.integers().between(1, 3).map(FailoverEvent.SwitchRequested::new);
        Arbitrary<FailoverEvent> peer = Arbitraries.integers().between(1, 3).map(FailoverEvent.PeerSends::new);
        Arbitrary<FailoverEvent> released = Arbitraries.just(new FailoverEvent.Released());
        Arbitrary<FailoverEvent> deadlines = Arbitraries.just(new FailoverEvent.DeadlineReached());
        return timed(Arbitraries.oneOf(health(), switches, peer, released, deadlines));
    }

    @Provide
    Arbitrary<List<Timed>> healthHistories() {
        return timed(Arbitraries.oneOf(health(), Arbitraries.just(new FailoverEvent.DeadlineReached())));
    }

    private static Arbitrary<FailoverEvent> health() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.of(HealthVerdict.class),
                        Arbitraries.of(true, false))
                .as((tunnel, verdict, silent) ->
                        new FailoverEvent.Health(tunnel, verdict, silent || verdict != HealthVerdict.DOWN, "because"));
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
        private final Set<Integer> withSa = new HashSet<>();
        private FailoverState state;
        private long now;

        Run(FailoverPolicy.Mode mode, int preferred, long start) {
            machine = new FailoverMachine(
                    new FailoverPolicy(mode, List.of(1, 2), preferred, HOLD_DOWN, MAX_HOLD_DOWN, Deadline.NEVER));
            state = machine.initial();
            now = start;
            verdicts.put(1, HealthVerdict.DOWN);
            verdicts.put(2, HealthVerdict.DOWN);
        }

        List<SwitchPlan> apply(Timed timed) {
            now += timed.pauseNanos();
            if (timed.event()
                    instanceof FailoverEvent.Health(int tunnel, HealthVerdict verdict, boolean hasSa, var _)) {
                verdicts.put(tunnel, verdict);
                if (hasSa) {
                    withSa.add(tunnel);
                } else {
                    withSa.remove(tunnel);
                }
            }
            FailoverStep step = machine.step(state, timed.event(), now);
            state = step.state();
            return step.plans();
        }
    }
}
