package io.twinspan.daemon.liveness;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.liveness.OutstandingProbe.Stage;
import io.twinspan.daemon.liveness.PathPhase.Condition;
import java.util.ArrayList;
import java.util.List;

/** One event being applied to one path. Lives as long as the step. */
final class PathTurn implements ProbeTable.LateTimes {
    /** Answers in a row with which a dead path begins to recover. */
    static final int RECOVERY_ANSWERS = 3;

    /** A recovering path is trusted when none of so many probes was lost. */
    static final int TRUST_PROBES = 30;

    /** Fewer lost probes than this are no loss rate. */
    static final int DEGRADED_MIN_LOST = 2;

    /** Fewer probes than this are no sample. */
    static final int DEGRADED_MIN_SENT = 30;

    /** Missing sequence numbers since the last look that are worth a check, if they are also a quarter of what came. */
    static final int GAP_PACKETS = 8;

    /** The highest number of a probe or a fence. */
    static final int MAX_SEQUENCE = (1 << 28) - 1;

    private static final int GAP_SHARE = 4;

    /** Probes to one target that may wait for the outbound loop. */
    private static final int MAX_ASKED = 2;

    private final ProbePolicy policy;
    private final long now;
    private final ProbeTable probes;
    private final List<PathEffect> effects = new ArrayList<>(2);
    private List<TargetStanding> targets;
    private boolean targetsCopied;
    private PathPhase phase;
    private PathStatistics statistics;
    private PathTraffic traffic;
    private int sequence;
    private long roundNanos;
    private boolean checkNow;

    PathTurn(ProbePolicy policy, PathState state, long nowNanos) {
        this.policy = policy;
        this.now = nowNanos;
        this.probes = new ProbeTable(state.probes());
        this.targets = state.targets();
        this.phase = state.phase();
        this.statistics = state.statistics();
        this.traffic = state.traffic();
        this.sequence = state.sequence();
        this.roundNanos = state.roundNanos();
        long lateness = state.deadlineNanos() == Deadline.NEVER ? 0 : nowNanos - state.deadlineNanos();
        if (lateness > PathMachine.STALL_NANOS) {
            // Long enough for probes that leave only now to be answered; what came in meanwhile the fence brings to
            // light.
            probes.shift(Math.min(lateness, longestWaitNanos()));
        }
    }

    void start(PathCounters counters) {
        probes.clear();
        targets = targets.stream()
                .map(target -> TargetStanding.unknown(target.rtt(), now))
                .toList();
        phase = new PathPhase.Proving(0);
        statistics = statistics.withoutLoss();
        traffic = traffic.started(counters, now);
        roundNanos = now - policy.recoveryNanos();
    }

    void stop() {
        probes.clear();
        phase = new PathPhase.Stopped();
    }

    void role(boolean carries) {
        traffic = traffic.carrying(carries);
    }

    void look(PathCounters counters) {
        long missing = counters.missingInbound() - traffic.seen().missingInbound();
        long came = counters.packetsIn() - traffic.seen().packetsIn();
        traffic = traffic.look(counters, now);
        checkNow |= missing >= GAP_PACKETS && missing * GAP_SHARE >= came;
    }

    void hint() {
        checkNow = true;
    }

    void sent(int number, long sentNanos) {
        int place = probes.find(number);
        if (place >= 0 && probes.get(place).stage() == Stage.ASKED) {
            // A report that took long to get here is our own stall, too.
            long late = now - sentNanos > PathMachine.STALL_NANOS ? now : sentNanos;
            probes.set(place, probes.get(place).sent(late));
        }
    }

    void refused(int number) {
        int place = probes.find(number);
        if (place >= 0) {
            probes.remove(place);
        }
    }

