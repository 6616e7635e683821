package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Two gateways whose messages wait until the test delivers, drops, doubles or holds each of them. Time stands still
 * unless the test moves it.
 */
public final class ManualExchange {
    private static final int MAX_PUMPED = 200;
    private static final int PINGS = 5;
    /** Not a round time before it: no deadline of these tests is the very number that means never. */
    private static final long JUST_BEFORE_THE_WRAP = Long.MAX_VALUE - 20_000_012_345L;

    private static final Duration MOMENT = Duration.ofSeconds(6);

    private final SimClock clock;
    private final Map<Side, SimGateway> gateways = new EnumMap<>(Side.class);
    private final Map<Side, Deque<SimPacket.Ike>> waiting = new EnumMap<>(Side.class);
    private final Map<Side, Integer> keepalives = new EnumMap<>(Side.class);
    private final SplittableRandom seeds;
    private final WireWatch watch;

    /** Two gateways at rest. */
    public ManualExchange(long seed, IkePolicy left, IkePolicy right) {
        seeds = new SplittableRandom(seed);
        clock = new SimClock(JUST_BEFORE_THE_WRAP);
        watch = new WireWatch(clock);
        start(Side.LEFT, left);
        start(Side.RIGHT, right);
    }

    /** Two gateways with default policies and nothing that is rekeyed by itself. */
    public static ManualExchange plain() {
        return of(PolicyBuilder.left(), PolicyBuilder.right());
    }

    /** Two gateways with these policies; give up after 30 s of silence, liveness after 10 s. */
    public static ManualExchange of(PolicyBuilder left, PolicyBuilder right) {
        return new ManualExchange(1, left.build(), right.build());
    }

    private void start(Side side, IkePolicy policy) {
        waiting.put(side, new ArrayDeque<>());
        SimEntropy entropy = new SimEntropy(seeds.nextLong());
        gateways.put(side, new SimGateway(side, policy, entropy, clock, watch, packet -> queue(side, packet)));
    }

    private void queue(Side from, SimPacket packet) {
        switch (packet) {
            case SimPacket.Ike ike -> outbox(from).addLast(ike);
            case SimPacket.Esp _ -> throw new IllegalStateException("traffic is handed over by hand");
            case SimPacket.Keepalive _ -> keepalives.merge(from, 1, Integer::sum);
        }
    }

    /** Connects left to right and checks that they agree. */
    public ManualExchange establish() {
        left().fire(new IkeEvent.Initiate());
        pump();
        mustAgree();
        return this;
    }

    /** The gateway forgets everything; what it sent before stays on the wire. */
    public void restart(Side side) {
        Deque<SimPacket.Ike> onTheWire = outbox(side);
        start(side, gateway(side).policy());
        waiting.put(side, onTheWire);
    }

    /** The oldest message that this side sent and nobody has taken. */
    public SimPacket.Ike take(Side from) {
        SimPacket.Ike packet = outbox(from).pollFirst();
        if (packet == null) {
            throw new SimViolation(from + " has sent nothing that waits");
        }
        return packet;
    }

    /** Hands the oldest message of this side to the other. */
    public SimPacket.Ike deliver(Side from) {
        SimPacket.Ike packet = take(from);
        deliver(from, packet);
        return packet;
    }

    /** Hands any message to the other side, as often as the test likes. */
    public void deliver(Side from, SimPacket.Ike packet) {
        gateway(from.other()).receive(packet);
    }

    /** Hands octets to a side as if the other had sent them between the endpoints of the given packet. */
    public void forge(Side from, SimPacket.Ike like, byte[] message) {
        gateway(from.other()).fire(new IkeEvent.DatagramReceived(like.destination(), like.source(), message));
    }

    /** Delivers everything in order of sending, left first, until nothing waits. */
    public void pump() {
        for (int i = 0; i < MAX_PUMPED; i++) {
            if (outbox(Side.LEFT).isEmpty() && outbox(Side.RIGHT).isEmpty()) {
                return;
            }
            for (Side side : Side.values()) {
                if (!outbox(side).isEmpty()) {
                    deliver(side);
                }
            }
        }
        throw new SimViolation("the two talk for ever");
    }

