package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.esp.EspSealer;
import io.twinspan.crypto.esp.InboundSa;
import io.twinspan.crypto.esp.OutboundSa;
import io.twinspan.crypto.packet.NetworkOrder;
import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.loop.CommandQueue;
import io.twinspan.daemon.queue.Pacer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection's data plane: turns the control loop's calls into commands for the two data loops, and their events into
 * calls of the listener.
 */
public final class ConnectionDataPlane implements DataPlane {
    private static final int MAX_WAITING_COMMANDS = 4096;
    private static final int MAX_WAITING_EVENTS = 1024;

    private final ConnectionPlan plan;
    private final DataLoops loops;
    private final ConnectionCounters counters = new ConnectionCounters();
    private final InboundTunnel[] inboundTunnels = new InboundTunnel[ConnectionPlan.MAX_TUNNELS + 1];
    private final OutboundPath outboundPath;
    private final ConnectionEgress egress;
    private final CommandQueue<OutboundCommand> outbound;
    private final CommandQueue<InboundCommand> inbound;
    private final CommandQueue<SaEvent> events;
    private final int[] uplinkMtuBytes = new int[ConnectionPlan.MAX_TUNNELS + 1];
    private final SequenceWatch sequences = new SequenceWatch();
    private ForwardingTable forwarding;

    /**
     * The data plane of a new connection, with no tunnel active.
     *
     * @param outboundTun where the outbound loop writes ICMP
     * @param inboundTun where the inbound loop writes opened packets
     */
    public ConnectionDataPlane(
            ConnectionPlan plan, DataLoops loops, TunSink outboundTun, TunSink inboundTun, DataPlaneListener listener) {
        this.plan = plan;
        this.loops = loops;
        this.forwarding = ForwardingTable.of(plan);
        this.events = new CommandQueue<>(MAX_WAITING_EVENTS, loops.control(), event -> event.deliver(listener));
        EgressPlan shared = loops.egress();
        byte[] token = new byte[Long.BYTES];
        loops.entropy().nextBytes(token);
        ProbeFormat probes = new ProbeFormat(NetworkOrder.octets8(token, 0));
        this.outboundPath = new OutboundPath(
                plan,
                counters,
                new PacketSlab(OutboundPath.SLOTS),
                outboundTun,
                shared.crew(),
                shared.headers(),
                shared.pacers(),
                probes,
                loops.entropy(),
                events::offer,
                loops.control());
        this.egress = new ConnectionEgress(plan, outboundPath, shared, counters.outbound());
        this.outbound = new CommandQueue<>(
                MAX_WAITING_COMMANDS,
                loops.outbound(),
                command -> outboundPath.apply(command, loops.outboundNow().getAsLong()));
        this.inbound = new CommandQueue<>(MAX_WAITING_COMMANDS, loops.inbound(), loops.inboundPath()::apply);
        HostDelivery host = new HostDelivery(inboundTun, counters.inbound());
        for (TunnelPlan tunnel : plan.tunnels()) {
            int number = tunnel.number();
            inboundTunnels[number] =
                    new InboundTunnel(tunnel, plan, host, counters.tunnel(number), events::offer, probes);
            uplinkMtuBytes[number] = plan.uplinkMtuBytes();
        }
    }

    /** The path that seals, on the outbound loop. */
    public OutboundPath outboundPath() {
        return outboundPath;
    }

    /** The queue in front of that path, into which the TUN's packets go, on the outbound loop. */
    public ConnectionEgress egress() {
        return egress;
    }

    /** Tells the listener something; from any thread. */
    public void tell(SaEvent event) {
        events.offer(event);
    }

    @Override
    public void installInbound(int tunnel, EspSaParameters parameters, EspPath path, Runnable installed) {
        SaNumbers numbers = loops.numbers().open(parameters.spi());
        InboundSa sa = new InboundSa(parameters, loops.engine(), numbers.received());
        InboundChild child = new InboundChild(
                inboundTunnel(tunnel),
                sa,
                parameters.keys(),
                parameters.suite(),
                path,
                uplinkMtuBytes[tunnel],
                numbers::receivingEnded);
        sequences.received(tunnel, parameters.spi(), parameters.suite().sequenceNumbers(), numbers.received());
        command(inbound, new InboundCommand.Install(child, installed));
    }

    @Override
    public void installOutbound(int tunnel, int inboundSpi, EspSaParameters parameters, EspPath path) {
        SaNumbers numbers = loops.numbers().open(inboundSpi);
        OutboundSa sa = new OutboundSa(parameters, loops.engine(), loops.entropy(), numbers.sent());
        List<EspSealer> sealers = loops.egress().crew().members().stream()
                .map(_ -> new EspSealer(parameters, loops.engine(), loops.entropy()))
                .toList();
        OutboundChild child = new OutboundChild(
                inboundSpi,
                sa,
                sealers,
                parameters.keys(),
                parameters.suite(),
                uplinkMtuBytes[tunnel],
                path,
                loops.sinks().sinkFor(path),
                numbers::sendingEnded);
        command(outbound, new OutboundCommand.Install(inboundTunnel(tunnel).number(), child));
        sequences.sent(tunnel, inboundSpi, parameters.suite().sequenceNumbers(), numbers.sent());
    }

    @Override
    public void switchOutbound(int tunnel, int inboundSpi) {
        command(outbound, new OutboundCommand.Switch(inboundTunnel(tunnel).number(), inboundSpi));
    }

    @Override
    public void updatePath(int tunnel, int inboundSpi, EspPath path) {
        EspSink sink = loops.sinks().sinkFor(path);
        command(outbound, new OutboundCommand.Follow(inboundTunnel(tunnel).number(), inboundSpi, path, sink));
        command(inbound, new InboundCommand.Follow(inboundSpi, path));
    }

