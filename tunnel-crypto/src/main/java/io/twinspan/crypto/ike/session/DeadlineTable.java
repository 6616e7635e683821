package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.session.IkeEffect.SendNatKeepalive;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingAuth;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingSaInit;
import io.twinspan.crypto.ike.session.IkeSa.Closed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.HalfOpen;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import io.twinspan.crypto.time.Deadline;

/** All instants at which a peer wants to be looked at, and what happens then. */
final class DeadlineTable {
    private final Turn turn;
    private final Continuity continuity;
    private final ChildInstaller installer;
    private final Messenger messenger;
    private final ExchangeRecord exchanges;

    DeadlineTable(Turn turn) {
        this.turn = turn;
        this.continuity = new Continuity(turn);
        this.installer = new ChildInstaller(turn);
        this.messenger = new Messenger(turn);
        this.exchanges = new ExchangeRecord(turn);
    }

    /** The earliest of all, or {@code NEVER}. */
    static long next(IkePeer peer, IkeTimers timers) {
        long due = peer.facts().drive().reconnectNanos();
        for (IkeSa sa : peer.sas().values()) {
            due = Deadline.earlier(due, sa.deadlineNanos());
            if (sa instanceof Established live && live.isActive()) {
                due = Deadline.earlier(due, livenessNanos(live, peer.facts().trafficNanos(), timers));
                due = Deadline.earlier(due, keepaliveNanos(live, timers));
            }
        }
        for (ChildSa child : peer.children().values()) {
            due = Deadline.earlier(due, child.deadlineNanos());
        }
        for (Lingering late : peer.lingering().values()) {
            due = Deadline.earlier(due, late.untilNanos());
        }
        return due;
    }

    /** Does everything that is due. */
    void run() {
        installer.sweepLingering();
        for (ChildSa child : turn.children()) {
            runChild(child);
        }
        for (IkeSa sa : turn.sas()) {
            turn.sa(sa.localSpi()).ifPresent(this::runIkeSa);
        }
        if (isDue(turn.drive().reconnectNanos())) {
            continuity.tryAgain();
        }
    }

    private void runChild(ChildSa child) {
        if (isDue(child.switchNanos())) {
            installer.switchTo(child.inboundSpi(), false);
        }
        if (isDue(child.expireNanos())) {
            expire(child);
        } else if (child.isActive() && isDue(child.rekeyNanos())) {
            turn.child(child.inboundSpi()).ifPresent(live -> turn.put(live.rekeyAt(Deadline.NEVER)));
            turn.update(child.ikeSpi(), sa -> sa.wanting(new Task.RekeyChild(child.inboundSpi())));
        }
    }

    private void expire(ChildSa child) {
        turn.blame(DownCause.LIFETIME_EXPIRED, "the child SA's lifetime ended before a rekey succeeded");
        if (child.stage() != ChildSa.Stage.DELETING) {
            turn.update(child.ikeSpi(), sa -> sa.wanting(new Task.DisownChild(child.inboundSpi())));
        }
        installer.release(child.inboundSpi(), false, ChildInstaller.AT_ONCE);
    }

    private void runIkeSa(IkeSa sa) {
        switch (sa) {
            case AwaitingSaInit init -> runSaInit(init);
            case AwaitingAuth auth -> runAuth(auth);
            case HalfOpen half -> {
                if (isDue(half.expireNanos())) {
                    turn.forget(half.localSpi());
                }
            }
            case Closed closed -> {
                if (isDue(closed.expireNanos())) {
                    turn.forget(closed.localSpi());
                }
            }
            case Established live -> runEstablished(live);
        }
    }

    private void runSaInit(AwaitingSaInit sa) {
        if (sa.request().isHopeless(turn.now())) {
            switch (sa.refusal()) {
                case Refusal.None() -> {
                    exchanges.ours(sa.request(), IkeReport.Outcome.UNANSWERED);
                    continuity.attemptFailed(sa.localSpi(), DownCause.PEER_SILENT, silence(sa.request(), sa.path()));
                }
                case Refusal.Heard(DownCause cause, String detail) -> {
                    exchanges.ours(sa.request(), IkeReport.Outcome.REFUSED);
                    continuity.attemptFailed(sa.localSpi(), cause, detail);
                }
            }
        } else if (isDue(sa.request().nextSendNanos())) {
            turn.put(sa.with(messenger.again(sa.request(), sa.path(), "IKE_SA_INIT"), sa.refusal()));
        }
    }

