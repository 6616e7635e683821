package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.net.Endpoint;
import java.util.Objects;
import java.util.Optional;

/**
 * The IKEv2 endpoint of one tunnel as a pure function: all IKE SAs with one peer, their child SAs, rekeying, liveness and
 * reconnecting. One instance per tunnel; used on one thread.
 */
public final class IkePeerMachine {
    private final IkeContext context;
    private final IkePolicy policy;

    public IkePeerMachine(IkeContext context, IkePolicy policy) {
        this.context = Objects.requireNonNull(context);
        this.policy = Objects.requireNonNull(policy);
    }

    /** The state of a peer that nothing has happened to. */
    public IkePeer initial() {
        return IkePeer.initial();
    }

    /** Applies one event. Never throws on anything a peer sends. */
    public IkeStep step(IkePeer state, IkeEvent event, long nowNanos) {
        Turn turn = new Turn(context, policy, state, nowNanos);
        Continuity continuity = new Continuity(turn);
        switch (event) {
            case IkeEvent.Initiate() -> continuity.connectNow();
            case IkeEvent.Close(String reason) -> continuity.close(reason);
            case IkeEvent.Restart(String reason) -> continuity.restart(reason);
            case IkeEvent.DatagramReceived(Endpoint local, Endpoint remote, byte[] message) ->
                new Inbox(turn).receive(message, new Arrival(local, remote));
            case IkeEvent.DeadlineReached() -> new DeadlineTable(turn).run();
            case IkeEvent.TrafficSeen(long seenNanos) -> trafficSeen(turn, seenNanos);
            case IkeEvent.RekeyChildRequested() -> turn.sendingChild().ifPresent(child -> rekey(turn, child));
            case IkeEvent.ChildNearlyExhausted(int inboundSpi) ->
                turn.child(inboundSpi).filter(ChildSa::isActive).ifPresent(child -> rekey(turn, child));
            case IkeEvent.RekeyIkeRequested() ->
                turn.active().ifPresent(sa -> turn.put(sa.wanting(new Task.RekeyIke())));
            case IkeEvent.PeerMoved(int inboundSpi, Endpoint remote) -> peerMoved(turn, inboundSpi, remote);
            case IkeEvent.UnknownSpiReceived(int spi) -> unknownSpi(turn, spi);
        }
        continuity.reconcile();
        new TaskStarter(turn).startAll();
        return turn.end();
    }

    /** The next instant at which {@link IkeEvent.DeadlineReached} is due, or {@code Deadline.NEVER}. */
    public long nextDeadlineNanos(IkePeer state) {
        return DeadlineTable.next(state, policy.timers());
    }

    /**
     * The state as octets, for {@link #resume} in another process. They hold all keys of the peer's SAs and must be kept as
     * such. To be written down before any effect of the step that led to this state is carried out: then no message leaves
     * that the octets do not know, so that no message id and no IV is ever used twice.
     */
    public byte[] snapshot(IkePeer state, long nowNanos) {
        return PeerSnapshot.write(state, policy, nowNanos);
    }

    /**
     * Takes up what another process left. The step's effects make the child SAs known and send nothing; after them
     * {@link IkeEvent.DeadlineReached} is due, which repeats what was outstanding, octet for octet (RFC 7296 section 2.1).
     *
     * @param snapshot from {@link #snapshot}, or anything else
     * @param writtenNanos when it was written, on the clock of this process: what has passed since is taken off all lifetimes
     * @return empty where the octets are damaged or not of this format, or where what was negotiated is not what the policy
     *     asks for now: then the peer begins anew
     */
    public Optional<IkeStep> resume(byte[] snapshot, long writtenNanos, long nowNanos) {
        return PeerSnapshot.read(snapshot, policy, writtenNanos, new Resumption(context, policy.timers(), nowNanos))
                .map(peer -> resumed(peer, nowNanos));
    }

    private IkeStep resumed(IkePeer peer, long nowNanos) {
        Turn turn = new Turn(context, policy, peer, nowNanos);
        ChildInstaller installer = new ChildInstaller(turn);
        turn.children().forEach(installer::reinstall);
        turn.lingering().values().forEach(late -> installer.reinstallInbound(late.child()));
        int ikeSas =
                (int) turn.sas().stream().filter(Established.class::isInstance).count();
        if (ikeSas > 0) {
            turn.report(new IkeReport.Resumed(
                    ikeSas,
                    turn.children().size(),
                    turn.sendingChild().map(ChildSa::inboundSpi).orElse(0),
                    turn.sendingChild().map(ChildSa::outboundSpi).orElse(0)));
        }
        return turn.end();
    }

    private static void trafficSeen(Turn turn, long seenNanos) {
        // Before the first packet the data path knows no instant; one from the future cannot be one.
        if (seenNanos - turn.now() <= 0) {
            turn.set(turn.facts().trafficSeen(seenNanos));
        }
    }

    private static void rekey(Turn turn, ChildSa child) {
        turn.update(child.ikeSpi(), sa -> sa.wanting(new Task.RekeyChild(child.inboundSpi())));
    }

    private static void peerMoved(Turn turn, int inboundSpi, Endpoint remote) {
        turn.child(inboundSpi)
                .flatMap(child -> turn.established(child.ikeSpi()))
                .ifPresent(sa -> new PathFollower(turn)
                        .follow(sa.localSpi(), new Arrival(sa.path().local(), remote)));
    }

    private static void unknownSpi(Turn turn, int spi) {
        ReplyLimits limits = turn.facts().limits();
        boolean known = turn.child(spi).isPresent() || turn.lingering().containsKey(spi);
        if (known || !ReplyLimits.allows(limits.espSpiNanos(), turn.now())) {
            return;
        }
        // RFC 7296 section 1.5: only inside an IKE SA, where nobody else can read or provoke it for free.
        turn.active().map(Established::localSpi).ifPresent(localSpi -> {
            turn.set(turn.facts().with(limits.espSpiTold(turn.now())));
            turn.update(localSpi, sa -> sa.wanting(new Task.TellInvalidSpi(spi)));
        });
    }
}
