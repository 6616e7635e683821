package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.session.IkeEffect.Report;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.Misbehaved;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.secret.EntropySource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The scratch pad of one step: the state as it is being changed, and the effects so far. It lives from the beginning of a
 * step to its end, where {@link #end} freezes it; nothing else in this package changes in place.
 */
final class Turn {
    private final IkeContext context;
    private final IkePolicy policy;
    private final long now;
    private final Map<Long, IkeSa> sas;
    private final Map<Integer, ChildSa> children;
    private final Map<Integer, Lingering> lingering;
    private final List<IkeEffect> effects = new ArrayList<>();
    private PeerFacts facts;
    private Blame blame = new Blame(DownCause.NEGOTIATION_FAILED, "the last child SA is gone");
    private boolean blamed;

    Turn(IkeContext context, IkePolicy policy, IkePeer peer, long nowNanos) {
        this.context = context;
        this.policy = policy;
        this.now = nowNanos;
        this.sas = new LinkedHashMap<>(peer.sas());
        this.children = new LinkedHashMap<>(peer.children());
        this.lingering = new LinkedHashMap<>(peer.lingering());
        this.facts = peer.facts();
    }

    /** Why the tunnel would go down, if it does in this step. */
    record Blame(DownCause cause, String detail) {}

    IkeStep end() {
        if (effects.stream()
                .anyMatch(it -> it instanceof IkeEffect.ReleaseOutbound || it instanceof Report(IkeReport.Down _))) {
            effects.sort(Comparator.comparingInt(Turn::makeBeforeBreak));
        }
        return new IkeStep(new IkePeer(sas, children, lingering, facts), effects);
    }

    /** Who is told that the tunnel is down moves the traffic; then nothing is sent here; only then the peer may know. */
    private static int makeBeforeBreak(IkeEffect effect) {
        return switch (effect) {
            case Report(IkeReport.Down _) -> 0;
            case Report _,
                    IkeEffect.InstallInbound _,
                    IkeEffect.InstallOutbound _,
                    IkeEffect.SwitchOutbound _,
                    IkeEffect.UpdatePath _,
                    IkeEffect.ReleaseOutbound _,
                    IkeEffect.RemoveChild _ -> 1;
            case IkeEffect.SendDatagram _, IkeEffect.SendNatKeepalive _ -> 2;
        };
    }

    IkePolicy policy() {
        return policy;
    }

    IkeTimers timers() {
        return policy.timers();
    }

    EntropySource entropy() {
        return context.entropy();
    }

    long now() {
        return now;
    }

    // IKE SAs

    List<IkeSa> sas() {
        return List.copyOf(sas.values());
    }

    Optional<IkeSa> sa(long localSpi) {
        return Optional.ofNullable(sas.get(localSpi));
    }

    Optional<Established> established(long localSpi) {
        return sas.get(localSpi) instanceof Established live ? Optional.of(live) : Optional.empty();
    }

    /** The IKE SA that new exchanges use. */
    Optional<Established> active() {
        for (IkeSa sa : sas.values()) {
            if (sa instanceof Established live && live.isActive()) {
                return Optional.of(live);
            }
        }
        return Optional.empty();
    }

    void put(IkeSa sa) {
        sas.put(sa.localSpi(), sa);
    }

    void update(long localSpi, UnaryOperator<Established> change) {
        established(localSpi).ifPresent(live -> put(change.apply(live)));
    }

    /** Forgets an IKE SA and zeroes its keys. Its child SAs are the caller's business. */
    void forget(long localSpi) {
        IkeSa gone = sas.remove(localSpi);
        if (gone != null) {
            destroyKeys(gone);
        }
    }

    /** An SPI that no SA of this peer has; never 0 (RFC 7296 section 2.6). */
    long freshIkeSpi() {
        long spi = entropy().nextLong();
        while (spi == 0 || sas.containsKey(spi)) {
            spi = entropy().nextLong();
        }
        return spi;
    }

    // child SAs

    List<ChildSa> children() {
        return List.copyOf(children.values());
    }

    Optional<ChildSa> child(int inboundSpi) {
        return Optional.ofNullable(children.get(inboundSpi));
    }

    Optional<ChildSa> childByOutbound(int outboundSpi) {
        return children.values().stream()
                .filter(child -> child.outboundSpi() == outboundSpi)
                .findFirst();
    }

    /** The child SA that outbound traffic uses. */
    Optional<ChildSa> sendingChild() {
        return children.values().stream().filter(ChildSa::sending).findFirst();
    }

    void put(ChildSa child) {
        children.put(child.inboundSpi(), child);
    }

    /** Forgets a child SA and zeroes its keys; the data path has its own. */
    void forgetChild(int inboundSpi) {
        ChildSa gone = children.remove(inboundSpi);
        if (gone != null) {
            gone.keys().destroy();
        }
    }

    /** Deletes a child SA that still opens late packets until then. */
    void linger(int inboundSpi, long untilNanos) {
        ChildSa gone = children.remove(inboundSpi);
        if (gone != null) {
            lingering.put(inboundSpi, new Lingering(gone, untilNanos));
        }
    }

    Map<Integer, Lingering> lingering() {
        return lingering;
    }

    /** An inbound SPI that is free here and in the whole gateway; 0 to 255 are reserved (RFC 4303 section 2.1). */
    int freshEspSpi() {
        int spi = (int) entropy().nextLong();
        while (Integer.compareUnsigned(spi, MAX_RESERVED_SPI) <= 0
                || children.containsKey(spi)
                || lingering.containsKey(spi)
                || !context.inboundSpiFree().test(spi)) {
            spi = (int) entropy().nextLong();
        }
        return spi;
    }

    // facts about the peer

    PeerFacts facts() {
        return facts;
    }

    Drive drive() {
        return facts.drive();
    }

    void set(PeerFacts newFacts) {
        facts = newFacts;
    }

    void set(Drive newDrive) {
        facts = facts.with(newDrive);
    }

    /** The first one to blame in a step is the one that is reported. */
    void blame(DownCause cause, String detail) {
        if (!blamed) {
            blame = new Blame(cause, detail);
            blamed = true;
        }
    }

    Blame blame() {
        return blame;
    }

    // effects

    void effect(IkeEffect effect) {
        effects.add(effect);
    }

    void report(IkeReport report) {
        effects.add(new Report(report));
    }

    void misbehaved(IkeMisbehaviour misbehaviour, String detail) {
        report(new Misbehaved(misbehaviour, detail));
    }

    /** Up to this much, at random. */
    long jitter(long boundNanos) {
        return boundNanos <= 0 ? 0 : entropy().nextBelow(boundNanos);
    }

    private static void destroyKeys(IkeSa gone) {
        switch (gone) {
            case IkeSa.AwaitingAuth sa -> sa.core().destroy();
            case IkeSa.HalfOpen sa -> sa.core().destroy();
            case Established sa -> sa.core().destroy();
            case IkeSa.AwaitingSaInit _, IkeSa.Closed _ -> {}
        }
    }

    private static final int MAX_RESERVED_SPI = 255;
}