    @Override
    public void releaseOutbound(int tunnel, int inboundSpi, Runnable released) {
        sequences.released(inboundSpi);
        command(outbound, new OutboundCommand.Release(inboundTunnel(tunnel).number(), inboundSpi, released));
    }

    @Override
    public void removeChild(int tunnel, int inboundSpi) {
        sequences.forget(inboundSpi);
        command(outbound, new OutboundCommand.Remove(inboundTunnel(tunnel).number(), inboundSpi));
        command(inbound, new InboundCommand.Remove(inboundSpi));
    }

    @Override
    public void setForwarding(Forwarding wanted, SwitchObserver done) {
        wanted.tunnels().forEach(this::inboundTunnel);
        forwarding = forwarding.with(wanted);
        command(outbound, new OutboundCommand.SetForwarding(forwarding, done));
    }

    /** The memory for delayed packets is taken here, so that the data loops only use it. */
    @Override
    public void impair(int tunnel, Impairment impairment) {
        InboundTunnel inside = inboundTunnel(tunnel);
        DataCounters counted = counters.tunnel(tunnel);
        OutboundLine away =
                impairment.isNone() ? null : new OutboundLine(impairment, counted.outbound(), loops.outboundTimer());
        InboundLine home =
                impairment.isNone() ? null : new InboundLine(impairment, counted.inbound(), loops.inboundTimer());
        command(outbound, new OutboundCommand.Impair(tunnel, away));
        command(inbound, new InboundCommand.Impair(inside, home));
    }

    @Override
    public void setUplinkMtu(int tunnel, int octets) {
        InboundTunnel limited = inboundTunnel(tunnel);
        uplinkMtuBytes[tunnel] = octets;
        command(outbound, new OutboundCommand.SetUplinkMtu(tunnel, octets));
        command(inbound, new InboundCommand.SetUplinkMtu(limited, octets));
    }

    @Override
    public void probe(Probe probe) {
        command(
                outbound,
                new OutboundCommand.SendProbe(probe, IpAddressKey.of(probe.source()), IpAddressKey.of(probe.target())));
    }

    @Override
    public void fence(Runnable done) {
        loops.inboundFence().accept(() -> loops.control().execute(done));
    }

    @Override
    public void setFlowMtu(int innerMtuBytes) {
        command(outbound, new OutboundCommand.SetFlowMtu(innerMtuBytes));
        for (TunnelPlan tunnel : plan.tunnels()) {
            command(inbound, new InboundCommand.SetFlowMtu(inboundTunnel(tunnel.number()), innerMtuBytes));
        }
    }

    @Override
    public void reconfigure(ConnectionPlan newPlan) {
        PrefixSet local = new PrefixSet(newPlan.localPrefixes());
        PrefixSet remote = new PrefixSet(newPlan.remotePrefixes());
        forwarding = forwarding.with(remote);
        command(outbound, new OutboundCommand.Reconfigure(forwarding, newPlan.df()));
        for (TunnelPlan tunnel : plan.tunnels()) {
            command(inbound, new InboundCommand.Reconfigure(inboundTunnel(tunnel.number()), local, remote));
        }
    }

    @Override
    public void pace(long bitsPerSecond, int packetsPerSecond) {
        for (TunnelPlan tunnel : plan.tunnels()) {
            Pacer pacer = new Pacer(bitsPerSecond, packetsPerSecond, Pacer.DEFAULT_BURST_NANOS);
            command(outbound, new OutboundCommand.SetPacer(tunnel.number(), pacer));
        }
    }

    @Override
    public void headers(Consumer<List<PacketHeader>> done) {
        loops.outbound().execute(() -> {
            List<PacketHeader> sent = loops.egress().headers().of(plan.connection());
            loops.inbound().execute(() -> {
                List<PacketHeader> received = loops.inboundPath().headers().of(plan.connection());
                loops.control().execute(() -> {
                    List<PacketHeader> all = new ArrayList<>(sent);
                    all.addAll(received);
                    all.sort(Comparator.comparingLong(PacketHeader::atNanos));
                    done.accept(all);
                });
            });
        });
    }

    @Override
    public void tap(int tunnel, @Nullable PacketTap out, @Nullable PacketTap in) {
        InboundTunnel tapped = inboundTunnel(tunnel);
        command(outbound, new OutboundCommand.Tap(tunnel, out));
        command(inbound, new InboundCommand.Tap(tapped, in));
    }

    @Override
    public void foretell(byte[] packet, Consumer<PathForecast> done) {
        command(outbound, new OutboundCommand.Foretell(packet.clone(), done));
    }

    @Override
    public Map<Integer, SequenceUse> sequences(int tunnel) {
        return sequences.of(tunnel);
    }

    @Override
    public int waiting() {
        return egress.waiting();
    }

    @Override
    public TunnelCounters counters(int tunnel) {
        return counters.tunnel(tunnel);
    }

    @Override
    public Map<String, Long> dropsIn() {
        return counters.inbound().snapshot();
    }

    @Override
    public Map<String, Long> dropsOut() {
        return counters.outbound().snapshot();
    }

    @Override
    public Map<String, Long> drops() {
        return counters.drops();
    }

    private InboundTunnel inboundTunnel(int tunnel) {
        if (tunnel < 1 || tunnel >= inboundTunnels.length || inboundTunnels[tunnel] == null) {
            throw new IllegalArgumentException("connection " + plan.connection() + " has no tunnel " + tunnel);
        }
        return inboundTunnels[tunnel];
    }

    /** A command that is lost would leave the loops in disagreement: this is never silent. */
    private static <T extends DataCommand> void command(CommandQueue<T> queue, T command) {
        if (!queue.offer(command)) {
            throw new IllegalStateException("a data loop does not take commands any more");
        }
    }
}