    /** Loses everything that waits. */
    public void dropAll() {
        waiting.values().forEach(Deque::clear);
    }

    /** Number of messages of this side that wait. */
    public int waiting(Side from) {
        return outbox(from).size();
    }

    /** Lets time pass; deadlines fire, their messages wait. */
    public void advance(Duration duration) {
        long end = clock.elapsedNanos() + duration.toNanos();
        while (fireNextBefore(end)) {}
        clock.moveTo(end);
    }

    /** Lets time pass and delivers what is sent meanwhile. */
    public void advanceAndPump(Duration duration) {
        long end = clock.elapsedNanos() + duration.toNanos();
        pump();
        while (fireNextBefore(end)) {
            pump();
        }
        clock.moveTo(end);
    }

    /** Moves time until this side has a message waiting. */
    public void advanceUntilSends(Side from, Duration bound) {
        long end = clock.elapsedNanos() + bound.toNanos();
        while (outbox(from).isEmpty()) {
            if (!fireNextBefore(end)) {
                throw new SimViolation(from + " sent nothing within " + bound + ": " + describe());
            }
        }
    }

    private boolean fireNextBefore(long end) {
        Optional<Side> next = Optional.empty();
        long due = end;
        for (Side side : Side.values()) {
            long deadline = gateway(side).nextDeadlineNanos();
            if (deadline != Deadline.NEVER && clock.elapsedAt(deadline) <= due) {
                due = clock.elapsedAt(deadline);
                next = Optional.of(side);
            }
        }
        if (next.isEmpty()) {
            return false;
        }
        clock.moveTo(Math.max(due, clock.elapsedNanos()));
        gateway(next.get()).deadlineReached();
        return true;
    }

    /** One packet of model traffic from this side, sealed now and handed over when the test says so. */
    public SimPacket.Esp seal(Side from) {
        return gateway(from).sealTraffic().orElseThrow(() -> new SimViolation(from + " has no outbound SA"));
    }

    /** True where the other side has the SA of this packet. */
    public boolean opens(Side from, SimPacket.Esp packet) {
        SimGateway receiver = gateway(from.other());
        long before = receiver.espReceived();
        receiver.receive(packet);
        return receiver.espReceived() > before;
    }

    /** Both sides can send to each other right now. */
    public void mustPassTraffic() {
        for (Side side : Side.values()) {
            for (int i = 0; i < PINGS; i++) {
                if (!opens(side, seal(side))) {
                    throw new SimViolation("traffic of " + side + " does not arrive: " + describe());
                }
            }
        }
    }

    /**
     * Both sides see one IKE SA and one child pair, the same one, and traffic passes; a moment later, when nothing can
     * be under way any more, neither has anything else installed.
     */
    public void mustAgree() {
        mustPassTraffic();
        advanceAndPump(MOMENT);
        Agreement.disagreement(left(), right()).ifPresent(reason -> {
            throw new SimViolation(reason + ": " + describe());
        });
        mustPassTraffic();
    }

    /** Where both stand, for messages of failures. */
    public String describe() {
        return "at " + clock.elapsedNanos() / 1_000_000 + " ms; left " + left().summary() + "; right "
                + right().summary();
    }

    /** Keepalives that this side sent. */
    public int keepalives(Side from) {
        return keepalives.getOrDefault(from, 0);
    }

    /** The left gateway. */
    public SimGateway left() {
        return gateway(Side.LEFT);
    }

    /** The right gateway. */
    public SimGateway right() {
        return gateway(Side.RIGHT);
    }

    /** One of the two. */
    public SimGateway gateway(Side side) {
        SimGateway gateway = gateways.get(side);
        if (gateway == null) {
            throw new IllegalStateException("no gateway " + side);
        }
        return gateway;
    }

    /** The time. */
    public SimClock clock() {
        return clock;
    }

    private Deque<SimPacket.Ike> outbox(Side side) {
        Deque<SimPacket.Ike> queue = waiting.get(side);
        if (queue == null) {
            throw new IllegalStateException("no queue of " + side);
        }
        return queue;
    }
}
