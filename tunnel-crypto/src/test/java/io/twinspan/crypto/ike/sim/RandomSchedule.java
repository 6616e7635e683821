package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeIdentity;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.ike.session.IkePolicy.Startup;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeTimers;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One random life of a tunnel, from a seed: a random pair of policies on a random network, a storm of operators, rekeys,
 * restarts, partitions, replays and forgeries, then quiet, in which both gateways must agree on one tunnel again.
 */
final class RandomSchedule {
    private static final Duration STORM = Duration.ofSeconds(30);
    private static final Duration TRAFFIC_INTERVAL = Duration.ofMillis(400);
    /** A dead peer is noticed, given up, waited for and connected again, twice over. */
    private static final Duration QUIET_BOUND = Duration.ofSeconds(150);

    private static final Duration LONGEST_GIVE_UP = Duration.ofSeconds(31);
    private static final Duration CALM = Duration.ofSeconds(15);
    private static final int MAX_OPERATIONS = 8;
    private static final int FLOOD = 40;
    /** Seldom enough that deaths alone do not use up all transmissions of a request: that would be a silent peer. */
    private static final int GENTLE_KILL_CHANCES = 16;

    private static final int STORMY_KILL_CHANCES = 12;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private final SplittableRandom random;
    private final boolean gentle;
    private final boolean mortal;
    private final boolean nat;
    private final SimWorld world;

    private RandomSchedule(long seed, boolean mortal) {
        this.mortal = mortal;
        random = new SplittableRandom(seed);
        gentle = random.nextInt(4) == 0;
        nat = random.nextInt(5) == 0;
        IkeTimers timers = timers();
        PolicyBuilder left = PolicyBuilder.left().timers(timers);
        PolicyBuilder right = PolicyBuilder.right().timers(timers);
        startups(left, right);
        proposals(left, right);
        if (random.nextInt(6) == 0) {
            // So many that IKE_AUTH and CREATE_CHILD_SA travel in fragments (RFC 7383).
            left.selectors(PolicyBuilder.manySelectors(10), PolicyBuilder.manySelectors(172));
            right.selectors(PolicyBuilder.manySelectors(172), PolicyBuilder.manySelectors(10));
        } else if (random.nextInt(5) == 0) {
            right.selectors(PolicyBuilder.selectors("10.0.0.0/8"), PolicyBuilder.selectors("192.168.0.0/16"));
        }
        if (random.nextInt(6) == 0) {
            left.encapsulation(IkePolicy.Encapsulation.UDP);
        }
        if (nat) {
            left.local(PolicyBuilder.LEFT_PRIVATE_ADDRESS);
        }
        world = new SimWorld(random.nextLong(), left.build(), right.build());
        if (nat) {
            world.network().natInFrontOfLeft(new SimNat(PolicyBuilder.LEFT_ADDRESS));
        }
    }

    /** Runs one life; fails with a {@link SimViolation} where an invariant breaks. */
    static void run(long seed) {
        new RandomSchedule(seed, false).run();
    }

    /**
     * The same life, in which the gateways' processes die at any moment and others take up what they kept.
     *
     * @return how often one took over
     */
    static long runMortal(long seed) {
        RandomSchedule life = new RandomSchedule(seed, true);
        life.run();
        return life.world.left().resumptions() + life.world.right().resumptions();
    }

    private void run() {
        if (gentle) {
            gentleLife();
        } else {
            stormyLife();
        }
    }

    /** Nothing but rekeys on a link that loses nothing: not one packet may be lost, not even for an instant. */
    private void gentleLife() {
        world.network().setConditions(Side.LEFT, fifo());
        world.network().setConditions(Side.RIGHT, fifo());
        world.start();
        world.mustConverge(QUIET_BOUND);
        world.trafficMustArrive(true);
        world.trafficEvery(TRAFFIC_INTERVAL);
        mustBeOneConnection();
        if (mortal) {
            world.killOnceIn(GENTLE_KILL_CHANCES, Duration.ZERO);
        }
        int operations = 1 + random.nextInt(MAX_OPERATIONS);
        for (int i = 0; i < operations; i++) {
            world.after(somewhereIn(STORM), this::rekeySomething);
        }
        world.runFor(STORM);
        world.killNobody();
        world.mustConverge(QUIET_BOUND);
        mustBeOneConnection();
    }

