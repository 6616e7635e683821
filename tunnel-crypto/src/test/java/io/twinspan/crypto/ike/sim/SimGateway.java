package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.ike.session.IkeContext;
import io.twinspan.crypto.ike.session.IkeEffect;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeMisbehaviour;
import io.twinspan.crypto.ike.session.IkePeer;
import io.twinspan.crypto.ike.session.IkePeerMachine;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.crypto.ike.session.IkeStep;
import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A machine with the least of a shell around it: interprets effects into a model SAD, sends model traffic on whatever
 * outbound SA is in use, and fails the test when the effects make no sense.
 */
public final class SimGateway {
    private final Side side;
    private final IkePolicy policy;
    private final SimEntropy entropy;
    private final SimClock clock;
    private final WireWatch watch;
    private final Consumer<SimPacket> network;
    private final IkePeerMachine machine;
    private final Map<Integer, ModelSa> inbound = new LinkedHashMap<>();
    private final Map<Integer, ModelSa> outbound = new LinkedHashMap<>();
    private final List<IkeReport> reports = new ArrayList<>();
    private IkePeer state;
    private OptionalInt sendingOn = OptionalInt.empty();
    private long trafficSequence;
    private long lastAuthenticatedNanos;
    private boolean trafficUnreported;
    private long espReceived;
    private long espWithUnknownSpi;
    private long steps;
    private Mortality mortality = Mortality.IMMORTAL;
    private byte[] kept;
    private long keptNanos;
    private boolean dead;
    private boolean retired;
    private final List<IkeEvent> orders = new ArrayList<>();
    private long resumptions;

    SimGateway(
            Side side,
            IkePolicy policy,
            SimEntropy entropy,
            SimClock clock,
            WireWatch watch,
            Consumer<SimPacket> network) {
        this.side = side;
        this.policy = policy;
        this.entropy = entropy;
        this.clock = clock;
        this.watch = watch;
        this.network = network;
        machine = new IkePeerMachine(new IkeContext(entropy, spi -> !inbound.containsKey(spi)), policy);
        state = machine.initial();
        kept = machine.snapshot(state, clock.nowNanos());
        keptNanos = clock.nowNanos();
    }

    /** Gives the machine an event, as the control loop would. */
    public void fire(IkeEvent event) {
        if (dead) {
            repeatLater(event);
            return;
        }
        steps++;
        Set<Long> before = Set.copyOf(state.localSpis());
        IkeStep step = machine.step(state, event, clock.nowNanos());
        state = step.state();
        if (mortality.diesNow()) {
            repeatLater(event);
            die();
            return;
        }
        kept = machine.snapshot(state, clock.nowNanos());
        keptNanos = clock.nowNanos();
        for (IkeEffect effect : step.effects()) {
            if (mortality.diesNow()) {
                die();
                return;
            }
            interpret(effect, before);
        }
    }

    /** From now on the process may die before any effect, and comes back with what it had kept by then. */
    void mortality(Mortality mortality) {
        this.mortality = mortality;
    }

    /** An operator whose order was not taken gives it again. */
    private void repeatLater(IkeEvent event) {
        if (event instanceof IkeEvent.Initiate || event instanceof IkeEvent.Close) {
            orders.add(event);
        }
    }

    /** The machine that it ran on is gone for good. */
    void retire() {
        dead = true;
        retired = true;
    }

    private void die() {
        dead = true;
        inbound.clear();
        outbound.clear();
        sendingOn = OptionalInt.empty();
        trafficUnreported = false;
        mortality.died(this::resume);
    }

    /** The next process: takes up what was kept, sends nothing for it, and then looks at what is due. */
    private void resume() {
        if (retired) {
            return;
        }
        dead = false;
        resumptions++;
        IkeStep step = machine.resume(kept, keptNanos, clock.nowNanos())
                .orElseThrow(() -> new SimViolation(side + " cannot take up its own snapshot"));
        state = step.state();
        for (IkeEffect effect : step.effects()) {
            require(!(effect instanceof IkeEffect.SendDatagram), "sends while it takes up a snapshot");
            interpret(effect, state.localSpis());
        }
        require(
                Arrays.equals(
                        machine.snapshot(state, clock.nowNanos()),
                        machine.snapshot(
                                machine.resume(
                                                machine.snapshot(state, clock.nowNanos()),
                                                clock.nowNanos(),
                                                clock.nowNanos())
                                        .orElseThrow()
                                        .state(),
                                clock.nowNanos())),
                "does not read what it writes");
        fire(new IkeEvent.DeadlineReached());
        List<IkeEvent> repeated = List.copyOf(orders);
        orders.clear();
        repeated.forEach(this::fire);
    }

    /** How often a process took over from another. */
    long resumptions() {
        return resumptions;
    }

    /** What the event would do; nothing is done. */
    IkeStep imagine(IkeEvent event) {
        return imagine(state, event);
    }

    /** What the event would do in another state; nothing is done. */
    IkeStep imagine(IkePeer from, IkeEvent event) {
        return machine.step(from, event, clock.nowNanos());
    }

    /** The instant that was named has come; news from the data path goes first. */
    void deadlineReached() {
        reportTraffic();
        fire(new IkeEvent.DeadlineReached());
    }

    /** A packet arrives. */
    void receive(SimPacket packet) {
        if (dead) {
            return;
        }
        switch (packet) {
            case SimPacket.Ike ike -> {
                watch.delivered(side, ike.message());
                reportTraffic();
                fire(new IkeEvent.DatagramReceived(
                        ike.destination(), ike.source(), ike.message().clone()));
            }
            case SimPacket.Esp esp -> receiveEsp(esp);
            case SimPacket.Keepalive _ -> {}
        }
    }

