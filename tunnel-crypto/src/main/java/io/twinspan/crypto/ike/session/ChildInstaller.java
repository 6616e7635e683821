package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.ike.session.IkeEffect.InstallInbound;
import io.twinspan.crypto.ike.session.IkeEffect.InstallOutbound;
import io.twinspan.crypto.ike.session.IkeEffect.ReleaseOutbound;
import io.twinspan.crypto.ike.session.IkeEffect.RemoveChild;
import io.twinspan.crypto.ike.session.IkeEffect.SwitchOutbound;
import io.twinspan.crypto.ike.session.IkeReport.ChildSaDeleted;
import io.twinspan.crypto.ike.session.IkeReport.ChildSaEstablished;
import io.twinspan.crypto.ike.session.IkeReport.ChildSaRekeyed;
import io.twinspan.crypto.time.Deadline;
import java.util.Optional;

/** Brings child SAs into being and out of it, in the order that loses no packet (RFC 7296 section 2.8). */
final class ChildInstaller {
    /** How long a deleted child SA still opens packets that were overtaken on their way. */
    static final long LINGER_NANOS = 3_000_000_000L;

    /**
     * How long a child SA still opens packets of a peer that may not have heard that it is deleted: as long as AWS may take to
     * find out by itself, and some.
     */
    static final long UNHEARD_LINGER_NANOS = 60_000_000_000L;

    /** For {@link #release}: nothing more is accepted. */
    static final long AT_ONCE = 0;

    /** How long a replaced child SA waits for the peer's DELETE before we send our own. */
    static final long REPLACED_NANOS = 30_000_000_000L;

    private final Turn turn;

    ChildInstaller(Turn turn) {
        this.turn = turn;
    }

    /** Makes both halves known; nothing is sent on it yet. */
    ChildSa install(ChildAgreement agreed, SaPath path, long ikeSpi) {
        Lifetimes lifetimes = new Lifetimes(turn);
        ChildSa child = new ChildSa(
                ikeSpi,
                agreed.inboundSpi(),
                agreed.outboundSpi(),
                agreed.suite(),
                ChildKeys.copyOf(agreed.inboundKeys(), agreed.outboundKeys()),
                path.esp(),
                agreed.localSelectors(),
                agreed.remoteSelectors(),
                ChildSa.Stage.ACTIVE,
                false,
                Deadline.NEVER,
                turn.now(),
                lifetimes.childRekeyNanos(),
                lifetimes.childExpireNanos());
        turn.put(child);
        makeKnown(child, agreed.inboundKeys(), agreed.outboundKeys());
        return child;
    }

    /** The same for one that another process made. */
    void reinstall(ChildSa child) {
        makeKnown(child, child.keys().inbound().copy(), child.keys().outbound().copy());
        if (child.sending()) {
            turn.effect(new SwitchOutbound(child.inboundSpi()));
        }
    }

    /** The same for one that only opens late packets. */
    void reinstallInbound(ChildSa child) {
        EspKeys keys = child.keys().inbound().copy();
        turn.effect(new InstallInbound(parameters(child, child.inboundSpi(), keys), child.path()));
    }

    private void makeKnown(ChildSa child, EspKeys inboundKeys, EspKeys outboundKeys) {
        turn.effect(new InstallInbound(parameters(child, child.inboundSpi(), inboundKeys), child.path()));
        turn.effect(new InstallOutbound(
                child.inboundSpi(), parameters(child, child.outboundSpi(), outboundKeys), child.path()));
    }

    private EspSaParameters parameters(ChildSa child, int spi, EspKeys keys) {
        return new EspSaParameters(
                spi,
                child.suite(),
                keys,
                child.localSelectors(),
                child.remoteSelectors(),
                turn.policy().replayWindowPackets());
    }

