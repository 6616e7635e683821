package io.twinspan.daemon.pathmtu;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** A machine and the path it probes, in simulated time. */
final class SimulatedPath {
    static final long SECOND = 1_000_000_000L;
    static final long ROUND_TRIP = 12_000_000L;

    private final PathMtuMachine machine;
    private final EspOverhead overhead;
    private final Random random;
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    final List<PathMtuEffect.SetUplink> changes = new ArrayList<>();
    final List<PathMtuEffect.Measured> measured = new ArrayList<>();
    PathMtuState state;
    int capacity = 1500;
    double loss;
    boolean alive = true;
    boolean replyInFragments;
    long jitter;
    long now = -7 * SECOND;
    int probes;

    SimulatedPath(PathMtuPolicy policy, EspOverhead overhead, long seed) {
        machine = new PathMtuMachine(policy);
        this.overhead = overhead;
        random = new Random(seed);
        state = machine.initial();
    }

    private record Arrival(long at, PathMtuEvent.Answered answer) {}

    void tell(PathMtuEvent event) {
        PathMtuStep step = machine.step(state, event, now);
        state = step.state();
        for (PathMtuEffect effect : step.effects()) {
            switch (effect) {
                case PathMtuEffect.SendProbe(int sequence, int inner) -> send(sequence, inner);
                case PathMtuEffect.SetUplink change -> changes.add(change);
                case PathMtuEffect.Measured result -> measured.add(result);
            }
        }
    }

    private void send(int sequence, int inner) {
        probes++;
        boolean passes = alive && overhead.outerLengthBytes(inner) <= capacity;
        if (!passes || random.nextDouble() < loss || random.nextDouble() < loss) {
            return;
        }
        long roundTrip = ROUND_TRIP + (jitter == 0 ? 0 : random.nextLong(jitter));
        int answer = replyInFragments && inner > 1000 ? 996 : inner;
        arrivals.add(new Arrival(now + roundTrip, new PathMtuEvent.Answered(sequence, answer, roundTrip)));
    }

    void usable() {
        tell(new PathMtuEvent.Usable(overhead));
    }

    /** Lets time pass. */
    void run(long nanos) {
        long end = now + nanos;
        while (true) {
            long due = machine.nextDeadlineNanos(state);
            long deadline = due == Deadline.NEVER ? Long.MAX_VALUE : due;
            long arrival = arrivals.isEmpty() ? Long.MAX_VALUE : arrivals.peek().at;
            long next = Math.min(deadline, arrival);
            if (next > end) {
                now = end;
                return;
            }
            now = Math.max(now, next);
            tell(arrival <= deadline ? arrivals.remove().answer : new PathMtuEvent.DeadlineReached());
        }
    }
}
