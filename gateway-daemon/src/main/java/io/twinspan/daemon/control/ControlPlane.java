package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.ike.DatagramDrop;
import io.twinspan.daemon.ike.IkePeerListener;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthEvent;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.NamedCounters;
import io.twinspan.daemon.observe.RateLimit;
import io.twinspan.daemon.observe.Severity;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of a gateway; sorts what IKE peers report to them. Control loop only. */
public final class ControlPlane implements IkePeerListener {
    /** Among a tunnel's counts: ICMP errors that told senders to make their packets smaller. */
    static final String TOO_BIG_SENT = "icmp_too_big_sent";

    /** Among a tunnel's counts: ICMP errors that told us to make ours smaller; anybody can forge them. */
    static final String TOO_BIG_RECEIVED = "icmp_too_big_received";

    /** RFC 792, destination unreachable. */
    private static final int ICMP_UNREACHABLE = 3;

    private static final int ICMP_FRAGMENTATION_NEEDED = 4;
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
    private static final long DROP_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ControlLoop loop;
    private final EventJournal journal;
    private final Supplier<Instant> wallClock;
    private final Supplier<Map<String, Long>> packetDrops;
    private final PingDesk pings;
    private BiConsumer<TunnelName, IkeEvent> peers = (_, _) -> {};
    private final Map<String, ConnectionControl> connections = new LinkedHashMap<>();
    private Consumer<TunnelName> reports = _ -> {};
    private Consumer<TunnelName> drilled = _ -> {};
    private GatewayMeter meter = GatewayMeter.NONE;
    private final NamedCounters drops = new NamedCounters();
    private final Map<DatagramDrop.Reason, RateLimit> dropLimits = new EnumMap<>(DatagramDrop.Reason.class);

    /**
     * A control plane without connections.
     *
     * @param packetDrops packets that the data loops dropped before they had a tunnel, by name
     */
    public ControlPlane(
            ControlLoop loop,
            EventJournal journal,
            Supplier<Instant> wallClock,
            Supplier<Map<String, Long>> packetDrops) {
        this.loop = loop;
        this.journal = journal;
        this.wallClock = wallClock;
        this.packetDrops = packetDrops;
        this.pings = new PingDesk(loop);
    }

    /**
     * Takes a connection on that ends with the process.
     *
     * @param outsideLocal the address that each tunnel sends from
     */
    public void add(ConnectionConfig config, DataPlane dataPlane, Function<TunnelConfig, InetAddress> outsideLocal) {
        add(config, dataPlane, outsideLocal, ConnectionMemory.NONE);
    }

    /**
     * Takes a connection on.
     *
     * @param outsideLocal the address that each tunnel sends from
     * @param memory what outlives the process
     */
    public void add(
            ConnectionConfig config,
            DataPlane dataPlane,
            Function<TunnelConfig, InetAddress> outsideLocal,
            ConnectionMemory memory) {
        List<TunnelControl> tunnels = new ArrayList<>();
        for (TunnelConfig tunnel : config.tunnels()) {
            TunnelName name = new TunnelName(config.name(), tunnel.number());
            tunnels.add(new TunnelControl(
                    name, tunnel, outsideLocal.apply(tunnel), new ReportJournal(name, this::tell), wallClock.get()));
        }
        ConnectionControl connection = new ConnectionControl(
                config, dataPlane, tunnels, loop, wallClock, this::tell, tunnel -> restart(tunnel), memory);
        connection.log().follow(move -> meter.switched(config.name(), move));
        connections.put(config.name(), connection);
    }

    /** Tells somebody of all that is to be counted, from now on. */
    public void meter(GatewayMeter newMeter) {
        meter = newMeter;
    }

    GatewayMeter meter() {
        return meter;
    }

    /** Forgets a connection, whose tunnels are down. */
    public void remove(String name) {
        ConnectionControl connection = connections.remove(name);
        if (connection != null) {
            connection.end();
        }
    }

    /** Tells somebody of every tunnel about which IKE has reported, after this has taken it in. */
    public void tellReports(Consumer<TunnelName> follower) {
        reports = follower;
    }

    /** Tells somebody of every tunnel whose path was under a drill that is over. */
    public void tellDrilled(Consumer<TunnelName> follower) {
        drilled = follower;
    }

    /** A drill of this tunnel is over; its fault is gone. */
    void drilled(TunnelName tunnel) {
        drilled.accept(tunnel);
    }

    @Override
    public void onReport(TunnelName tunnel, IkeReport report) {
        with(tunnel, (connection, control) -> connection.onReport(control, report));
        meter.reported(tunnel, report);
        reports.accept(tunnel);
    }

    @Override
    public void onBug(TunnelName tunnel, RuntimeException bug, long restartDelayNanos) {
        LOG.error("The IKE machine of {} failed; this is a bug.", tunnel, bug);
        String text = "internal error (" + bug.getClass().getSimpleName() + "), tunnel restarts in "
                + TimeUnit.NANOSECONDS.toMillis(restartDelayNanos) + " ms";
        journal.record(GatewayEvent.of(Severity.ERROR, "tunnel.bug", tunnel.connection(), tunnel.number(), text));
        with(tunnel, (connection, control) -> connection.onHealth(control, new HealthEvent.Lost(text)));
    }

    /** The first packet of protected traffic since it was moved has been sent. */
    void firstForwarded(String connection, long atNanos) {
        connection(connection).ifPresent(it -> it.onFirstForwarded(atNanos));
    }