    void answered(int number, long sentNanos, long atNanos) {
        int place = probes.find(number);
        if (place < 0 || atNanos - sentNanos < 0) {
            return;
        }
        OutstandingProbe probe = probes.get(place);
        probes.remove(place);
        traffic = traffic.answered(atNanos);
        statistics = probe.stage() == Stage.LOST
                ? statistics.unlost(probe.outcome(), probe.burst(), now)
                : statistics.with(false, probe.burst(), now);
        statistics = statistics.withRoundTrip(atNanos - sentNanos);
        TargetStanding target = targets.get(probe.target());
        if (target.mute()) {
            effects.add(new PathEffect.TargetSilent(probe.target(), false));
        }
        long left = probe.stage() == Stage.ASKED ? sentNanos : probe.judgedNanos();
        boolean newest = !target.proven() || left - target.answeredSentNanos() >= 0;
        put(
                probe.target(),
                newest
                        ? target.answered(atNanos - sentNanos, left, probes.lostSince(probe.target(), left))
                        : target.measured(atNanos - sentNanos));
        alive();
    }

    void fenced(int number) {
        if (!(phase instanceof PathPhase.Suspected suspected) || suspected.fence() != number) {
            return;
        }
        judge();
        if (phase instanceof PathPhase.Suspected && dead(suspected.needed())) {
            boolean inbound = traffic.goodNanos() - suspected.sinceNanos() > 0;
            effects.add(new PathEffect.PathDown(
                    inbound ? lastProofNanos() : traffic.goodNanos(), suspected.sinceNanos(), now, misses(), inbound));
            phase = new PathPhase.Silent(0);
        } else if (phase instanceof PathPhase.Suspected) {
            phase = withFence(suspected, 0);
        }
    }

    /** Ends the turn: judges what is due, asks what is to be asked, and names the next deadline. */
    PathStep end() {
        if (!(phase instanceof PathPhase.Stopped)) {
            judge();
            probes.expire(now);
            settle();
            ProbeCadence cadence = new ProbeCadence(policy, traffic, roundNanos);
            long due = checkNow ? cadence.checkDueNanos(phase, now) : cadence.roundDueNanos(phase);
            if (Deadline.isDue(due, now)) {
                round(due);
            }
        }
        return new PathStep(
                new PathState(phase, targets, probes.end(), statistics, traffic, sequence, roundNanos, deadlineNanos()),
                effects.isEmpty() ? List.of() : effects);
    }

    @Override
    public long lateNanos(int target) {
        return targets.get(target).rtt().lateNanos(policy);
    }

    @Override
    public long lostNanos(int target) {
        long patience = phase instanceof PathPhase.Suspected suspected ? suspected.patienceNanos() : 0;
        return targets.get(target).rtt().lostNanos(policy) + patience;
    }

    /** Moves each probe on that has waited long enough. */
    private void judge() {
        for (int place = 0; place < probes.size(); place++) {
            OutstandingProbe probe = probes.get(place);
            if (!probe.awaited()) {
                continue;
            }
            long waited = now - probe.judgedNanos();
            TargetStanding target = targets.get(probe.target());
            if (probe.stage() == Stage.SENT && waited >= lateNanos(probe.target())) {
                probes.set(place, probe.at(Stage.LATE));
                suspect(target, probe);
            }
            if (waited >= lostNanos(probe.target())) {
                lose(place);
            }
        }
    }

    private void lose(int place) {
        OutstandingProbe probe = probes.get(place);
        TargetStanding target = targets.get(probe.target());
        probes.set(place, probe.lost(statistics.outcomes()));
        statistics = statistics.with(true, probe.burst(), now);
        if (probe.judgedNanos() - target.answeredSentNanos() > 0) {
            put(probe.target(), target.missed());
        }
        if (phase instanceof PathPhase.Silent) {
            phase = new PathPhase.Silent(0);
        }
    }

    private void suspect(TargetStanding target, OutstandingProbe probe) {
        boolean newer = probe.judgedNanos() - target.answeredSentNanos() > 0;
        if (phase instanceof PathPhase.Proven(Condition condition) && target.proven() && !target.mute() && newer) {
            int needed = BurstLength.of(policy, statistics);
            long patience = policy.patienceNanos(now - lateNanos(probe.target()) - target.answeredSentNanos());
            phase = new PathPhase.Suspected(condition, now, needed, patience, 0);
            effects.add(new PathEffect.Suspected(now, traffic.goodNanos(), needed));
        }
    }

