package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.time.Deadline;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Two gateways, a network and a clock. A run is a function of the seed and of what the test asks for; every step checks
 * the invariants of {@link WireWatch} and {@link SimGateway}. Steps may cost milliseconds of key exchange, waiting costs
 * nothing.
 */
public final class SimWorld {
    private static final int MAX_STEPS_AT_ONE_INSTANT = 200;
    private static final long MILLISECOND = 1_000_000L;

    private final SplittableRandom random;
    private final SimClock clock;
    private final WireWatch watch;
    private final SimNetwork network;
    private final Map<Side, IkePolicy> policies = new EnumMap<>(Side.class);
    private final Map<Side, SimGateway> gateways = new EnumMap<>(Side.class);
    private final Map<Side, Long> stepsAtInstant = new EnumMap<>(Side.class);
    private final PriorityQueue<Scripted> script =
            new PriorityQueue<>(Comparator.comparingLong(Scripted::dueElapsed).thenComparingLong(Scripted::order));
    private long scriptOrder;
    private boolean trafficMustArrive;

    /** A world at rest: nothing is connected yet. */
    public SimWorld(long seed, IkePolicy left, IkePolicy right) {
        random = new SplittableRandom(seed);
        clock = new SimClock(startOfTime(random));
        watch = new WireWatch(clock);
        network = new SimNetwork(random.split());
        policies.put(Side.LEFT, left);
        policies.put(Side.RIGHT, right);
        for (Side side : Side.values()) {
            gateways.put(side, newGateway(side));
        }
    }

    private record Scripted(long dueElapsed, long order, Runnable action) {}

