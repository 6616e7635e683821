package io.twinspan.daemon.sys;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Links, addresses and routes of the network namespace in which this was opened, rtnetlink(7). Blocking; confined to the
 * thread that made it; every method throws {@link SyscallException} where the kernel refuses.
 */
public final class Rtnetlink implements AutoCloseable {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_GETLINK = 18;
    private static final int RTM_NEWADDR = 20;
    private static final int RTM_DELADDR = 21;
    private static final int RTM_GETADDR = 22;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_DELROUTE = 25;
    private static final int RTM_GETROUTE = 26;

    private static final int LINK_OCTETS = 16;
    private static final int ADDRESS_OCTETS = 8;
    private static final int ROUTE_OCTETS = 12;

    private static final int IFF_UP = 1;
    private static final int IFF_LOOPBACK = 0x8;
    private static final int IFLA_IFNAME = 3;
    private static final int IFLA_MTU = 4;
    private static final int IFLA_TXQLEN = 13;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_NET_NS_FD = 28;
    private static final int IFLA_INFO_KIND = 1;
    private static final int IFLA_INFO_DATA = 2;
    private static final int VETH_INFO_PEER = 1;

    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;
    private static final int IFA_FLAGS = 8;
    private static final int IFA_F_NODAD = 2;

    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int RTA_PRIORITY = 6;
    private static final int RTA_PREFSRC = 7;
    private static final int RTA_METRICS = 8;
    private static final int RTAX_MTU = 2;
    private static final int RTAX_ADVMSS = 8;
    private static final int RTA_TABLE = 15;

    private static final int RTA_SRC = 2;
    private static final int RTA_IIF = 3;
    private static final int RTA_MARK = 16;
    private static final int RTM_F_FIB_MATCH = 0x2000;
    private static final int ROUTE_PROTOCOL = 5;
    private static final int ROUTE_TYPE = 7;

    private static final int TABLE_MAIN = 254;
    private static final int SCOPE_UNIVERSE = 0;
    private static final int SCOPE_LINK = 253;

    private final NetlinkSocket socket = new NetlinkSocket();

    /** Opens a socket in the namespace of the calling thread, socket(2) AF_NETLINK. */
    public Rtnetlink() {}