    /** Whatever dies and is rekeyed in between, nobody connects a second time. */
    private void mustBeOneConnection() {
        for (Side side : Side.values()) {
            int connections = world.gateway(side)
                    .reports(IkeReport.IkeSaEstablished.class)
                    .size();
            boolean crossed =
                    world.left().policy().startup() == world.right().policy().startup();
            if (connections != 1 && !crossed) {
                throw new SimViolation(side + " has connected " + connections + " times");
            }
        }
    }

    private void stormyLife() {
        world.network().setConditions(Side.LEFT, rough());
        world.network().setConditions(Side.RIGHT, rough());
        world.start();
        world.trafficEvery(TRAFFIC_INTERVAL);
        int operations = 1 + random.nextInt(MAX_OPERATIONS);
        for (int i = 0; i < operations; i++) {
            world.after(somewhereIn(STORM), this::doSomething);
        }
        if (mortal) {
            world.killOnceIn(STORMY_KILL_CHANCES, LONGEST_PAUSE);
        }
        world.runFor(STORM);
        world.killNobody();
        world.runFor(LONGEST_PAUSE);
        calm();
    }

    private void calm() {
        world.network().heal();
        world.network().setConditions(LinkConditions.perfect());
        for (Side side : Side.values()) {
            if (world.gateway(side).policy().startup() == Startup.INITIATE) {
                world.gateway(side).fire(new IkeEvent.Initiate());
            }
        }
        world.mustConverge(QUIET_BOUND);
        // A request whose transmissions the storm has lost may still find its peer dead; after that nothing may be
        // lost.
        world.runFor(LONGEST_GIVE_UP);
        world.mustConverge(QUIET_BOUND);
        world.trafficMustArrive(true);
        world.runFor(CALM);
        world.mustConverge(QUIET_BOUND);
    }