    /** One packet of model traffic, where there is an outbound SA to send it on. */
    Optional<SimPacket.Esp> sealTraffic() {
        if (sendingOn.isEmpty()) {
            return Optional.empty();
        }
        ModelSa sa = outbound.get(sendingOn.getAsInt());
        if (sa == null) {
            throw new SimViolation(side + " sends on a child SA without an outbound half");
        }
        EspPath path = sa.path();
        return Optional.of(new SimPacket.Esp(
                path.local(),
                path.remote(),
                path.udpEncapsulated(),
                sa.parameters().spi(),
                trafficSequence++,
                sa.keyFingerprint()));
    }

    private void receiveEsp(SimPacket.Esp esp) {
        ModelSa sa = inbound.get(esp.spi());
        if (sa == null) {
            espWithUnknownSpi++;
            fire(new IkeEvent.UnknownSpiReceived(esp.spi()));
            return;
        }
        if (!sa.keyFingerprint().equals(esp.keyFingerprint())) {
            throw new SimViolation(side + " has other keys for SPI " + Integer.toHexString(esp.spi()));
        }
        espReceived++;
        lastAuthenticatedNanos = clock.nowNanos();
        trafficUnreported = true;
        if (esp.udp() && !esp.source().equals(sa.path().remote())) {
            fire(new IkeEvent.PeerMoved(esp.spi(), esp.source()));
        }
    }

    private void reportTraffic() {
        if (trafficUnreported) {
            trafficUnreported = false;
            fire(new IkeEvent.TrafficSeen(lastAuthenticatedNanos));
        }
    }

    private void interpret(IkeEffect effect, Set<Long> spisBefore) {
        switch (effect) {
            case IkeEffect.SendDatagram(var local, var remote, var message) -> {
                watch.sent(side, message, spisBefore, state.localSpis());
                network.accept(new SimPacket.Ike(local, remote, message.clone()));
            }
            case IkeEffect.SendNatKeepalive(var local, var remote) ->
                network.accept(new SimPacket.Keepalive(local, remote));
            case IkeEffect.InstallInbound(var parameters, var path) ->
                require(
                        inbound.put(parameters.spi(), ModelSa.of(parameters, path)) == null,
                        "installs an inbound SPI twice");
            case IkeEffect.InstallOutbound(var inboundSpi, var parameters, var path) -> {
                require(inbound.containsKey(inboundSpi), "installs an outbound half without its inbound half");
                require(
                        outbound.put(inboundSpi, ModelSa.of(parameters, path)) == null,
                        "installs an outbound half twice");
            }
            case IkeEffect.SwitchOutbound(int inboundSpi) -> {
                require(outbound.containsKey(inboundSpi), "switches to a child SA that is not installed");
                sendingOn = OptionalInt.of(inboundSpi);
            }
            case IkeEffect.UpdatePath(int inboundSpi, var path) -> {
                require(inbound.containsKey(inboundSpi), "moves a child SA that is not installed");
                inbound.computeIfPresent(inboundSpi, (_, sa) -> sa.on(path));
                outbound.computeIfPresent(inboundSpi, (_, sa) -> sa.on(path));
            }
            case IkeEffect.ReleaseOutbound(int inboundSpi) -> {
                require(inbound.containsKey(inboundSpi), "lets go of a child SA that is not installed");
                outbound.remove(inboundSpi);
                sendingOn = sendingOn.equals(OptionalInt.of(inboundSpi)) ? OptionalInt.empty() : sendingOn;
            }
            case IkeEffect.RemoveChild(int inboundSpi) -> {
                require(inbound.remove(inboundSpi) != null, "removes a child SA that is not installed");
                outbound.remove(inboundSpi);
                sendingOn = sendingOn.equals(OptionalInt.of(inboundSpi)) ? OptionalInt.empty() : sendingOn;
            }
            case IkeEffect.Report(IkeReport report) -> reports.add(report);
        }
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            throw new SimViolation(side + " " + what);
        }
    }

    /** What the machine says about itself. */
    public IkePeerSummary summary() {
        return state.summary();
    }

    /** Our SPIs of all IKE SAs. */
    public Set<Long> localSpis() {
        return state.localSpis();
    }

    /** When the machine wants to be woken. */
    public long nextDeadlineNanos() {
        return dead ? Deadline.NEVER : machine.nextDeadlineNanos(state);
    }

    /** Everything reported since the start, in order. */
    public List<IkeReport> reports() {
        return reports;
    }

    /** Reports of one kind. */
    public <T extends IkeReport> List<T> reports(Class<T> kind) {
        return reports.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How often this misbehaviour was counted. */
    public long misbehaved(IkeMisbehaviour kind) {
        return reports(IkeReport.Misbehaved.class).stream()
                .filter(report -> report.misbehaviour() == kind)
                .count();
    }

    /** Inbound halves by SPI. */
    public Map<Integer, ModelSa> inbound() {
        return inbound;
    }

    /** Outbound halves by the inbound SPI of their child SA. */
    public Map<Integer, ModelSa> outbound() {
        return outbound;
    }

    /** The inbound SPI of the child SA that carries outbound traffic. */
    public OptionalInt sendingOn() {
        return sendingOn;
    }

    /** The randomness of this gateway, for tests that choose nonces. */
    public SimEntropy entropy() {
        return entropy;
    }

    /** The policy the machine was made with. */
    public IkePolicy policy() {
        return policy;
    }

    /** Model packets whose SPI was installed here when they came. */
    public long espReceived() {
        return espReceived;
    }

    /** Model packets whose SPI was not. */
    public long espWithUnknownSpi() {
        return espWithUnknownSpi;
    }

    /** How often the machine was stepped. */
    public long steps() {
        return steps;
    }
}
