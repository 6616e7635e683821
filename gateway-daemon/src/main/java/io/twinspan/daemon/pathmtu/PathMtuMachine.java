package io.twinspan.daemon.pathmtu;

import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.pathmtu.PathMtuPhase.Probing;
import io.twinspan.daemon.pathmtu.PathMtuPhase.Purpose;
import io.twinspan.daemon.pathmtu.PathMtuPhase.Resting;
import io.twinspan.daemon.pathmtu.PathMtuPhase.Stopped;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves, finds and follows the largest outer packet of one tunnel's path (RFC 8899). Pure.
 *
 * <p>A size counts as too large when {@link #MAX_PROBES} probes of it were lost while the small probes beside them were
 * answered; where those are lost as well, the path is sick or dead, which is not for this machine to say. The size in use
 * is probed again, and longer, after a smaller one was found: nothing is lowered by mistake on a path that loses packets.
 */
public final class PathMtuMachine {
    /** RFC 8899 section 5.1.2. */
    static final int MAX_PROBES = 3;

    /** Probes that are lost before the size in use is given up: with those before, enough to tell chance from size. */
    static final int VERIFY_PROBES = 6;

    /** Rounds without any answer after which a search is given up. */
    static final int MAX_SILENT = 6;

    /** What every path is taken to carry: the least that a host must be able to receive (RFC 791 section 3.1). */
    static final int FLOOR_BYTES = 576;

    /** Up to where a measurement looks, where the configuration is not larger. */
    static final int ETHERNET_BYTES = 1500;

    private static final long MILLISECOND = 1_000_000L;
    private static final long FIRST_TIMEOUT = 1_000 * MILLISECOND;
    private static final long MIN_TIMEOUT = 250 * MILLISECOND;
    private static final long MAX_TIMEOUT = 2_000 * MILLISECOND;
    private static final long FIRST_PROOF = 1_000 * MILLISECOND;
    private static final int SPREAD_PARTS = 16;

    private final PathMtuPolicy policy;

    /** A machine for one tunnel. */
    public PathMtuMachine(PathMtuPolicy policy) {
        this.policy = policy;
    }

    /** The state before the tunnel has been up; the overhead is that of nothing yet. */
    public PathMtuState initial() {
        return new PathMtuState(
                policy.configuredBytes(), new EspOverhead(0, 1), new Stopped(), 0, 0, Deadline.NEVER, 0);
    }

    /** When {@link PathMtuEvent.DeadlineReached} is due, or {@code Deadline.NEVER}. */
    public long nextDeadlineNanos(PathMtuState state) {
        return switch (state.phase()) {
            case Stopped _ -> Deadline.NEVER;
            case Resting(long due) -> policy.watch() ? Deadline.earlier(due, state.raiseAtNanos()) : Deadline.NEVER;
            case Probing probing -> probing.deadlineNanos();
        };
    }

    /** Takes an event in. */
    public PathMtuStep step(PathMtuState state, PathMtuEvent event, long nowNanos) {
        List<PathMtuEffect> effects = new ArrayList<>();
        PathMtuState next = switch (event) {
            case PathMtuEvent.Usable(EspOverhead overhead) -> usable(state, overhead, nowNanos, effects);
            case PathMtuEvent.Unusable() -> {
                giveUpMeasuring(state, effects);
                yield state.in(new Stopped());
            }
            case PathMtuEvent.Suspected() ->
                policy.watch() && state.phase() instanceof Resting ? confirm(state, nowNanos, effects) : state;
            case PathMtuEvent.Widened() ->
                state.uplinkBytes() < policy.configuredBytes() ? state.raiseAt(nowNanos) : state;
            case PathMtuEvent.MeasureRequested() -> measure(state, nowNanos, effects);
            case PathMtuEvent.Answered answered -> answered(state, answered, nowNanos, effects);
            case PathMtuEvent.DeadlineReached() -> deadline(state, nowNanos, effects);
        };
        return new PathMtuStep(next, effects);
    }

    private PathMtuState usable(PathMtuState state, EspOverhead overhead, long now, List<PathMtuEffect> effects) {
        if (!(state.phase() instanceof Stopped) && state.overhead().equals(overhead)) {
            return state;
        }
        giveUpMeasuring(state, effects);
        return state.with(overhead).in(new Resting(now + spread(state, FIRST_PROOF)));
    }

    private static void giveUpMeasuring(PathMtuState state, List<PathMtuEffect> effects) {
        if (state.phase() instanceof Probing probing && probing.purpose() == Purpose.MEASURE) {
            effects.add(new PathMtuEffect.Measured(false, 0, false));
        }
    }

    private PathMtuState deadline(PathMtuState state, long now, List<PathMtuEffect> effects) {
        return switch (state.phase()) {
            case Stopped _ -> state;
            case Resting(long due) -> {
                if (!policy.watch()) {
                    yield state;
                }
                if (Deadline.isDue(state.raiseAtNanos(), now)) {
                    yield raise(state, now, effects);
                }
                yield Deadline.isDue(due, now) ? confirm(state, now, effects) : state;
            }
            case Probing probing ->
                Deadline.isDue(probing.deadlineNanos(), now) ? roundOver(state, probing, now, effects) : state;
        };
    }

    private PathMtuState confirm(PathMtuState state, long now, List<PathMtuEffect> effects) {
        int size = state.fit(state.uplinkBytes());
        return probe(state, Purpose.CONFIRM, size, state.fit(FLOOR_BYTES), size, now, effects);
    }

    private PathMtuState raise(PathMtuState state, long now, List<PathMtuEffect> effects) {
        int top = state.fit(policy.configuredBytes());
        return probe(state, Purpose.RAISE, top, state.fit(state.uplinkBytes()), top, now, effects);
    }

    private PathMtuState measure(PathMtuState state, long now, List<PathMtuEffect> effects) {
        if (state.phase() instanceof Stopped) {
            effects.add(new PathMtuEffect.Measured(false, 0, false));
            return state;
        }
        giveUpMeasuring(state, effects);
        int top = state.fit(Math.max(policy.configuredBytes(), ETHERNET_BYTES));
        return probe(state, Purpose.MEASURE, top, state.fit(FLOOR_BYTES), top, now, effects);
    }

    /** Begins with a size: its first pair of probes. */
    private static PathMtuState probe(
            PathMtuState state, Purpose purpose, int size, int good, int bad, long now, List<PathMtuEffect> effects) {
        return round(state, new Probing(purpose, size, good, bad, state.sequence(), 0, 0, false, 0), now, effects);
    }

    private static PathMtuState round(PathMtuState state, Probing probing, long now, List<PathMtuEffect> effects) {
        EspOverhead overhead = state.overhead();
        effects.add(new PathMtuEffect.SendProbe(state.sequence(), overhead.innerMtuBytes(probing.size())));
        effects.add(new PathMtuEffect.SendProbe(state.sequence() + 1, overhead.innerMtuBytes(FLOOR_BYTES)));
        Probing next = new Probing(
                probing.purpose(),
                probing.size(),
                probing.good(),
                probing.bad(),
                probing.firstSequence(),
                probing.lost(),
                probing.silent(),
                false,
                now + timeout(state));
        return state.nextPair().in(next);
    }

    private static long timeout(PathMtuState state) {
        return state.roundTripNanos() == 0
                ? FIRST_TIMEOUT
                : Math.clamp(4 * state.roundTripNanos(), MIN_TIMEOUT, MAX_TIMEOUT);
    }

    private PathMtuState answered(
            PathMtuState state, PathMtuEvent.Answered answer, long now, List<PathMtuEffect> effects) {
        boolean large = (answer.sequence() & 1) == 0;
        PathMtuState heard =
                state.answered(answer.roundTripNanos(), large ? answer.innerOctets() : state.answerBytes());
        if (!(state.phase() instanceof Probing probing) || answer.sequence() < probing.firstSequence()) {
            return heard;
        }
        if (large) {
            return passed(heard, probing, now, effects);
        }
        boolean thisRound = answer.sequence() == state.sequence() - 1;
        return heard.in(new Probing(
                probing.purpose(),
                probing.size(),
                probing.good(),
                probing.bad(),
                probing.firstSequence(),
                probing.lost(),
                probing.silent(),
                probing.smallAnswered() || thisRound,
                probing.deadlineNanos()));
    }

    private PathMtuState roundOver(PathMtuState state, Probing probing, long now, List<PathMtuEffect> effects) {
        int lost = probing.lost() + (probing.smallAnswered() ? 1 : 0);
        int silent = probing.silent() + (probing.smallAnswered() ? 0 : 1);
        if (lost >= (probing.purpose() == Purpose.VERIFY ? VERIFY_PROBES : MAX_PROBES)) {
            return failed(state, probing, now, effects);
        }
        if (silent >= MAX_SILENT) {
            giveUpMeasuring(state, effects);
            return rest(state, now);
        }
        Probing again = new Probing(
                probing.purpose(),
                probing.size(),
                probing.good(),
                probing.bad(),
                probing.firstSequence(),
                lost,
                silent,
                false,
                0);
        return round(state, again, now, effects);
    }

    private PathMtuState passed(PathMtuState state, Probing probing, long now, List<PathMtuEffect> effects) {
        return switch (probing.purpose()) {
            case CONFIRM, VERIFY -> rest(state, now);
            case SEARCH, RAISE, MEASURE ->
                probing.size() == probing.bad()
                        ? found(state, probing.purpose(), probing.size(), now, effects)
                        : narrow(state, probing.purpose(), probing.size(), probing.bad(), now, effects);
        };
    }

    private PathMtuState failed(PathMtuState state, Probing probing, long now, List<PathMtuEffect> effects) {
        return switch (probing.purpose()) {
            case CONFIRM -> narrow(state, Purpose.SEARCH, probing.good(), probing.bad(), now, effects);
            case VERIFY -> lower(state, probing.good(), now, effects);
            case SEARCH, RAISE, MEASURE ->
                narrow(state, probing.purpose(), probing.good(), probing.size(), now, effects);
        };
    }

    private PathMtuState narrow(
            PathMtuState state, Purpose purpose, int good, int bad, long now, List<PathMtuEffect> effects) {
        int next = SizeSearch.next(state.overhead(), good, bad);
        return next == SizeSearch.DONE
                ? found(state, purpose, good, now, effects)
                : probe(state, purpose, next, good, bad, now, effects);
    }

    private PathMtuState found(PathMtuState state, Purpose purpose, int size, long now, List<PathMtuEffect> effects) {
        return switch (purpose) {
            case MEASURE -> {
                boolean whole = state.answerBytes() >= state.overhead().innerMtuBytes(size);
                effects.add(new PathMtuEffect.Measured(true, size, whole));
                // Where the path carries less than is in use, the watch shall find out by itself, and now.
                yield size < state.fit(state.uplinkBytes()) ? state.in(new Resting(now)) : rest(state, now);
            }
            case RAISE -> lift(state, size, now, effects);
            case SEARCH -> {
                int inUse = state.fit(state.uplinkBytes());
                yield probe(state, Purpose.VERIFY, inUse, size, inUse, now, effects);
            }
            case CONFIRM, VERIFY -> rest(state, now);
        };
    }

    private PathMtuState lower(PathMtuState state, int size, long now, List<PathMtuEffect> effects) {
        int before = state.uplinkBytes();
        effects.add(new PathMtuEffect.SetUplink(
                before, size, "packets of " + before + " octets are lost while small ones pass"));
        return rest(state.uplink(size).raiseAt(now + policy.raiseNanos()), now);
    }

    private PathMtuState lift(PathMtuState state, int size, long now, List<PathMtuEffect> effects) {
        int before = state.uplinkBytes();
        boolean all = size >= state.fit(policy.configuredBytes());
        int after = all ? policy.configuredBytes() : Math.max(before, size);
        if (after > before) {
            effects.add(new PathMtuEffect.SetUplink(before, after, "packets of " + size + " octets pass again"));
        }
        return rest(state.uplink(after).raiseAt(all ? Deadline.NEVER : now + policy.raiseNanos()), now);
    }

    private PathMtuState rest(PathMtuState state, long now) {
        return state.in(new Resting(now + spread(state, policy.intervalNanos())));
    }

    /** Within a sixteenth of it, so that the probes of many tunnels do not keep step. */
    private static long spread(PathMtuState state, long nanos) {
        int mixed = (state.sequence() * 0x9e37_79b1) >>> 16;
        return nanos - nanos / SPREAD_PARTS + mixed * (nanos / SPREAD_PARTS / 0x8000);
    }
}