    private void doSomething() {
        Side side = anySide();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> rekeySomething();
            case 3 -> closeAndReopen(side);
            case 4 -> partition();
            case 5 -> world.restart(side);
            case 6 -> floodRight();
            case 7 -> replay();
            case 8 -> corruptReplay();
            default -> strangeNews(side);
        }
    }

    private void rekeySomething() {
        Side side = anySide();
        IkeEvent first = anyRekey();
        world.gateway(side).fire(first);
        if (random.nextBoolean()) {
            world.gateway(side.other()).fire(anyRekey());
        }
    }

    private IkeEvent anyRekey() {
        return random.nextInt(3) == 0 ? new IkeEvent.RekeyIkeRequested() : new IkeEvent.RekeyChildRequested();
    }

    private void closeAndReopen(Side side) {
        world.gateway(side).fire(new IkeEvent.Close("the schedule says so"));
        world.after(
                somewhereIn(Duration.ofSeconds(10)), () -> world.gateway(side).fire(new IkeEvent.Initiate()));
    }

    private void partition() {
        world.network().cut(anySide());
        if (random.nextBoolean()) {
            world.network().cut(anySide());
        }
        world.after(somewhereIn(Duration.ofSeconds(30)), () -> world.network().heal());
    }

    /** First messages with the peer's address and without a peer behind them: cookies will be asked for. */
    private void floodRight() {
        Endpoint from = world.right().policy().remote();
        Endpoint to = world.right().policy().local();
        ScriptedPeer stranger = new ScriptedPeer(true, random.nextLong(), new byte[4]);
        byte[] init = stranger.initRequest();
        for (int i = 0; i < FLOOD; i++) {
            byte[] forged = init.clone();
            System.arraycopy(stranger.bytes(8), 0, forged, 0, 8);
            world.network()
                    .inject(
                            Side.LEFT,
                            new SimPacket.Ike(from, to, forged),
                            world.clock().elapsedNanos());
        }
    }

    private void replay() {
        List<SimNetwork.Recorded> recorded = world.network().recorded();
        for (int i = 0; i < 5 && !recorded.isEmpty(); i++) {
            SimNetwork.Recorded old = recorded.get(random.nextInt(recorded.size()));
            world.network().inject(old.from(), old.packet(), world.clock().elapsedNanos());
        }
    }

    private void corruptReplay() {
        List<SimNetwork.Recorded> recorded = world.network().recorded();
        for (int i = 0; i < 5 && !recorded.isEmpty(); i++) {
            SimNetwork.Recorded old = recorded.get(recorded.size() - 1 - random.nextInt(Math.min(6, recorded.size())));
            byte[] message = old.packet().message().clone();
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
            SimPacket.Ike forged =
                    new SimPacket.Ike(old.packet().source(), old.packet().destination(), message);
            world.network().inject(old.from(), forged, world.clock().elapsedNanos());
        }
    }

    private void strangeNews(Side side) {
        SimGateway gateway = world.gateway(side);
        switch (random.nextInt(3)) {
            case 0 -> gateway.fire(new IkeEvent.UnknownSpiReceived(random.nextInt()));
            case 1 -> gateway.sendingOn().ifPresent(spi -> gateway.fire(new IkeEvent.ChildNearlyExhausted(spi)));
            default -> world.network().remapNatOfLeft();
        }
    }

    private IkeTimers timers() {
        long liveness = Duration.ofSeconds(3 + random.nextInt(8)).toNanos();
        long giveUp = Duration.ofSeconds(6 + random.nextInt(25)).toNanos();
        Duration ike = random.nextInt(4) == 0 ? Duration.ofSeconds(60 + random.nextInt(60)) : Duration.ofHours(8);
        Duration child = random.nextInt(4) == 0 ? Duration.ofSeconds(40 + random.nextInt(40)) : Duration.ofHours(1);
        return SimTimers.of(liveness, giveUp, ike.toNanos(), child.toNanos());
    }

    private void startups(PolicyBuilder left, PolicyBuilder right) {
        int choice = nat ? 0 : random.nextInt(4);
        if (choice == 2) {
            right.startup(Startup.INITIATE);
        } else if (choice == 3) {
            left.startup(Startup.RESPOND);
            right.startup(Startup.INITIATE);
        }
    }

    private void proposals(PolicyBuilder left, PolicyBuilder right) {
        KeyExchangeMethod curve = KeyExchangeMethod.CURVE25519;
        KeyExchangeMethod p256 = KeyExchangeMethod.ECP_256;
        switch (random.nextInt(8)) {
            case 0 -> {
                left.ike(PolicyBuilder.ikeProposal(curve, p256));
                right.ike(PolicyBuilder.ikeProposal(p256));
            }
            case 1 -> {
                left.esp(PolicyBuilder.espProposal(curve, p256));
                right.esp(PolicyBuilder.espProposal(p256));
            }
            case 2 -> {
                left.esp(PolicyBuilder.espProposal());
                right.esp(PolicyBuilder.espProposal());
            }
            default -> {}
        }
        if (random.nextInt(6) == 0) {
            left.identities(
                    IkeIdentity.ofName("left.example"), IkeIdentity.ofAddress(IpPrefix.parseAddress("203.0.113.9")));
            right.identities(
                    IkeIdentity.ofAddress(IpPrefix.parseAddress("203.0.113.9")), IkeIdentity.ofName("left.example"));
        }
    }

    private LinkConditions fifo() {
        return new LinkConditions(millis(1 + random.nextInt(80)), 0, 0, 1, 0, 0, 1500);
    }

    private LinkConditions rough() {
        int delay = 1 + random.nextInt(80);
        return new LinkConditions(
                millis(delay),
                millis(random.nextInt(2 * delay)),
                random.nextInt(31),
                1 + random.nextInt(3),
                random.nextInt(15),
                random.nextInt(20),
                1500);
    }

    private Side anySide() {
        return random.nextBoolean() ? Side.LEFT : Side.RIGHT;
    }

    private Duration somewhereIn(Duration length) {
        return Duration.ofNanos(random.nextLong(length.toNanos()));
    }

    private static long millis(int count) {
        return Duration.ofMillis(count).toNanos();
    }
}
