package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.pathmtu.PathMtuEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Keeps every connection's inner MTU in step with its SAs and its outside paths. Control loop only. */
public final class MtuControl implements InnerSizing {
    /** How often health and refused packets are looked at. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Probes that a drill swallowed are judged by then. */
    private static final long JUDGED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final String REFUSED = "SEND_FAILED";

    private final ControlLoop loop;
    private final EventJournal journal;
    private final Function<TunnelName, IkePeerSummary> peers;
    private final ControlPlane control;
    private final Map<String, ConnectionSizes> connections = new LinkedHashMap<>();
    private final Map<TunnelName, PathMtuWatch> watches = new LinkedHashMap<>();
    private long refused;

    /**
     * @param peers the state of each tunnel's IKE peer
     * @param control knows the health of the tunnels, and is followed
     */
    public MtuControl(
            ControlLoop loop, EventJournal journal, Function<TunnelName, IkePeerSummary> peers, ControlPlane control) {
        this.loop = loop;
        this.journal = journal;
        this.peers = peers;
        this.control = control;
        control.tellReports(this::onReport);
        control.tellDrilled(this::onDrilled);
        loop.schedule(LOOK_NANOS, this::look);
    }

    /**
     * Takes a connection on.
     *
     * @param device told the MTU that the connection's TUN device is to have; it has the one of
     *     {@link InnerSizes#deviceMtuBytes}
     */
    public void add(ConnectionConfig config, DataPlane dataPlane, IntConsumer device) {
        ConnectionSizes sizes = new ConnectionSizes(config, peers, dataPlane, device, journal::record);
        connections.put(config.name(), sizes);
        for (TunnelConfig tunnel : config.tunnels()) {
            watches.put(
                    new TunnelName(config.name(), tunnel.number()),
                    new PathMtuWatch(config, tunnel.number(), dataPlane, sizes, loop, journal::record));
        }
    }

    /**
     * Takes other settings of a connection.
     *
     * @param device as in {@link #add}
     */
    public void revise(ConnectionConfig before, ConnectionConfig after, IntConsumer device) {
        ConnectionSizes sizes = sizes(after.name());
        boolean otherUplink = before.uplinkMtuBytes() != after.uplinkMtuBytes();
        sizes.revise(after, device);
        for (TunnelConfig tunnel : after.tunnels()) {
            TunnelName name = new TunnelName(after.name(), tunnel.number());
            watch(name).revise(after, otherUplink);
            refresh(name, watch(name));
        }
    }

    /** The MTU that a connection's TUN device has. */
    public int deviceMtu(String connection) {
        return sizes(connection).deviceMtu();
    }

    /** Forgets a connection. */
    public void remove(ConnectionConfig config) {
        connections.remove(config.name());
        for (TunnelConfig tunnel : config.tunnels()) {
            PathMtuWatch watch = watches.remove(new TunnelName(config.name(), tunnel.number()));
            if (watch != null) {
                watch.end();
            }
        }
    }

    /** IKE said something about a tunnel, after which it may have another SA or another path. */
    private void onReport(TunnelName tunnel) {
        // The report comes from within the peer's step; its summary is that of the step before.
        loop.execute(() -> {
            if (watches.containsKey(tunnel)) {
                sizes(tunnel.connection()).update();
                refresh(tunnel, watch(tunnel));
            }
        });
    }

    /** A drill may have narrowed the path, and has given it back: what the watch found meanwhile holds no longer. */
    private void onDrilled(TunnelName tunnel) {
        loop.schedule(JUDGED_NANOS, () -> {
            PathMtuWatch watch = watches.get(tunnel);
            if (watch != null) {
                watch.widened();
            }
        });
    }

    /** A probe of this size came back. */
    void onAnswer(TunnelName tunnel, int sequence, int innerOctets, long roundTripNanos) {
        PathMtuWatch watch = watches.get(tunnel);
        if (watch != null) {
            watch.answered(sequence, innerOctets, roundTripNanos);
        }
    }