    /** Index of a device; empty where there is none of that name, RTM_GETLINK. */
    public OptionalInt linkIndex(String name) {
        try {
            List<byte[]> answers = socket.exchange(
                    new NetlinkMessage(RTM_GETLINK, 0).link(0, 0, 0).attribute(IFLA_IFNAME, name), "find link " + name);
            return OptionalInt.of(new NetlinkAttributes(answers.getFirst(), LINK_OCTETS).fixedInt(4));
        } catch (SyscallException e) {
            if (e.errno() == Errno.ENODEV) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    /** MTU of a device, RTM_GETLINK. */
    public int linkMtu(int index) {
        List<byte[]> answers =
                socket.exchange(new NetlinkMessage(RTM_GETLINK, 0).link(index, 0, 0), "get link " + index);
        return new NetlinkAttributes(answers.getFirst(), LINK_OCTETS).number(IFLA_MTU, 0);
    }

    /** Sets the MTU of a device, RTM_NEWLINK. */
    public void setMtu(int index, int mtuBytes) {
        perform(
                new NetlinkMessage(RTM_NEWLINK, 0).link(index, 0, 0).attribute(IFLA_MTU, mtuBytes),
                "set MTU " + mtuBytes + " of link " + index);
    }

    /** Sets how many packets wait for a device, RTM_NEWLINK; those that wait beyond a shorter queue are lost. */
    public void setQueueLength(int index, int packets) {
        perform(
                new NetlinkMessage(RTM_NEWLINK, 0).link(index, 0, 0).attribute(IFLA_TXQLEN, packets),
                "set queue length " + packets + " of link " + index);
    }

    /** Takes a device up, RTM_NEWLINK. */
    public void setUp(int index) {
        perform(new NetlinkMessage(RTM_NEWLINK, 0).link(index, IFF_UP, IFF_UP), "set link " + index + " up");
    }

    /** Makes a pair of connected devices, both in this namespace, RTM_NEWLINK, veth(4). */
    public void addVeth(String name, String peer) {
        NetlinkMessage message = create(RTM_NEWLINK).link(0, 0, 0).attribute(IFLA_IFNAME, name);
        message.nested(IFLA_LINKINFO, () -> {
            message.attribute(IFLA_INFO_KIND, "veth");
            message.nested(
                    IFLA_INFO_DATA,
                    () -> message.nested(
                            VETH_INFO_PEER, () -> message.link(0, 0, 0).attribute(IFLA_IFNAME, peer)));
        });
        perform(message, "add veth " + name + " and " + peer);
    }

    /** Moves a device into another network namespace, RTM_NEWLINK; it loses its addresses. */
    public void moveLink(int index, Descriptor namespace) {
        perform(
                new NetlinkMessage(RTM_NEWLINK, 0).link(index, 0, 0).attribute(IFLA_NET_NS_FD, namespace.fd()),
                "move link " + index);
    }

    /** Deletes a device, RTM_DELLINK. */
    public void deleteLink(int index) {
        perform(new NetlinkMessage(RTM_DELLINK, 0).link(index, 0, 0), "delete link " + index);
    }

    /** Gives a device an address, usable at once (no duplicate address detection), RTM_NEWADDR. */
    public void addAddress(int index, InetAddress address, int prefixLength) {
        byte[] octets = address.getAddress();
        NetlinkMessage message = create(RTM_NEWADDR)
                .address(family(octets), prefixLength, index)
                .attribute(IFA_LOCAL, octets)
                .attribute(IFA_ADDRESS, octets)
                .attribute(IFA_FLAGS, IFA_F_NODAD);
        perform(message, "add address " + address.getHostAddress() + "/" + prefixLength);
    }

    /** Takes an address from a device, RTM_DELADDR. */
    public void deleteAddress(int index, DeviceAddress address) {
        byte[] octets = address.address().getAddress();
        NetlinkMessage message = new NetlinkMessage(RTM_DELADDR, 0)
                .address(family(octets), address.prefixLength(), index)
                .attribute(IFA_LOCAL, octets);
        perform(message, "delete address " + address.address().getHostAddress());
    }

    /** The addresses of a device, RTM_GETADDR. */
    public List<DeviceAddress> addressesOf(int index) {
        List<DeviceAddress> result = new ArrayList<>();
        NetlinkMessage message = new NetlinkMessage(RTM_GETADDR, NetlinkMessage.NLM_F_DUMP).address(0, 0, 0);
        for (byte[] body : socket.exchange(message, "dump addresses")) {
            NetlinkAttributes attributes = new NetlinkAttributes(body, ADDRESS_OCTETS);
            if (attributes.fixedInt(4) == index) {
                attributes
                        .octets(IFA_LOCAL)
                        .or(() -> attributes.octets(IFA_ADDRESS))
                        .ifPresent(
                                octets -> result.add(new DeviceAddress(toAddress(octets), attributes.fixedOctet(1))));
            }
        }
        return result;
    }

    /** All addresses of all devices, RTM_GETADDR. */
    public List<InetAddress> addresses() {
        List<InetAddress> result = new ArrayList<>();
        NetlinkMessage message = new NetlinkMessage(RTM_GETADDR, NetlinkMessage.NLM_F_DUMP).address(0, 0, 0);
        for (byte[] body : socket.exchange(message, "dump addresses")) {
            NetlinkAttributes attributes = new NetlinkAttributes(body, ADDRESS_OCTETS);
            attributes
                    .octets(IFA_LOCAL)
                    .or(() -> attributes.octets(IFA_ADDRESS))
                    .ifPresent(octets -> result.add(toAddress(octets)));
        }
        return result;
    }

    /** The largest MTU of all devices that are no loopback, 0 where there is none, RTM_GETLINK. */
    public int largestLinkMtu() {
        NetlinkMessage message = new NetlinkMessage(RTM_GETLINK, NetlinkMessage.NLM_F_DUMP).link(0, 0, 0);
        return socket.exchange(message, "dump links").stream()
                .map(body -> new NetlinkAttributes(body, LINK_OCTETS))
                .filter(link -> (link.fixedInt(8) & IFF_LOOPBACK) == 0)
                .mapToInt(link -> link.number(IFLA_MTU, 0))
                .max()
                .orElse(0);
    }

    /** Adds a route; fails with EEXIST where one with the same network and metric exists, RTM_NEWROUTE. */
    public void addRoute(Route route) {
        addRoute(route, RouteMetrics.NONE);
    }

    /** The same with metrics, RTA_METRICS. */
    public void addRoute(Route route, RouteMetrics metrics) {
        perform(encode(create(RTM_NEWROUTE), route, metrics), "add route " + route);
    }

    /** Puts a route in the place of the one with the same network and metric, RTM_NEWROUTE with NLM_F_REPLACE. */
    public void replaceRoute(Route route, RouteMetrics metrics) {
        int flags = NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_REPLACE;
        perform(encode(new NetlinkMessage(RTM_NEWROUTE, flags), route, metrics), "replace route " + route);
    }

    /** Deletes exactly this route, RTM_DELROUTE; fails with ESRCH where it is gone. */
    public void deleteRoute(Route route) {
        perform(encode(new NetlinkMessage(RTM_DELROUTE, 0), route, RouteMetrics.NONE), "delete route " + route);
    }

    /** The routes of the main table, both families, RTM_GETROUTE. */
    public List<Route> routes() {
        List<Route> result = new ArrayList<>();
        for (int family : new int[] {SockAddr.AF_INET, SockAddr.AF_INET6}) {
            NetlinkMessage message =
                    new NetlinkMessage(RTM_GETROUTE, NetlinkMessage.NLM_F_DUMP).route(family, 0, 0, 0, 0, 0);
            for (byte[] body : socket.exchange(message, "dump routes")) {
                NetlinkAttributes attributes = new NetlinkAttributes(body, ROUTE_OCTETS);
                // Without IPv6 in the kernel the second dump answers for all families.
                if (attributes.fixedOctet(0) == family
                        && attributes.number(RTA_TABLE, attributes.fixedOctet(4)) == TABLE_MAIN) {
                    result.add(decode(attributes));
                }
            }
        }
        return result;
    }

    /** The route the kernel would take to an address, with the source address it would use, RTM_GETROUTE. */
    public Route routeTo(InetAddress destination) {
        byte[] octets = destination.getAddress();
        NetlinkMessage message = new NetlinkMessage(RTM_GETROUTE, 0)
                .route(family(octets), octets.length * 8, 0, 0, 0, 0)
                .attribute(RTA_DST, octets);
        List<byte[]> answers = socket.exchange(message, "find route to " + destination.getHostAddress());
        return decode(new NetlinkAttributes(answers.getFirst(), ROUTE_OCTETS));
    }

    /**
     * The kernel's own answer to where a packet goes, rules and marks included, RTM_GETROUTE.
     *
     * @param inputIndex device it comes in by; 0 for a packet of this host
     * @param mark of the packet, 0 for none
     * @throws SyscallException where the kernel would not send it: ENETUNREACH, EHOSTUNREACH, EXDEV (reverse path) ...
     */
    public RouteLookup lookup(InetAddress source, InetAddress destination, int inputIndex, int mark) {
        NetlinkAttributes way = lookup(source, destination, inputIndex, mark, 0);
        NetlinkAttributes entry = lookup(source, destination, inputIndex, mark, RTM_F_FIB_MATCH);
        byte[] none = new byte[destination.getAddress().length];
        return new RouteLookup(
                way.fixedOctet(ROUTE_TYPE),
                way.number(RTA_OIF, 0),
                toAddress(way.octets(RTA_GATEWAY).orElse(none)),
                toAddress(entry.octets(RTA_DST).orElse(none)),
                entry.fixedOctet(1),
                entry.number(RTA_PRIORITY, 0),
                entry.fixedOctet(ROUTE_PROTOCOL));
    }

    private NetlinkAttributes lookup(InetAddress source, InetAddress destination, int inputIndex, int mark, int flags) {
        byte[] to = destination.getAddress();
        NetlinkMessage message = new NetlinkMessage(RTM_GETROUTE, 0)
                .routeQuery(family(to), to.length * 8, flags)
                .attribute(RTA_DST, to);
        message.attribute(RTA_SRC, source.getAddress());
        if (inputIndex != 0) {
            message.attribute(RTA_IIF, inputIndex);
        }
        if (mark != 0) {
            message.attribute(RTA_MARK, mark);
        }
        List<byte[]> answers = socket.exchange(message, "find route to " + destination.getHostAddress());
        return new NetlinkAttributes(answers.getFirst(), ROUTE_OCTETS);
    }

    /** Names of all devices by their indices, RTM_GETLINK. */
    public Map<Integer, String> linkNames() {
        NetlinkMessage message = new NetlinkMessage(RTM_GETLINK, NetlinkMessage.NLM_F_DUMP).link(0, 0, 0);
        Map<Integer, String> names = new TreeMap<>();
        for (byte[] body : socket.exchange(message, "dump links")) {
            NetlinkAttributes link = new NetlinkAttributes(body, LINK_OCTETS);
            link.octets(IFLA_IFNAME)
                    .ifPresent(name -> names.put(
                            link.fixedInt(4),
                            new String(name, java.nio.charset.StandardCharsets.US_ASCII).replace("\0", "")));
        }
        return names;
    }

    @Override
    public void close() {
        socket.close();
    }

    private static NetlinkMessage encode(NetlinkMessage message, Route route, RouteMetrics metrics) {
        byte[] destination = route.destination().getAddress();
        boolean direct = route.gateway().isAnyLocalAddress();
        int scope =
                route.kind() == Route.Kind.UNICAST && direct && destination.length == 4 ? SCOPE_LINK : SCOPE_UNIVERSE;
        message.route(
                        family(destination),
                        route.prefixLength(),
                        TABLE_MAIN,
                        route.protocol(),
                        scope,
                        route.kind().number())
                .attribute(RTA_DST, destination)
                .attribute(RTA_PRIORITY, route.metric());
        if (route.interfaceIndex() != 0) {
            message.attribute(RTA_OIF, route.interfaceIndex());
        }
        if (!direct) {
            message.attribute(RTA_GATEWAY, route.gateway().getAddress());
        }
        if (!route.preferredSource().isAnyLocalAddress()) {
            message.attribute(RTA_PREFSRC, route.preferredSource().getAddress());
        }
        if (!metrics.equals(RouteMetrics.NONE)) {
            message.nested(RTA_METRICS, () -> {
                metric(message, RTAX_MTU, metrics.mtuBytes());
                metric(message, RTAX_ADVMSS, metrics.advertisedMssBytes());
            });
        }
        return message;
    }

    private static void metric(NetlinkMessage message, int type, int value) {
        if (value != 0) {
            message.attribute(type, value);
        }
    }

    private static Route decode(NetlinkAttributes attributes) {
        byte[] none = new byte[attributes.fixedOctet(0) == SockAddr.AF_INET ? 4 : 16];
        return new Route(
                toAddress(attributes.octets(RTA_DST).orElse(none)),
                attributes.fixedOctet(1),
                Route.Kind.of(attributes.fixedOctet(7)),
                attributes.fixedOctet(5),
                attributes.number(RTA_PRIORITY, 0),
                attributes.number(RTA_OIF, 0),
                toAddress(attributes.octets(RTA_GATEWAY).orElse(none)),
                toAddress(attributes.octets(RTA_PREFSRC).orElse(none)));
    }

    private void perform(NetlinkMessage message, String call) {
        socket.exchange(message, call);
    }

    private static NetlinkMessage create(int type) {
        return new NetlinkMessage(type, NetlinkMessage.NLM_F_CREATE | NetlinkMessage.NLM_F_EXCL);
    }

    private static int family(byte[] address) {
        return address.length == 4 ? SockAddr.AF_INET : SockAddr.AF_INET6;
    }

    private static InetAddress toAddress(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the kernel gave an address of " + octets.length + " octets", e);
        }
    }
}
