package io.twinspan.daemon.liveness;

import io.twinspan.crypto.time.Deadline;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One gateway that watches one path, in virtual time: the machine, the loops around it with their delays, a link and users'
 * traffic. Allocates little, so that thousands of hours fit into minutes.
 */
final class SimulatedPath {
    private static final int SENT = 0;
    private static final int ANSWER = 1;
    private static final int FENCE = 2;
    private static final long MICRO = 1_000;

    final SimulatedLink link;
    final SimulatedTraffic traffic;
    final PathMachine machine;
    PathState state;

    private final SplittableRandom random;
    private long now;
    private long stallUntilNanos = Long.MIN_VALUE;
    private long busyUntilNanos = Long.MIN_VALUE;
    private long deadlineNanos;

    /** News on its way to the machine, latest first. */
    private long[] times = new long[64];

    private int[] kinds = new int[64];
    private int[] numbers = new int[64];
    private long[] sentNanos = new long[64];
    private int news;

    long steps;
    long probes;
    long suspicions;
    PathEffect.@Nullable PathDown down;
    long downs;
    long degradedNanos = Long.MIN_VALUE;
    long upNanos = Long.MIN_VALUE;
    long suspectedNanos = Long.MIN_VALUE;

    SimulatedPath(ProbePolicy policy, SplittableRandom random, long startNanos) {
        this.random = random;
        this.now = startNanos;
        link = new SimulatedLink(random.split());
        traffic = new SimulatedTraffic(random.split(), link);
        machine = new PathMachine(policy);
        state = machine.initial(startNanos);
    }

    /** The child SA stands; the link is to be set up before. */
    void start() {
        apply(new PathEvent.Started(traffic.counters(now)));
    }

    void carries(boolean carries) {
        apply(new PathEvent.Role(carries));
    }

    long now() {
        return now;
    }

    boolean dead() {
        return state.phase() instanceof PathPhase.Silent;
    }

    /** The whole gateway stands still. */
    void stall(long nanos) {
        stallUntilNanos = now + nanos;
    }

    /** Somebody else uses the CPU: everything happens, but late. */
    void busy(long nanos) {
        busyUntilNanos = now + nanos;
    }

    /** Lives until this instant, or until the path is found dead where that is asked for. */
    void runUntil(long untilNanos, boolean stopWhenDown) {
        long downsBefore = downs;
        while (!(stopWhenDown && downs > downsBefore)) {
            long next = news > 0 ? Math.min(times[news - 1], deadlineNanos) : deadlineNanos;
            if (next >= untilNanos) {
                // What ended a stall may lie beyond it already.
                now = Math.max(now, untilNanos);
                return;
            }
            boolean deadlineFirst = news == 0 || times[news - 1] > deadlineNanos;
            now = Math.max(now, Math.max(next, stallUntilNanos));
            if (deadlineFirst) {
                deadline();
            } else {
                deliver();
            }
        }
    }

    private void deadline() {
        now += random.nextLong(200 * MICRO);
        if (now < busyUntilNanos) {
            now += random.nextLong(30_000 * MICRO);
        }
        apply(new PathEvent.DeadlineReached(traffic.counters(now)));
    }

    private void deliver() {
        news--;
        int number = numbers[news];
        long told = times[news];
        switch (kinds[news]) {
            case SENT -> apply(new PathEvent.ProbeSent(number, sentNanos[news]));
            case ANSWER -> {
                // A datagram that waited in the socket is opened when the loop runs, and is stamped then.
                long at = Math.max(told, stallUntilNanos > told ? now : told);
                traffic.answer(at);
                apply(new PathEvent.ProbeAnswered(number, sentNanos[news], at));
            }
            default -> apply(new PathEvent.FenceDone(number));
        }
    }

    private void apply(PathEvent event) {
        PathStep step = machine.step(state, event, now);
        state = step.state();
        steps++;
        for (int i = 0; i < step.effects().size(); i++) {
            run(step.effects().get(i));
        }
        deadlineNanos = machine.nextDeadlineNanos(state);
        if (deadlineNanos == Deadline.NEVER) {
            deadlineNanos = Long.MAX_VALUE - 1;
        }
    }

    private void run(PathEffect effect) {
        switch (effect) {
            case PathEffect.SendProbe(int sequence, int _) -> send(sequence);
            // Behind everything that has arrived: a stalled loop has it all before it.
            case PathEffect.Fence(int fence) -> tell(fenceNanos(), FENCE, fence, 0);
            case PathEffect.Suspected suspected -> {
                suspicions++;
                suspectedNanos = suspected.atNanos();
            }
            case PathEffect.PathDown verdict -> {
                downs++;
                down = verdict;
            }
            case PathEffect.Degraded(boolean recovering, int _, int _) ->
                degradedNanos = recovering ? now : degradedNanos;
            case PathEffect.PathUp _ -> upNanos = now;
            case PathEffect.Cleared _, PathEffect.NeverAnswered _, PathEffect.TargetSilent _ -> {}
        }
    }

    private long fenceNanos() {
        long fence = now + 100 * MICRO;
        for (int i = 0; i < news; i++) {
            fence = kinds[i] == ANSWER && times[i] <= now ? now + 200 * MICRO : fence;
        }
        return fence;
    }

    private void send(int sequence) {
        probes++;
        long left = now + random.nextLong(20 * MICRO, 200 * MICRO);
        if (now < busyUntilNanos) {
            left += random.nextLong(20_000 * MICRO);
        }
        tell(left + random.nextLong(100 * MICRO), SENT, sequence, left);
        long there = link.out(left);
        if (there == SimulatedLink.NEVER) {
            return;
        }
        long back = link.in(there);
        if (back != SimulatedLink.NEVER) {
            long late = back < busyUntilNanos ? random.nextLong(20_000 * MICRO) : random.nextLong(100 * MICRO);
            tell(back + late, ANSWER, sequence, left);
        }
    }

    private void tell(long atNanos, int kind, int number, long sent) {
        if (news == times.length) {
            times = Arrays.copyOf(times, 2 * news);
            kinds = Arrays.copyOf(kinds, 2 * news);
            numbers = Arrays.copyOf(numbers, 2 * news);
            sentNanos = Arrays.copyOf(sentNanos, 2 * news);
        }
        int place = news++;
        while (place > 0 && times[place - 1] < atNanos) {
            times[place] = times[place - 1];
            kinds[place] = kinds[place - 1];
            numbers[place] = numbers[place - 1];
            sentNanos[place] = sentNanos[place - 1];
            place--;
        }
        times[place] = atNanos;
        kinds[place] = kind;
        numbers[place] = number;
        sentNanos[place] = sent;
    }
}
