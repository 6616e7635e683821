package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.net.Endpoint;
import java.util.Objects;

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