    /** A health probe left, or could not. */
    void probeSent(String connection, int sequence, boolean refused, long atNanos) {
        withWatch(connection, sequence, watch -> watch.sent(sequence, refused, atNanos));
    }

    /** A health probe was answered. */
    void probeAnswered(String connection, int sequence, long sentNanos, long atNanos) {
        if (atNanos - sentNanos >= 0) {
            meter.roundTrip(new TunnelName(connection, PathWatch.tunnelOf(sequence)), atNanos - sentNanos);
        }
        withWatch(connection, sequence, watch -> watch.answered(sequence, sentNanos, atNanos));
    }

    private void withWatch(String connection, int sequence, Consumer<PathWatch> action) {
        int tunnel = PathWatch.tunnelOf(sequence);
        connection(connection)
                .filter(it -> it.tunnel(tunnel).isPresent())
                .ifPresent(it -> action.accept(it.watch(tunnel)));
    }

    /**
     * The network says that a packet of ours did not arrive. Anybody can say so: it is looked into, at a limited rate
     * (RFC 7296 section 2.4).
     */
    public void onIcmpError(InetAddress local, InetAddress remote, int type, int code) {
        for (ConnectionControl connection : connections.values()) {
            for (TunnelControl tunnel : connection.tunnels()) {
                boolean meant = tunnel.outsideLocal().equals(local)
                        && tunnel.config().outsideRemote().equals(remote);
                if (meant && type == ICMP_UNREACHABLE && code == ICMP_FRAGMENTATION_NEEDED) {
                    tunnel.journal().count(TOO_BIG_RECEIVED);
                }
                if (meant && tunnel.mayHint(loop.nowNanos())) {
                    tell(GatewayEvent.of(
                                    Severity.INFO,
                                    "tunnel.icmp",
                                    tunnel.name().connection(),
                                    tunnel.name().number(),
                                    "an ICMP error came for a packet to the peer; the path is probed")
                            .with("type", type)
                            .with("code", code));
                    connection.watch(tunnel.name().number()).hint();
                }
            }
        }
    }

    /** The sender of a packet that was too large for a tunnel was told. */
    void toldTooBig(TunnelName name) {
        with(name, (_, tunnel) -> tunnel.journal().count(TOO_BIG_SENT));
    }

    /** A link or an address of this host changed: every path may have. */
    public void onLinksChanged() {
        for (ConnectionControl connection : connections.values()) {
            connection
                    .tunnels()
                    .forEach(tunnel -> connection.watch(tunnel.name().number()).hint());
        }
    }

    /** Says where orders to the IKE peers go; before any of them is connected. */
    public void peers(BiConsumer<TunnelName, IkeEvent> newPeers) {
        peers = newPeers;
    }

    private void restart(TunnelControl tunnel) {
        journal.record(GatewayEvent.of(
                Severity.INFO,
                "tunnel.return-pull",
                tunnel.name().connection(),
                tunnel.name().number(),
                "the silent tunnel is deleted, so that the peer sends through the other if it hears"));
        peers.accept(tunnel.name(), new IkeEvent.Restart(tunnel.health().reason()));
    }

    /** Packets of a tunnel prove that its path works. */
    void pathConfirmed(TunnelName tunnel) {
        with(tunnel, (connection, control) -> connection.onPathConfirmed(control));
    }

    /** A datagram on an IKE port belonged to nobody. */
    public void onDrop(DatagramDrop drop) {
        String name = drop.reason().label();
        long count = drops.increment(name);
        // What a drill loses on purpose is its own story.
        if (!drop.reason().isDrill()
                && dropLimits
                        .computeIfAbsent(drop.reason(), _ -> new RateLimit(DROP_INTERVAL_NANOS))
                        .allows(loop.nowNanos())) {
            journal.record(GatewayEvent.of(
                            Severity.WARN, "datagram.dropped", "", 0, "datagram on an IKE port dropped: " + name)
                    .with("from", drop.remote())
                    .with("bytes", drop.bytes())
                    .with("count", count));
        }
    }

    /** Datagrams and packets that belonged to no tunnel, by name. */
    Map<String, Long> drops() {
        Map<String, Long> all = new TreeMap<>(packetDrops.get());
        drops.snapshot().forEach((name, count) -> all.merge(name, count, Long::sum));
        return all;
    }

    /** A connection's TUN device was taken away: its traffic has ended until the daemon is started anew. */
    void deviceLost(String connection, String device, String reason) {
        journal.record(GatewayEvent.of(
                Severity.ERROR,
                "connection.device-lost",
                connection,
                0,
                "the device " + device + " is gone: " + reason + "; restart the daemon"));
        connection(connection)
                .ifPresent(it -> it.tunnels()
                        .forEach(tunnel ->
                                it.disableForNow(tunnel, "the device " + device + " is gone; restart the daemon")));
    }

    /** Where operators' pings are. */
    PingDesk pings() {
        return pings;
    }

    /** What to tell who named a connection that is not there. */
    String unknown(String connection) {
        return TunnelTarget.unknown(connection, connections.keySet());
    }

    Collection<ConnectionControl> connections() {
        return connections.values();
    }

    Optional<ConnectionControl> connection(String name) {
        return Optional.ofNullable(connections.get(name));
    }

    private void tell(GatewayEvent event) {
        journal.record(event);
    }

    private void with(TunnelName name, TunnelAction action) {
        connection(name.connection())
                .ifPresent(connection ->
                        connection.tunnel(name.number()).ifPresent(tunnel -> action.run(connection, tunnel)));
    }

    @FunctionalInterface
    private interface TunnelAction {
        void run(ConnectionControl connection, TunnelControl tunnel);
    }
}
