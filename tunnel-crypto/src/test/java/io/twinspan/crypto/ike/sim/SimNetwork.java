package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The packets between two gateways. Times are {@link SimClock#elapsedNanos}. */
public final class SimNetwork {
    private static final int IP_AND_UDP_BYTES = 28;
    private static final int MAX_RECORDED = 4_096;

    private final SplittableRandom random;
    private final PriorityQueue<InFlight> inFlight =
            new PriorityQueue<>(Comparator.comparingLong(InFlight::dueElapsed).thenComparingLong(InFlight::order));
    private final Map<Side, LinkConditions> conditions = new EnumMap<>(Side.class);
    private final Map<Side, Integer> burstLeft = new EnumMap<>(Side.class);
    private final Set<Side> cut = EnumSet.noneOf(Side.class);
    private final List<Recorded> recorded = new ArrayList<>();
    private @Nullable SimNat natOfLeft;
    private long order;

    SimNetwork(SplittableRandom random) {
        this.random = random;
        setConditions(LinkConditions.perfect());
    }

    /** A packet on its way. */
    record InFlight(long dueElapsed, long order, Side from, SimPacket packet) {}

    /** An IKE message that once was sent. */
    public record Recorded(Side from, SimPacket.Ike packet) {}

    /** Both directions alike. */
    public void setConditions(LinkConditions both) {
        for (Side side : Side.values()) {
            conditions.put(side, both);
            burstLeft.put(side, 0);
        }
    }

    /** What happens to packets that this side sends. */
    public void setConditions(Side from, LinkConditions link) {
        conditions.put(from, link);
        burstLeft.put(from, 0);
    }

    /** What happens to packets that this side sends. */
    public LinkConditions conditions(Side from) {
        return conditions.getOrDefault(from, LinkConditions.perfect());
    }

    /** Nothing that this side sends arrives any more; what is under way still does. */
    public void cut(Side from) {
        cut.add(from);
    }

    /** Ends every partition. */
    public void heal() {
        cut.clear();
    }

    /** True where some direction is cut. */
    public boolean isCut() {
        return !cut.isEmpty();
    }

    /** Puts a NAT in front of the left gateway. */
    public void natInFrontOfLeft(SimNat nat) {
        natOfLeft = nat;
    }

    /** That NAT, where there is one, forgets its mappings. */
    public void remapNatOfLeft() {
        if (natOfLeft != null) {
            natOfLeft.remap();
        }
    }

    /** The first IKE messages that were sent, up to a bound. */
    public List<Recorded> recorded() {
        return recorded;
    }

    void send(Side from, SimPacket sent, long nowElapsed) {
        SimPacket packet = natOfLeft != null && from == Side.LEFT ? natOfLeft.outward(sent) : sent;
        if (packet instanceof SimPacket.Ike ike && recorded.size() < MAX_RECORDED) {
            recorded.add(new Recorded(from, ike));
        }
        if (cut.contains(from) || isLost(from, packet)) {
            return;
        }
        LinkConditions link = conditions(from);
        enqueue(from, packet, nowElapsed + delay(link));
        if (random.nextInt(100) < link.duplicatePercent()) {
            enqueue(from, packet, nowElapsed + delay(link));
        }
    }

    /** Puts a packet on the wire as it is: replays and forgeries come this way. */
    public void inject(Side from, SimPacket packet, long nowElapsed) {
        enqueue(from, packet, nowElapsed + conditions(from).delayNanos());
    }

    long nextDueElapsed() {
        InFlight first = inFlight.peek();
        return first == null ? Deadline.NEVER : first.dueElapsed();
    }

    /** The next packet with its receiver's view of the endpoints; empty where a NAT does not let it in. */
    Optional<InFlight> takeNext() {
        InFlight next = inFlight.remove();
        if (natOfLeft == null || next.from() == Side.LEFT) {
            return Optional.of(next);
        }
        return natOfLeft
                .inward(next.packet())
                .map(inside -> new InFlight(next.dueElapsed(), next.order(), next.from(), inside));
    }

    boolean isEmpty() {
        return inFlight.isEmpty();
    }

    void clear() {
        inFlight.clear();
    }

    private void enqueue(Side from, SimPacket packet, long dueElapsed) {
        inFlight.add(new InFlight(dueElapsed, order++, from, packet));
    }

    private boolean isLost(Side from, SimPacket packet) {
        LinkConditions link = conditions(from);
        if (packet instanceof SimPacket.Ike ike && ike.message().length + IP_AND_UDP_BYTES > link.mtuBytes()) {
            return true;
        }
        int left = burstLeft.getOrDefault(from, 0);
        if (left > 0) {
            burstLeft.put(from, left - 1);
            return true;
        }
        if (random.nextInt(100) < link.lossPercent()) {
            burstLeft.put(from, link.burstPackets() - 1);
            return true;
        }
        return false;
    }

    private long delay(LinkConditions link) {
        long delay = link.delayNanos() + (link.jitterNanos() == 0 ? 0 : random.nextLong(link.jitterNanos()));
        return random.nextInt(100) < link.reorderPercent() ? 4 * delay : delay;
    }
}
