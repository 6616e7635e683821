package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.session.IkeReport.BackingOff;
import io.twinspan.crypto.ike.session.IkeReport.Down;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingAuth;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingSaInit;
import io.twinspan.crypto.ike.session.IkeSa.Closed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Keeps exactly one IKE SA with one child SA alive, for as long as it is wanted: what to do when one more appears, when the
 * last one goes, and when to try again.
 */
final class Continuity {
    /** How long a closed IKE SA still repeats its last answer. */
    static final long CLOSED_NANOS = 10_000_000_000L;

    /** How long a DELETE of ours is repeated before the IKE SA is forgotten. */
    static final long CLOSING_NANOS = 3_000_000_000L;

    /** Closed IKE SAs that are remembered; the oldest goes first. */
    static final int MAX_CLOSED = 16;

    private static final int PERCENT = 100;
    private static final int MAX_DOUBLINGS = 20;

    private final Turn turn;
    private final ChildInstaller installer;

    Continuity(Turn turn) {
        this.turn = turn;
        this.installer = new ChildInstaller(turn);
    }

    /** The operator wants the tunnel up, now. */
    void connectNow() {
        turn.set(turn.drive().wanting(Drive.Desire.UP).reconnectAt(Deadline.NEVER));
        if (turn.policy().startup() == IkePolicy.Startup.INITIATE
                && turn.sendingChild().isEmpty()) {
            tryAgain();
        }
    }

    /** The pause is over. */
    void tryAgain() {
        turn.set(turn.drive().reconnectAt(Deadline.NEVER));
        Optional<Established> active = turn.active();
        if (active.isPresent()) {
            turn.set(turn.drive().trying());
            turn.put(active.get().wanting(new Task.CreateChild()));
        } else if (!isAttempting()) {
            new SaInitExchange(turn).begin();
        }
    }

    /** The tunnel is to go down and stay down. */
    void close(String reason) {
        boolean wasWanted = turn.drive().desire() != Drive.Desire.DOWN;
        turn.children().forEach(child -> installer.close(child.inboundSpi()));
        for (IkeSa sa : turn.sas()) {
            switch (sa) {
                case Established live -> delete(live.localSpi());
                case AwaitingSaInit _, AwaitingAuth _, IkeSa.HalfOpen _ -> turn.forget(sa.localSpi());
                case Closed _ -> {}
            }
        }
        turn.set(turn.drive().nowDown().wanting(Drive.Desire.DOWN).reconnectAt(Deadline.NEVER));
        if (wasWanted) {
            turn.report(new Down(DownCause.CLOSED, reason));
        }
    }

    /** The tunnel is to be made anew, because nothing comes through although all seems well. */
    void restart(String reason) {
        turn.active().ifPresent(sa -> {
            turn.blame(DownCause.PEER_SILENT, reason);
            delete(sa.localSpi());
            releaseChildren(sa.localSpi(), false, ChildInstaller.UNHEARD_LINGER_NANOS);
        });
    }

    /** Our attempt to connect came to nothing. */
    void attemptFailed(long localSpi, DownCause cause, String detail) {
        turn.forget(localSpi);
        tell(cause, detail);
    }

    /** An attempt or a child SA was refused; whether the tunnel is down for it depends on what else there is. */
    void tell(DownCause cause, String detail) {
        if (turn.drive().up() || turn.active().isPresent()) {
            turn.blame(cause, detail);
            turn.report(new NegotiationFailed("connect", detail));
        } else {
            turn.report(new Down(cause, detail));
        }
    }

    /** We close an IKE SA, politely: DELETE, repeated for a short while. */
    void delete(long localSpi) {
        closeWith(localSpi, new Task.DeleteIke());
    }

    /** We close an IKE SA whose place another one has taken; there is no hurry. */
    void deleteReplaced(long localSpi) {
        closeWith(localSpi, new Task.DeleteIke(), turn.timers().giveUpNanos());
    }

    void closeWith(long localSpi, Task lastWord) {
        closeWith(localSpi, lastWord, CLOSING_NANOS);
    }

    private void closeWith(long localSpi, Task lastWord, long patienceNanos) {
        long end = turn.now() + patienceNanos;
        turn.update(localSpi, sa -> {
            Established closing =
                    sa.with(List.of(lastWord)).with(sa.clock().withoutExpiry()).in(Stage.CLOSING, end);
            return closing.window() instanceof RequestWindow.Waiting waiting
                    ? closing.with(waiting.with(waiting.request().giveUpBy(end)))
                    : closing;
        });
    }