    /** Moves outbound traffic to this child SA. */
    void switchTo(int inboundSpi, boolean byUs) {
        Optional<ChildSa> before = turn.sendingChild();
        Optional<ChildSa> next = turn.child(inboundSpi);
        if (next.isEmpty() || next.get().sending()) {
            return;
        }
        ChildSa child = next.get();
        before.ifPresent(old -> turn.put(old.sending(false)));
        turn.put(child.sending(true));
        turn.effect(new SwitchOutbound(inboundSpi));
        if (turn.drive().up()) {
            int old = before.map(ChildSa::inboundSpi).orElse(ChildOffer.NOTHING);
            turn.report(new ChildSaRekeyed(old, inboundSpi, byUs));
        } else {
            turn.report(new ChildSaEstablished(
                    inboundSpi, child.outboundSpi(), child.suite(), child.path().udpEncapsulated()));
        }
        turn.set(turn.drive().nowUp());
    }

    /** Another child SA took over; this one opens packets until the DELETE, which comes or is sent in time. */
    void retire(int inboundSpi) {
        turn.child(inboundSpi)
                .ifPresent(child ->
                        turn.put(child.retired(Deadline.earlier(child.expireNanos(), turn.now() + REPLACED_NANOS))));
    }

    /** We will ask the peer to forget it. */
    void delete(int inboundSpi) {
        turn.child(inboundSpi).ifPresent(child -> {
            turn.put(child.in(ChildSa.Stage.DELETING));
            turn.update(child.ikeSpi(), sa -> sa.wanting(new Task.DeleteChild(inboundSpi)));
        });
    }

    /** Both sides have let go: outbound is elsewhere, and late inbound packets are still welcome for a moment. */
    void release(int inboundSpi, boolean byPeer) {
        release(inboundSpi, byPeer, LINGER_NANOS);
    }

    /**
     * The same, where it may be the last one.
     *
     * @param lastLingerNanos how long late inbound packets are welcome where nothing takes over, or {@link #AT_ONCE}
     */
    void release(int inboundSpi, boolean byPeer, long lastLingerNanos) {
        Optional<ChildSa> child = turn.child(inboundSpi);
        if (child.isEmpty()) {
            return;
        }
        if (child.get().sending()) {
            successorOf(child.get()).ifPresent(next -> switchTo(next.inboundSpi(), !byPeer));
        }
        boolean stillSending = turn.child(inboundSpi).map(ChildSa::sending).orElse(false);
        if (stillSending) {
            letGo(inboundSpi, lastLingerNanos);
        } else {
            turn.linger(inboundSpi, turn.now() + LINGER_NANOS);
            turn.report(new ChildSaDeleted(inboundSpi, byPeer));
        }
    }

    /** RFC 7296 section 1.4.1: what is under way while DELETE and its answer travel still comes. */
    private void letGo(int inboundSpi, long lingerNanos) {
        if (lingerNanos == AT_ONCE) {
            turn.forgetChild(inboundSpi);
            turn.effect(new RemoveChild(inboundSpi));
        } else {
            turn.linger(inboundSpi, turn.now() + lingerNanos);
            turn.effect(new ReleaseOutbound(inboundSpi));
        }
    }

    /** The one that was to take over is gone again: the one that still carries traffic goes on after all. */
    void reviveIfAlone() {
        if (turn.children().stream().noneMatch(ChildSa::isActive)) {
            turn.sendingChild()
                    .filter(child -> child.stage() == ChildSa.Stage.REPLACED)
                    .ifPresent(child -> turn.put(child.revived(
                            new Lifetimes(turn).retryNanos(),
                            child.establishedNanos() + turn.timers().childLifetimeNanos())));
        }
    }

    /** We go down: nothing more is sent, and what is under way still comes. */
    void close(int inboundSpi) {
        if (turn.child(inboundSpi).isPresent()) {
            letGo(inboundSpi, LINGER_NANOS);
        }
    }

    /** Ends the lingering of those whose time has come. */
    void sweepLingering() {
        turn.lingering().entrySet().removeIf(entry -> {
            boolean over = Deadline.isDue(entry.getValue().untilNanos(), turn.now());
            if (over) {
                entry.getValue().child().keys().destroy();
                turn.effect(new RemoveChild(entry.getKey()));
            }
            return over;
        });
    }

    /** What could carry on in its place: the youngest other child SA in use. */
    Optional<ChildSa> successorOf(ChildSa child) {
        return turn.children().reversed().stream()
                .filter(other -> other.isActive() && other.inboundSpi() != child.inboundSpi())
                .findFirst();
    }
}