    /** An answer came: what does that change? */
    private void alive() {
        switch (phase) {
            case PathPhase.Proving _ -> {
                phase = new PathPhase.Proven(Condition.GOOD);
                // What went out before somebody was there to answer says nothing about the path.
                probes.clear();
                forgetLoss();
                effects.add(new PathEffect.PathUp(0, 0));
            }
            case PathPhase.Silent(int answered) -> {
                phase = new PathPhase.Silent(answered + 1);
                if (answered + 1 >= RECOVERY_ANSWERS) {
                    phase = new PathPhase.Proven(Condition.RECOVERING);
                    forgetLoss();
                    effects.add(new PathEffect.Degraded(true, 0, 0));
                }
            }
            case PathPhase.Stopped _, PathPhase.Proven _, PathPhase.Suspected _ -> {}
        }
    }

    /** Decides what the judged probes mean. */
    private void settle() {
        if (phase instanceof PathPhase.Suspected suspected) {
            if (dead(suspected.needed())) {
                if (suspected.fence() == 0) {
                    phase = withFence(suspected, sequence);
                    effects.add(new PathEffect.Fence(sequence));
                    sequence = after(sequence);
                }
            } else if (answersAgain(suspected.needed())) {
                phase = new PathPhase.Proven(suspected.before());
                effects.add(new PathEffect.Cleared(now, suspected.sinceNanos()));
            }
        }
        if (phase instanceof PathPhase.Proven(Condition condition)) {
            grade(condition);
        }
    }

    /** Good, lossy or recovering: down at once, up slowly. */
    private void grade(Condition condition) {
        int sent = statistics.sent(now);
        int lost = statistics.lost(now);
        switch (condition) {
            case GOOD -> {
                if (sent >= DEGRADED_MIN_SENT && lost >= DEGRADED_MIN_LOST && lost > policy.degradedLoss() * sent) {
                    phase = new PathPhase.Proven(Condition.LOSSY);
                    effects.add(new PathEffect.Degraded(false, lost, sent));
                }
            }
            case LOSSY -> {
                if (lost < DEGRADED_MIN_LOST || lost * 2 <= policy.degradedLoss() * sent) {
                    phase = new PathPhase.Proven(Condition.GOOD);
                    effects.add(new PathEffect.PathUp(lost, sent));
                }
            }
            case RECOVERING -> {
                if (statistics.outcomes() >= TRUST_PROBES && statistics.lostOfLast(TRUST_PROBES) == 0) {
                    phase = new PathPhase.Proven(Condition.GOOD);
                    effects.add(new PathEffect.PathUp(lost, sent));
                }
            }
        }
    }

    /** True where enough targets have missed so many probes in a row; those that never answered have no vote. */
    private boolean dead(int needed) {
        int proven = 0;
        int dead = 0;
        for (int index = 0; index < targets.size(); index++) {
            TargetStanding target = targets.get(index);
            proven += target.proven() ? 1 : 0;
            dead += target.proven() && target.misses() >= needed ? 1 : 0;
        }
        return proven > 0 && dead >= Math.min(policy.quorum(), proven);
    }

    /** True where no target owes an answer; one that stopped while others answer is given up as a witness. */
    private boolean answersAgain(int needed) {
        boolean clear = true;
        boolean witness = false;
        for (int index = 0; index < targets.size(); index++) {
            TargetStanding target = targets.get(index);
            boolean owes = target.proven() && probes.owes(index, target.answeredSentNanos());
            clear &= !owes || target.mute() || target.misses() >= needed;
            witness |= target.proven() && !target.mute() && !owes;
        }
        if (clear && witness) {
            muteTheSilent(needed);
        }
        return clear && witness;
    }

    private void muteTheSilent(int needed) {
        for (int index = 0; index < targets.size(); index++) {
            TargetStanding target = targets.get(index);
            if (target.proven() && !target.mute() && target.misses() >= needed) {
                put(index, target.muted());
                effects.add(new PathEffect.TargetSilent(index, true));
            }
        }
    }