    /** We close an IKE SA and its child SAs, because it cannot go on. */
    void abandon(long localSpi, DownCause cause, String detail) {
        turn.blame(cause, detail);
        delete(localSpi);
        releaseChildren(localSpi, false, ChildInstaller.AT_ONCE);
    }

    /** An IKE SA is gone without a word more. */
    void lose(long localSpi, DownCause cause, String detail) {
        if (turn.established(localSpi).filter(Established::isActive).isPresent()) {
            turn.blame(cause, detail);
        }
        turn.forget(localSpi);
        releaseChildren(localSpi, true, ChildInstaller.AT_ONCE);
    }

    /** The peer deleted an IKE SA; its last answer stays available for a while. */
    void entomb(long localSpi) {
        turn.established(localSpi).ifPresent(sa -> {
            turn.forget(localSpi);
            forgetOldestClosed();
            long awaited = sa.window() instanceof RequestWindow.Waiting(Outstanding request, PendingExchange _)
                    ? request.messageId()
                    : Closed.NOTHING_AWAITED;
            long end = turn.now() + CLOSED_NANOS;
            turn.put(new Closed(localSpi, sa.remoteSpi(), sa.initiator(), sa.cache(), awaited, end));
            releaseChildren(localSpi, true, ChildInstaller.LINGER_NANOS);
        });
    }

    private void forgetOldestClosed() {
        List<Closed> closed = turn.sas().stream()
                .filter(Closed.class::isInstance)
                .map(Closed.class::cast)
                .toList();
        if (closed.size() >= MAX_CLOSED) {
            turn.forget(closed.getFirst().localSpi());
        }
    }

    /** Child SAs follow their IKE SA into the one that replaces it. */
    void inherit(long fromSpi, long toSpi) {
        for (ChildSa child : turn.children()) {
            if (child.ikeSpi() == fromSpi) {
                turn.put(child.ownedBy(toSpi));
            }
        }
    }

    /** RFC 7296 section 2.4: the peer says that it remembers nothing from before this IKE SA began. */
    void initialContact(long newSpi) {
        long created =
                turn.established(newSpi).map(sa -> sa.core().createdNanos()).orElse(turn.now());
        for (IkeSa sa : turn.sas()) {
            // An IKE SA that was made while the new one was being made is not from before: the connects crossed.
            if (sa instanceof Established old
                    && old.localSpi() != newSpi
                    && old.clock().establishedNanos() - created < 0) {
                lose(old.localSpi(), DownCause.PEER_RESTARTED, "the peer came back without its state");
            }
        }
        if (turn.sendingChild().isEmpty()) {
            noticeDown();
        }
    }

    /**
     * One more IKE SA is authenticated: only one may stay in use. Where both sides connected at once, the one from the
     * exchange with the lowest of the four nonces goes, as in section 2.8.2, and is deleted by the side that began it.
     * Where one came after the other, the newer one stays, since the peer would not have begun it for nothing.
     */
    void settle(long newSpi) {
        if (turn.children().stream().noneMatch(child -> child.ikeSpi() == newSpi && child.isActive())) {
            return;
        }
        for (IkeSa sa : turn.sas()) {
            Optional<Established> fresh = turn.established(newSpi);
            if (sa instanceof AwaitingSaInit) {
                turn.forget(sa.localSpi());
            } else if (sa instanceof Established old
                    && old.isActive()
                    && old.localSpi() != newSpi
                    && fresh.isPresent()) {
                settle(old, fresh.get());
            }
        }
    }

    private void settle(Established old, Established fresh) {
        boolean crossed = old.initiator() != fresh.initiator()
                && fresh.core().createdNanos() - old.clock().establishedNanos() <= 0;
        boolean freshLoses = crossed
                && RekeyCollision.firstLoses(fresh.core().nonces(), old.core().nonces());
        Established loser = freshLoses ? fresh : old;
        Established winner = freshLoses ? old : fresh;
        turn.children().stream()
                .filter(child -> child.ikeSpi() == winner.localSpi() && child.isActive())
                .findFirst()
                .ifPresent(child -> installer.switchTo(child.inboundSpi(), winner.initiator()));
        turn.children().stream()
                .filter(child -> child.ikeSpi() == loser.localSpi())
                .forEach(child -> installer.retire(child.inboundSpi()));
        if (crossed && !loser.initiator()) {
            turn.update(
                    loser.localSpi(),
                    sa -> sa.in(Stage.REPLACED, turn.now() + turn.timers().giveUpNanos()));
        } else {
            delete(loser.localSpi());
        }
    }