    /** Measures the paths of tunnels; those that cannot be measured say why. */
    CompletableFuture<List<MtuMeasurement>> measure(ConnectionControl connection, List<TunnelControl> tunnels) {
        List<CompletableFuture<MtuMeasurement>> results = new ArrayList<>();
        for (TunnelControl tunnel : tunnels) {
            PathMtuWatch watch = watch(tunnel.name());
            refresh(tunnel.name(), watch);
            results.add(watch.measure().thenApply(measured -> describe(connection, tunnel, measured)));
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(_ -> results.stream().map(CompletableFuture::join).toList());
    }

    private MtuMeasurement describe(
            ConnectionControl connection, TunnelControl tunnel, PathMtuEffect.Measured measured) {
        ConnectionSizes sizes = sizes(connection.config().name());
        TunnelConfig config = tunnel.config();
        List<ChildSaSummary> children = peers.apply(tunnel.name()).childSas();
        boolean established = !children.isEmpty();
        EspSuite suite = established ? children.getFirst().suite() : StatusSnapshot.firstSuite(config);
        boolean udp = established
                ? children.getFirst().path().udpEncapsulated()
                : config.encapsulation() != TunnelConfig.Encapsulation.ESP;
        EspOverhead overhead = InnerSizes.overhead(config, suite, udp);
        MtuMeasurement.MeasuredPath path = measured.answered()
                ? new MtuMeasurement.MeasuredPath.Carries(
                        measured.outerOctets(), overhead.innerMtuBytes(measured.outerOctets()), measured.wholeAnswer())
                : new MtuMeasurement.MeasuredPath.Failed(
                        established
                                ? "no probe was answered; " + tunnel.health().reason()
                                : "the tunnel is not up: " + tunnel.health().reason());
        return new MtuMeasurement(
                connection.config().name(),
                config.number(),
                established,
                suite,
                udp,
                config.outsideRemote() instanceof java.net.Inet6Address,
                connection.config().uplinkMtuBytes(),
                sizes.uplinkMtu(config.number()),
                sizes.deviceMtu(),
                sizes.flowMtu(),
                path,
                MtuAdvice.of(connection.config(), overhead, path));
    }

    private void look() {
        loop.schedule(LOOK_NANOS, this::look);
        long before = refused;
        refused = control.drops().getOrDefault(REFUSED, 0L);
        watches.forEach((tunnel, watch) -> {
            refresh(tunnel, watch);
            if (refused > before) {
                watch.suspected();
            }
        });
    }

    private void refresh(TunnelName tunnel, PathMtuWatch watch) {
        List<ChildSaSummary> children = peers.apply(tunnel).childSas();
        boolean healthy = control.connection(tunnel.connection())
                .flatMap(connection -> connection.tunnel(tunnel.number()))
                .map(it -> it.health().verdict() == HealthVerdict.UP)
                .orElse(false);
        if (children.isEmpty() || !healthy) {
            watch.unusable();
        } else {
            ChildSaSummary child = children.getFirst();
            watch.usable(EspOverhead.of(
                    child.suite(),
                    child.path().udpEncapsulated(),
                    child.path().local().address() instanceof java.net.Inet6Address));
        }
    }

    @Override
    public TunnelStatus.InnerSize of(
            ConnectionConfig connection, TunnelConfig tunnel, EspSuite suite, boolean udpEncapsulated) {
        ConnectionSizes sizes = sizes(connection.name());
        int uplink = sizes.uplinkMtu(tunnel.number());
        int mtu = InnerSizes.overhead(tunnel, suite, udpEncapsulated).innerMtuBytes(uplink);
        return new TunnelStatus.InnerSize(
                mtu,
                EspOverhead.mssIpv4Bytes(mtu),
                suite,
                udpEncapsulated,
                tunnel.outsideRemote() instanceof java.net.Inet6Address,
                connection.uplinkMtuBytes(),
                uplink,
                sizes.deviceMtu(),
                sizes.flowMtu());
    }

    /** The longest outer packet that a tunnel's path carries: as configured, or what it proved. */
    int pathMtuBytes(ConnectionConfig connection, int tunnel) {
        return sizes(connection.name()).uplinkMtu(tunnel);
    }

    /** The outer MTU in use of a tunnel. */
    int uplinkMtu(TunnelName tunnel) {
        return sizes(tunnel.connection()).uplinkMtu(tunnel.number());
    }

    /** The inner MTU to which a connection's TCP is kept. */
    int flowMtu(String connection) {
        return sizes(connection).flowMtu();
    }

    private ConnectionSizes sizes(String connection) {
        return Objects.requireNonNull(connections.get(connection), connection);
    }

    private PathMtuWatch watch(TunnelName tunnel) {
        return Objects.requireNonNull(watches.get(tunnel), tunnel::toString);
    }
}