    private void runAuth(AwaitingAuth sa) {
        if (sa.request().isHopeless(turn.now())) {
            exchanges.ours(sa.request(), IkeReport.Outcome.UNANSWERED);
            continuity.attemptFailed(sa.localSpi(), DownCause.PEER_SILENT, silence(sa.request(), sa.path()));
        } else if (isDue(sa.request().nextSendNanos())) {
            turn.put(sa.with(messenger.again(sa.request(), sa.path(), "IKE_AUTH")));
        }
    }

    private void runEstablished(Established sa) {
        if (sa.window() instanceof Waiting waiting && waiting.request().isHopeless(turn.now())) {
            exchanges.unanswered(waiting.request(), waiting.pending().purpose());
            continuity.lose(sa.localSpi(), DownCause.PEER_SILENT, silence(waiting.request(), sa.path()));
            return;
        }
        if (isDue(sa.clock().endNanos())) {
            stageEnds(sa);
            return;
        }
        if (isDue(sa.clock().expireNanos())) {
            continuity.abandon(
                    sa.localSpi(), DownCause.LIFETIME_EXPIRED, "the IKE SA's lifetime ended before a rekey succeeded");
            return;
        }
        if (sa.window() instanceof Waiting waiting && isDue(waiting.request().nextSendNanos())) {
            Outstanding again = messenger.again(
                    waiting.request(), sa.path(), waiting.pending().label());
            turn.put(sa.with(waiting.with(again)).with(sa.clock().sent(turn.now())));
        }
        if (sa.isActive()) {
            turn.established(sa.localSpi()).ifPresent(this::runActive);
        }
    }

    private void runActive(Established sa) {
        Established next = sa;
        if (isDue(next.clock().rekeyNanos())) {
            next = next.with(next.clock().rekeyAt(Deadline.NEVER)).wanting(new Task.RekeyIke());
        }
        // RFC 7296 section 2.4: a check is for silence only; an outstanding request is one already.
        if (isDue(livenessNanos(next, turn.facts().trafficNanos(), turn.timers()))
                && next.tasks().isEmpty()) {
            next = next.wanting(new Task.CheckLiveness());
        }
        if (isDue(keepaliveNanos(next, turn.timers()))) {
            turn.effect(new SendNatKeepalive(next.path().local(), next.path().remote()));
            next = next.with(next.clock().sent(turn.now()));
        }
        turn.put(next);
    }

    private void stageEnds(Established sa) {
        switch (sa.stage()) {
            case REPLACED -> continuity.delete(sa.localSpi());
            case CLOSING -> continuity.lose(sa.localSpi(), DownCause.CLOSED, "closed");
            case CANDIDATE, ACTIVE -> turn.put(sa.with(sa.clock().endAt(Deadline.NEVER)));
        }
    }

    private boolean isDue(long deadlineNanos) {
        return Deadline.isDue(deadlineNanos, turn.now());
    }

    private static long livenessNanos(Established sa, long trafficNanos, IkeTimers timers) {
        if (!(sa.window() instanceof Free)) {
            return Deadline.NEVER;
        }
        long heard = sa.clock().heardNanos();
        boolean trafficLater = trafficNanos != Deadline.NEVER && trafficNanos - heard > 0;
        return (trafficLater ? trafficNanos : heard) + timers.livenessNanos();
    }

    private static long keepaliveNanos(Established sa, IkeTimers timers) {
        return sa.path().natLocal() ? sa.clock().sentNanos() + timers.natKeepaliveNanos() : Deadline.NEVER;
    }

    private static String silence(Outstanding request, SaPath path) {
        return "no answer from " + path.remote() + " to " + request.transmissions() + " transmissions of "
                + request.exchange();
    }
}
