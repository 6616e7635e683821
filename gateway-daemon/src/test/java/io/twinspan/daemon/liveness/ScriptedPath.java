package io.twinspan.daemon.liveness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A path machine whose targets answer as the test says, in virtual time. */
final class ScriptedPath {
    static final long MILLI = 1_000_000;

    private final long roundTripNanos;
    final PathMachine machine;
    final List<PathEffect> effects = new ArrayList<>();
    final Set<Integer> deadTargets = new HashSet<>();
    PathState state;
    long now = 1_000 * MILLI;

    /** Probes reach the wire. */
    boolean sending = true;

    /** The inbound loop gets its turn. */
    boolean receiving = true;

    /** Users' packets go out all the time. */
    boolean packetsOut;

    /** Users' packets come in all the time. */
    boolean packetsIn;

    /** Every so-manieth probe is lost; 0 for none. */
    int loseEvery;

    long missing;

    private final List<Answer> answers = new ArrayList<>();
    private long out;
    private long in;
    private long lastInNanos = Long.MIN_VALUE;
    private int fence;
    private int sentCount;

    ScriptedPath(ProbePolicy policy) {
        this(policy, 10);
    }

    private ScriptedPath(ProbePolicy policy, long roundTripMillis) {
        roundTripNanos = roundTripMillis * MILLI;
        machine = new PathMachine(policy);
        state = machine.initial(now);
    }

    /** One target, as by default. */
    static ScriptedPath proven() {
        return proven(10);
    }

    /** The same with another round trip. */
    static ScriptedPath proven(long roundTripMillis) {
        ScriptedPath path = new ScriptedPath(PathLives.POLICY, roundTripMillis);
        path.apply(new PathEvent.Started(PathCounters.NONE));
        path.run(8_000);
        path.effects.clear();
        return path;
    }

    ScriptedPath apply(PathEvent event) {
        PathStep step = machine.step(state, event, now);
        state = step.state();
        step.effects().forEach(this::carryOut);
        return this;
    }

    /** Lets so many milliseconds pass; every deadline is kept. */
    ScriptedPath run(long millis) {
        long end = now + millis * MILLI;
        while (true) {
            long deadline = machine.nextDeadlineNanos(state);
            long answer = receiving && !answers.isEmpty() ? answers.getFirst().atNanos() : Long.MAX_VALUE;
            long next = Math.min(deadline, answer);
            if (next > end) {
                now = end;
                return this;
            }
            now = Math.max(now, next);
            if (answer <= deadline) {
                Answer due = answers.removeFirst();
                lastInNanos = now;
                in++;
                apply(new PathEvent.ProbeAnswered(due.sequence(), due.sentNanos(), now));
            } else if (fence != 0 && receiving) {
                int done = fence;
                fence = 0;
                apply(new PathEvent.FenceDone(done));
            } else {
                apply(new PathEvent.DeadlineReached(counters()));
            }
        }
    }

    /** The whole process stands still. */
    ScriptedPath stall(long millis) {
        now += millis * MILLI;
        return this;
    }

    PathCounters counters() {
        out += packetsOut ? 1 : 0;
        if (packetsIn) {
            in++;
            lastInNanos = now;
        }
        return new PathCounters(out, in, missing, lastInNanos);
    }

    long probes() {
        return count(PathEffect.SendProbe.class);
    }

    long count(Class<? extends PathEffect> kind) {
        return effects.stream().filter(kind::isInstance).count();
    }

    <T extends PathEffect> T only(Class<T> kind) {
        List<T> found =
                effects.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + kind.getSimpleName() + " in " + effects);
        }
        return found.getFirst();
    }

    private void carryOut(PathEffect effect) {
        effects.add(effect);
        switch (effect) {
            case PathEffect.SendProbe(int sequence, int target) -> {
                if (sending) {
                    sentCount++;
                    boolean lost = loseEvery > 0 && sentCount % loseEvery == 0;
                    if (!deadTargets.contains(target) && !lost) {
                        answers.add(new Answer(sequence, now, now + roundTripNanos));
                    }
                    apply(new PathEvent.ProbeSent(sequence, now));
                }
            }
            case PathEffect.Fence(int number) -> fence = number;
            case PathEffect.Suspected _,
                    PathEffect.Cleared _,
                    PathEffect.PathDown _,
                    PathEffect.PathUp _,
                    PathEffect.Degraded _,
                    PathEffect.NeverAnswered _,
                    PathEffect.TargetSilent _ -> {}
        }
    }

    private record Answer(int sequence, long sentNanos, long atNanos) {}
}
