package io.twinspan.daemon.routing;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.Route.Kind;
import io.twinspan.daemon.sys.RouteMetrics;
import io.twinspan.daemon.sys.Rtnetlink;
import io.twinspan.daemon.sys.SyscallException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Installs and removes what {@link RoutePlan}s ask for.
 *
 * <p>At start: {@link #protect} every connection, {@link #removeLeftovers}, create the TUN devices, {@link #bringUp} each,
 * {@link #settle}. A clean exit calls {@link #remove}; a killed process leaves the blackholes, which is their purpose. One
 * gateway in a network namespace: a second one would take the routes of the first for leftovers, so it is refused. Confined
 * to the thread that made it.
 */
public final class RouteInstaller implements AutoCloseable {
    /** Route protocol number that marks our routes: 'T'. Not in /etc/iproute2/rt_protos. */
    public static final int ROUTE_PROTOCOL = 0x54;

    /** Metric of routes into the TUN. */
    static final int TUN_METRIC = 1;

    /** Metric of the blackholes: next best, so that no other route comes between when the device is gone. */
    static final int BLACKHOLE_METRIC = 2;

    /** What Linux gives a TUN device. */
    private static final int QUEUE_PACKETS = 500;

    private final Rtnetlink netlink = new Rtnetlink();
    private final AddressInstaller addresses = new AddressInstaller(netlink);
    private final Deque<Route> installed = new ArrayDeque<>();
    /** Those of {@link #installed} that a killed gateway had left and that a plan claimed. */
    private final Set<Route> claimed = new HashSet<>();

    /** Devices that a predecessor's descriptor kept alive, by index: its routes into them still work. */
    private final Set<Integer> inherited = new HashSet<>();

    private boolean settled;
    private boolean fenceStays;

    /** Works on the network namespace of the calling thread. */
    public RouteInstaller() {}

    /**
     * Says which devices a predecessor has left alive, so that its routes into them go on working until {@link #settle}; call
     * before all else.
     */
    public void inherit(Collection<String> devices) {
        devices.forEach(device -> netlink.linkIndex(device).ifPresent(inherited::add));
    }

    /**
     * Makes sure that nothing for a plan's protected prefixes leaves this host from now on, and that the outside peers stay
     * reachable even where a protected prefix covers them.
     *
     * @return the host's own routes to parts of the protected prefixes: they win, so that traffic uses no tunnel
     * @throws RouteConflictException where the host's own routes would lead protected traffic past the tunnel, or another
     *     gateway runs here
     */
    public List<Route> protect(RoutePlan plan) {
        List<Route> existing = netlink.routes();
        refuseSecondGateway(existing.stream().filter(route -> !isOurs(route)).toList());
        for (IpPrefix prefix : plan.protectedPrefixes()) {
            refuseConflicts(prefix, existing);
        }
        for (InetAddress peer : plan.outsidePeers()) {
            keepReachable(peer, plan.protectedPrefixes(), existing);
        }
        for (IpPrefix prefix : plan.protectedPrefixes()) {
            add(route(prefix, Kind.BLACKHOLE, BLACKHOLE_METRIC, 0, anyOf(prefix)), existing);
        }
        return existing.stream()
                .filter(route -> route.kind() == Kind.UNICAST && route.protocol() != ROUTE_PROTOCOL)
                .filter(route -> plan.protectedPrefixes().stream().anyMatch(prefix -> isPart(route, prefix)))
                .toList();
    }

    private static boolean isPart(Route route, IpPrefix prefix) {
        return route.prefixLength() > prefix.length() && prefix.contains(route.destination());
    }

    /** The routes into a TUN go away with the process that holds it: where one stands beside its blackhole, its gateway lives. */
    private void refuseSecondGateway(List<Route> existing) {
        for (Route route : existing) {
            if (route.protocol() == ROUTE_PROTOCOL
                    && route.kind() == Kind.UNICAST
                    && !inherited.contains(route.interfaceIndex())
                    && existing.stream()
                            .anyMatch(other -> other.protocol() == ROUTE_PROTOCOL
                                    && other.kind() == Kind.BLACKHOLE
                                    && other.sameNetwork(route.destination(), route.prefixLength()))) {
                throw new RouteConflictException("another gateway runs in this network namespace and protects "
                        + route.destination().getHostAddress()
                        + "/" + route.prefixLength()
                        + "; stop it first, or put all connections into one configuration");
            }
        }
    }

    private static void refuseConflicts(IpPrefix prefix, List<Route> existing) {
        for (Route route : existing) {
            if (route.protocol() != ROUTE_PROTOCOL
                    && route.sameNetwork(prefix.address(), prefix.length())
                    && route.metric() <= BLACKHOLE_METRIC) {
                throw new RouteConflictException("the host already has a route to " + prefix + " with metric "
                        + route.metric() + ", which would lead its traffic past the tunnel; remove that route or give"
                        + " it a metric above " + BLACKHOLE_METRIC);
            }
        }
    }

    /** The route to the peer, pinned down before a wider route into the tunnel could swallow it. */
    private void keepReachable(InetAddress peer, List<IpPrefix> protectedPrefixes, List<Route> existing) {
        Optional<IpPrefix> covering = protectedPrefixes.stream()
                .filter(prefix -> prefix.contains(peer))
                .findFirst();
        if (covering.isEmpty()) {
            return;
        }
        int hostLength = peer.getAddress().length * 8;
        if (covering.get().length() == hostLength) {
            throw new RouteConflictException("the outside address " + peer.getHostAddress()
                    + " cannot be a protected prefix: the tunnel would have to run inside itself");
        }
        Route way = netlink.routeTo(peer);
        add(
                new Route(
                        peer,
                        hostLength,
                        Kind.UNICAST,
                        ROUTE_PROTOCOL,
                        TUN_METRIC,
                        way.interfaceIndex(),
                        way.gateway(),
                        way.preferredSource()),
                existing);
    }

    /** Removes routes that a killed gateway left and that no plan protected since has claimed. */
    public void removeLeftovers() {
        removeUnclaimed(false);
    }

    private void removeUnclaimed(boolean fromInherited) {
        for (Route route : netlink.routes()) {
            if (route.protocol() == ROUTE_PROTOCOL
                    && inherited.contains(route.interfaceIndex()) == fromInherited
                    && !isInstalled(route)) {
                delete(route);
            }
        }
    }

    /** One's own routes are no second gateway's. */
    private boolean isOurs(Route route) {
        return settled && route.protocol() == ROUTE_PROTOCOL && isInstalled(route);
    }

    private boolean isInstalled(Route route) {
        return installed.stream()
                .anyMatch(ours -> ours.sameNetwork(route.destination(), route.prefixLength())
                        && ours.metric() == route.metric()
                        && ours.kind() == route.kind());
    }

    /** Readies the TUN device, which must exist, and routes the protected prefixes into it. */
    public void bringUp(RoutePlan plan) {
        int index = addresses.install(plan);
        for (IpPrefix prefix : plan.protectedPrefixes()) {
            Route route = intoTun(plan, prefix, index);
            // A route into a device that lives on stands where the new one goes, even if that leads into another
            // device.
            if (!inherited.isEmpty()) {
                takeOver(route, plan.metricsFor(prefix));
            } else {
                add(route, plan.metricsFor(prefix), List.of());
            }
        }
    }

    /** In place, so that at no moment the prefix has no route, nor a failed start takes away what worked before it. */
    private void takeOver(Route route, RouteMetrics metrics) {
        netlink.replaceRoute(route, metrics);
        if (!isInstalled(route)) {
            installed.addLast(route);
            claimed.add(route);
        }
    }

    /** Routes the plan's protected prefixes into its device, which is up already; those that are routed stay as they are. */
    public void extend(RoutePlan plan) {
        int index = addresses.indexOf(plan.device());
        for (IpPrefix prefix : plan.protectedPrefixes()) {
            add(intoTun(plan, prefix, index), plan.metricsFor(prefix), List.of());
        }
    }

    /**
     * Removes what a plan has and another has not: first the routes into the device, then the blackholes.
     *
     * @param kept what goes on; an empty list where nothing does
     */
    public void withdraw(RoutePlan plan, List<RoutePlan> kept) {
        List<Route> gone = installed.stream()
                .filter(route -> isPartOf(plan, route))
                .filter(route -> kept.stream().noneMatch(other -> isPartOf(other, route)))
                .toList();
        for (Route route : gone.reversed()) {
            delete(route);
            installed.remove(route);
        }
    }

    /** The device of a plan is gone, and every route into it with it. */
    public void deviceGone(RoutePlan plan) {
        installed.removeIf(route -> route.kind() == Kind.UNICAST
                && route.metric() == TUN_METRIC
                && plan.protectedPrefixes().stream()
                        .anyMatch(prefix -> route.sameNetwork(prefix.address(), prefix.length())));
    }

    private static boolean isPartOf(RoutePlan plan, Route route) {
        return plan.protectedPrefixes().stream()
                        .anyMatch(prefix -> route.sameNetwork(prefix.address(), prefix.length()))
                || plan.outsidePeers().stream().anyMatch(peer -> route.sameNetwork(peer, peer.getAddress().length * 8));
    }

    /**
     * Gives devices the queue that is right while somebody reads them. The unit makes it longer for the time between two
     * processes; kept so long, it would be delay and nothing else.
     */
    public void shortenQueues(Collection<RoutePlan> plans) {
        plans.forEach(plan -> netlink.setQueueLength(addresses.indexOf(plan.device()), QUEUE_PACKETS));
    }

    /**
     * The gateway runs: what it claimed of a killed one's leftovers is its own from now on, and routes of a predecessor into
     * devices that live on, but that no plan has claimed, go.
     */
    public void settle() {
        settled = true;
        removeUnclaimed(true);
        inherited.clear();
    }

    /**
     * From now on a start that fails leaves its blackholes behind. Whoever starts the gateway again and again wants the
     * prefixes refused in between; a start by hand leaves the host as it was.
     */
    public void keepFence() {
        fenceStays = true;
    }

    /** Blackholes prefixes and nothing else, for a gateway that cannot start. */
    public void fence(List<IpPrefix> prefixes) {
        List<Route> existing = netlink.routes();
        prefixes.forEach(prefix -> add(route(prefix, Kind.BLACKHOLE, BLACKHOLE_METRIC, 0, anyOf(prefix)), existing));
    }

    /**
     * Removes everything this object has installed, last first: routes into the device before the blackholes. A start that
     * failed before {@link #settle} leaves what it found: the killed gateway's blackholes still have their purpose.
     */
    public void remove() {
        while (!installed.isEmpty()) {
            Route route = installed.removeLast();
            boolean kept = claimed.contains(route) || (fenceStays && route.kind() == Kind.BLACKHOLE);
            if (settled || !kept) {
                delete(route);
            }
        }
    }

    /** Closes the netlink socket; what is installed stays. */
    @Override
    public void close() {
        netlink.close();
    }

    /** The route of a protected prefix into a device. */
    static Route intoTun(RoutePlan plan, IpPrefix prefix, int index) {
        InetAddress source = plan.preferredSourceFor(prefix).orElse(anyOf(prefix));
        return route(prefix, Kind.UNICAST, TUN_METRIC, index, source);
    }

    private void add(Route route, List<Route> existing) {
        add(route, RouteMetrics.NONE, existing);
    }

    private void add(Route route, RouteMetrics metrics, List<Route> existing) {
        boolean leftOver = existing.stream()
                .anyMatch(other -> other.protocol() == ROUTE_PROTOCOL
                        && other.kind() == route.kind()
                        && other.metric() == route.metric()
                        && other.sameNetwork(route.destination(), route.prefixLength()));
        boolean listed = isInstalled(route);
        if (!leftOver && !listed) {
            netlink.addRoute(route, metrics);
        }
        if (!listed) {
            installed.addLast(route);
        }
        if (leftOver && !listed) {
            claimed.add(route);
        }
    }

    /** A route that is gone already, with its device or by somebody's hand, is as good as deleted. */
    private void delete(Route route) {
        try {
            netlink.deleteRoute(route);
        } catch (SyscallException e) {
            if (e.errno() != Errno.ESRCH && e.errno() != Errno.ENODEV) {
                throw e;
            }
        }
    }

    private static Route route(IpPrefix prefix, Kind kind, int metric, int index, InetAddress source) {
        return new Route(prefix.address(), prefix.length(), kind, ROUTE_PROTOCOL, metric, index, anyOf(prefix), source);
    }

    /** The unspecified address of a prefix's family, which stands for none. */
    private static InetAddress anyOf(IpPrefix prefix) {
        return IpPrefix.of(prefix.address(), 0).address();
    }
}