    /** Clocks that count up from zero hide mistakes: some worlds start negative, some wrap within their first minute. */
    private static long startOfTime(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE - random.nextLong(Duration.ofMinutes(1).toNanos());
            case 2 -> -random.nextLong(Duration.ofMinutes(1).toNanos());
            default -> random.nextLong();
        };
    }

    private SimGateway newGateway(Side side) {
        IkePolicy policy = policies.get(side);
        if (policy == null) {
            throw new IllegalStateException("no policy for " + side);
        }
        SimEntropy entropy = new SimEntropy(random.nextLong());
        return new SimGateway(
                side, policy, entropy, clock, watch, packet -> network.send(side, packet, clock.elapsedNanos()));
    }

    /** Starts every gateway whose policy says so. */
    public void start() {
        for (Side side : Side.values()) {
            start(side);
        }
    }

    private void start(Side side) {
        if (gateway(side).policy().startup() == IkePolicy.Startup.INITIATE) {
            gateway(side).fire(new IkeEvent.Initiate());
        }
    }

    /** The gateway comes back with nothing remembered, as after a power cut. */
    public void restart(Side side) {
        gateway(side).retire();
        gateways.put(side, newGateway(side));
        start(side);
    }

    /**
     * From now on either gateway's process dies once in so many chances, and the next one starts at once or after a pause of
     * at most so long.
     */
    public void killOnceIn(int chances, Duration longestPause) {
        for (Side side : Side.values()) {
            gateway(side).mortality(new Mortality() {
                @Override
                public boolean diesNow() {
                    return random.nextInt(chances) == 0;
                }

                @Override
                public void died(Runnable next) {
                    if (longestPause.isZero()) {
                        next.run();
                    } else {
                        after(Duration.ofNanos(random.nextLong(longestPause.toNanos())), next);
                    }
                }
            });
        }
    }

    /** From now on nobody dies; who is dead still comes back. */
    public void killNobody() {
        for (Side side : Side.values()) {
            gateway(side).mortality(Mortality.IMMORTAL);
        }
    }

    /** Both gateways send a packet of model traffic every so often from now on. */
    public void trafficEvery(Duration interval) {
        for (Side side : Side.values()) {
            sendTraffic(side);
        }
        after(interval, () -> trafficEvery(interval));
    }

    /** From now on a model packet that finds no SA at its receiver is a violation. */
    public void trafficMustArrive(boolean must) {
        trafficMustArrive = must;
    }

    /** Sends one packet of model traffic, where there is an outbound SA. */
    public void sendTraffic(Side from) {
        Optional<SimPacket.Esp> sealed = gateway(from).sealTraffic();
        if (trafficMustArrive && sealed.isEmpty()) {
            throw new SimViolation(from + " has no outbound SA, " + describe());
        }
        sealed.ifPresent(esp -> network.send(from, esp, clock.elapsedNanos()));
    }

    /** Does something at a later time. */
    public void after(Duration delay, Runnable action) {
        script.add(new Scripted(clock.elapsedNanos() + delay.toNanos(), scriptOrder++, action));
    }

    /** Lets time pass. */
    public void runFor(Duration duration) {
        long end = clock.elapsedNanos() + duration.toNanos();
        while (stepBefore(end)) {}
        clock.moveTo(end);
    }

    /**
     * Runs until the condition holds.
     *
     * @return false where the bound came first
     */
    public boolean runUntil(BooleanSupplier condition, Duration bound) {
        long end = clock.elapsedNanos() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (!stepBefore(end)) {
                clock.moveTo(end);
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /** Runs until both gateways see the same single tunnel; fails with the reason where the bound comes first. */
    public void mustConverge(Duration bound) {
        if (!runUntil(() -> disagreement().isEmpty(), bound)) {
            throw new SimViolation(
                    "no agreement within " + bound + ": " + disagreement().orElse("none"));
        }
    }

    /** Empty where both gateways see the same single tunnel. */
    public Optional<String> disagreement() {
        return Agreement.disagreement(left(), right()).or(() -> Agreement.leftovers(left(), right()));
    }

    private boolean stepBefore(long end) {
        long packet = network.nextDueElapsed();
        long scripted = script.isEmpty() ? Deadline.NEVER : script.peek().dueElapsed();
        long left = deadlineElapsed(Side.LEFT);
        long right = deadlineElapsed(Side.RIGHT);
        long next = Math.min(Math.min(packet, scripted), Math.min(left, right));
        if (next > end) {
            return false;
        }
        if (next > clock.elapsedNanos()) {
            clock.moveTo(next);
            stepsAtInstant.clear();
        }
        if (next == packet) {
            network.takeNext().ifPresent(this::arrive);
        } else if (next == scripted) {
            script.remove().action().run();
        } else {
            Side side = next == left ? Side.LEFT : Side.RIGHT;
            long steps = stepsAtInstant.merge(side, 1L, Long::sum);
            if (steps > MAX_STEPS_AT_ONE_INSTANT) {
                throw new SimViolation(side + " wants to be woken at once for ever, " + describe());
            }
            gateway(side).deadlineReached();
        }
        return true;
    }

    private void arrive(SimNetwork.InFlight inFlight) {
        SimGateway receiver = gateway(inFlight.from().other());
        long missed = receiver.espWithUnknownSpi();
        receiver.receive(inFlight.packet());
        if (trafficMustArrive && receiver.espWithUnknownSpi() > missed) {
            throw new SimViolation("a packet from " + inFlight.from() + " found no SA, " + describe());
        }
    }

    private long deadlineElapsed(Side side) {
        long deadline = gateway(side).nextDeadlineNanos();
        return deadline == Deadline.NEVER ? Deadline.NEVER : Math.max(clock.elapsedAt(deadline), clock.elapsedNanos());
    }

    /** Where the world stands, for messages of failures. */
    public String describe() {
        StringBuilder text = new StringBuilder("at ")
                .append(clock.elapsedNanos() / MILLISECOND)
                .append(" ms");
        for (Side side : Side.values()) {
            text.append("; ").append(side).append(' ').append(gateway(side).summary());
        }
        return text.toString();
    }

    /** One of the two. */
    public SimGateway gateway(Side side) {
        SimGateway gateway = gateways.get(side);
        if (gateway == null) {
            throw new IllegalStateException("no gateway " + side);
        }
        return gateway;
    }

    /** The left gateway. */
    public SimGateway left() {
        return gateway(Side.LEFT);
    }

    /** The right gateway. */
    public SimGateway right() {
        return gateway(Side.RIGHT);
    }

    /** What lies between. */
    public SimNetwork network() {
        return network;
    }

    /** The time. */
    public SimClock clock() {
        return clock;
    }

    /** Randomness for schedules, from the world's seed. */
    public SplittableRandom random() {
        return random;
    }

    /** IKE messages sent by both gateways since the start. */
    public long messagesSent() {
        return watch.sent();
    }
}