    /**
     * The peer deletes the IKE SA in use. Where two connects had crossed and the other IKE SA is still there with its child
     * SA, the peer has settled it the other way round (a peer that keeps the later one, whatever the nonces, does), and the
     * other one is used after all.
     */
    void takeBack() {
        for (IkeSa sa : turn.sas()) {
            if (sa instanceof Established other && other.stage() == Stage.REPLACED) {
                List<ChildSa> children = turn.children().stream()
                        .filter(child -> child.ikeSpi() == other.localSpi() && child.stage() == ChildSa.Stage.REPLACED)
                        .toList();
                if (!children.isEmpty()) {
                    turn.put(other.in(Stage.ACTIVE, Deadline.NEVER));
                    children.forEach(this::takeBack);
                    return;
                }
            }
        }
    }

    private void takeBack(ChildSa child) {
        long expireNanos = child.establishedNanos() + turn.timers().childLifetimeNanos();
        turn.put(child.revived(new Lifetimes(turn).childRekeyNanos(), expireNanos));
    }

    /** Once at the end of each step: makes what is true agree with what is wanted. */
    void reconcile() {
        Optional<Established> active = turn.active();
        if (active.isEmpty()) {
            deleteCandidates();
        }
        if (turn.sendingChild().isEmpty()) {
            active.flatMap(sa -> turn.children().stream()
                            .filter(child -> child.ikeSpi() == sa.localSpi() && child.isActive())
                            .findFirst())
                    .ifPresent(child -> installer.switchTo(child.inboundSpi(), false));
        }
        boolean creating = active.filter(Continuity::isCreating).isPresent();
        boolean carrying = turn.sendingChild().isPresent();
        if (!carrying && !creating) {
            noticeDown();
        }
        boolean wanted =
                turn.drive().desire() == Drive.Desire.UP && turn.policy().startup() == IkePolicy.Startup.INITIATE;
        if (wanted && !carrying && !creating && !isAttempting() && turn.drive().reconnectNanos() == Deadline.NEVER) {
            backOff();
        }
    }

    private void noticeDown() {
        if (turn.drive().up()) {
            turn.set(turn.drive().nowDown());
            turn.report(new Down(turn.blame().cause(), turn.blame().detail()));
        }
    }

    /** A candidate waits for the end of our own rekey; when the IKE SA that was to be rekeyed is gone, nothing comes. */
    private void deleteCandidates() {
        for (IkeSa sa : turn.sas()) {
            if (sa instanceof Established live && live.stage() == Stage.CANDIDATE) {
                delete(live.localSpi());
            }
        }
    }

    private void backOff() {
        IkeTimers timers = turn.timers();
        int attempt = turn.drive().attempt();
        int doublings = Math.min(turn.drive().pauses(), MAX_DOUBLINGS);
        long pause = Math.min(timers.reconnectFirstNanos() << doublings, timers.reconnectMaxNanos());
        long delay = pause + turn.jitter(pause / PERCENT * timers.reconnectJitterPercent());
        turn.set(turn.drive().pausing(turn.now() + delay));
        turn.report(new BackingOff(delay, attempt));
    }

    private void releaseChildren(long localSpi, boolean byPeer, long lingerNanos) {
        List<ChildSa> orphans = turn.children().stream()
                .filter(child -> child.ikeSpi() == localSpi)
                .toList();
        orphans.forEach(child -> turn.put(child.in(ChildSa.Stage.DELETING)));
        orphans.forEach(child -> installer.release(child.inboundSpi(), byPeer, lingerNanos));
    }

    private boolean isAttempting() {
        return turn.sas().stream().anyMatch(sa -> sa instanceof AwaitingSaInit || sa instanceof AwaitingAuth);
    }

    static boolean isCreating(Established sa) {
        return sa.awaits(PendingExchange.ChildCreation.class) || sa.tasks().contains(new Task.CreateChild());
    }
}