    /** What was lost while the path was dead must not count against the path that is back. */
    private void forgetLoss() {
        statistics = statistics.withoutLoss();
        for (int place = probes.size() - 1; place >= 0; place--) {
            if (probes.get(place).stage() == Stage.LOST) {
                probes.remove(place);
            }
        }
    }

    private long longestWaitNanos() {
        long longest = 0;
        for (int index = 0; index < targets.size(); index++) {
            longest = Math.max(longest, lostNanos(index));
        }
        return longest;
    }

    private int misses() {
        int most = 0;
        for (int index = 0; index < targets.size(); index++) {
            most = Math.max(most, targets.get(index).misses());
        }
        return most;
    }

    private long lastProofNanos() {
        long newest = targets.getFirst().answeredSentNanos();
        for (int index = 1; index < targets.size(); index++) {
            long sent = targets.get(index).answeredSentNanos();
            newest = sent - newest > 0 ? sent : newest;
        }
        return newest;
    }

    private void round(long dueNanos) {
        boolean onTime = now - dueNanos < policy.burstNanos();
        roundNanos = onTime ? dueNanos : now;
        boolean burst = phase instanceof PathPhase.Suspected;
        for (int target = 0; target < targets.size(); target++) {
            TargetStanding standing = targets.get(target);
            boolean resting = standing.mute() && now - standing.askedNanos() < policy.intervalNanos();
            if (resting || probes.size() >= ProbeTable.MAX_PROBES || probes.asked(target) >= MAX_ASKED) {
                continue;
            }
            probes.add(new OutstandingProbe(sequence, target, burst, Stage.ASKED, now, 0));
            effects.add(new PathEffect.SendProbe(sequence, target));
            put(target, standing.asked(now));
            sequence = after(sequence);
        }
        if (phase instanceof PathPhase.Proving(int rounds) && rounds < ProbeCadence.UNANSWERED_ROUNDS) {
            phase = new PathPhase.Proving(rounds + 1);
            if (rounds + 1 == ProbeCadence.UNANSWERED_ROUNDS) {
                neverAnswered();
            }
        }
    }

    /** Whoever answered over an earlier SA would answer over this one: IKE may connect where ESP does not get through. */
    private void neverAnswered() {
        boolean answeredOnce = targets.stream().anyMatch(target -> target.rtt().samples() > 0);
        if (answeredOnce) {
            long since = now - ProbeCadence.UNANSWERED_ROUNDS * policy.recoveryNanos();
            phase = new PathPhase.Silent(0);
            effects.add(new PathEffect.PathDown(
                    traffic.goodNanos(), since, now, ProbeCadence.UNANSWERED_ROUNDS, traffic.goodNanos() - since > 0));
        } else {
            effects.add(new PathEffect.NeverAnswered(ProbeCadence.UNANSWERED_ROUNDS));
        }
    }

    private long deadlineNanos() {
        if (phase instanceof PathPhase.Stopped) {
            return Deadline.NEVER;
        }
        ProbeCadence cadence = new ProbeCadence(policy, traffic, roundNanos);
        long next = Deadline.earlier(cadence.roundDueNanos(phase), probes.nextDeadlineNanos(this));
        next = Deadline.earlier(next, cadence.lookDueNanos(phase, now));
        // A wait may end with its suspicion, and then lies in the past: nobody can come in time for it, which is no
        // stall.
        return Deadline.isDue(next, now) ? now : next;
    }

    private static PathPhase.Suspected withFence(PathPhase.Suspected suspected, int fence) {
        return new PathPhase.Suspected(
                suspected.before(), suspected.sinceNanos(), suspected.needed(), suspected.patienceNanos(), fence);
    }

    private void put(int index, TargetStanding target) {
        if (targets.size() == 1) {
            targets = List.of(target);
            return;
        }
        if (!targetsCopied) {
            targets = new ArrayList<>(targets);
            targetsCopied = true;
        }
        targets.set(index, target);
    }

    /** Numbers leave room for the tunnel's on the wire, and come round after years. Zero is no number. */
    private static int after(int number) {
        return number == MAX_SEQUENCE ? 1 : number + 1;
    }
}
