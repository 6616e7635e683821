package io.twinspan.daemon.app;

import io.twinspan.daemon.diagnosis.RouteAnswer;
import io.twinspan.daemon.diagnosis.TraceQuery;
import io.twinspan.daemon.routing.RouteInstaller;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.Route;
import io.twinspan.daemon.sys.RouteLookup;
import io.twinspan.daemon.sys.Rtnetlink;
import io.twinspan.daemon.sys.SyscallException;
import java.util.Map;
import java.util.OptionalInt;

/** Asks the kernel where a packet goes, as it would come in. */
final class KernelRoutes {
    private static final int EXDEV = 18;
    private static final int EINVAL = 22;
    private static final int ENETUNREACH = 101;
    private static final int EHOSTUNREACH = 113;

    private KernelRoutes() {}

    static RouteAnswer of(TraceQuery query, Rtnetlink netlink) {
        Map<Integer, String> links = netlink.linkNames();
        boolean own = netlink.addresses().contains(query.source());
        int input = own ? 0 : input(query, netlink);
        if (input < 0) {
            return new RouteAnswer.Refused("there is no device "
                    + (query.device().isEmpty()
                            ? "that leads to " + query.source().getHostAddress()
                            : query.device()));
        }
        String from = own ? "from this host" : "from " + links.getOrDefault(input, "?");
        try {
            RouteLookup found = netlink.lookup(query.source(), query.destination(), input, query.mark());
            String prefix = found.network().getHostAddress() + "/" + found.prefixLength();
            return switch (found.type()) {
                case RouteLookup.UNICAST ->
                    new RouteAnswer.Leaves(
                            links.getOrDefault(found.interfaceIndex(), "?"),
                            prefix,
                            found.gateway().isAnyLocalAddress()
                                    ? ""
                                    : found.gateway().getHostAddress(),
                            found.metric(),
                            origin(found.protocol()),
                            from);
                case RouteLookup.LOCAL -> new RouteAnswer.Local();
                default -> new RouteAnswer.Discarded("type " + found.type(), prefix, found.metric());
            };
        } catch (SyscallException e) {
            return refusal(query, netlink, e);
        }
    }

    private static int input(TraceQuery query, Rtnetlink netlink) {
        if (!query.device().isEmpty()) {
            OptionalInt index = netlink.linkIndex(query.device());
            return index.orElse(-1);
        }
        try {
            return netlink.routeTo(query.source()).interfaceIndex();
        } catch (SyscallException e) {
            return -1;
        }
    }

    /** A blackhole answers with an error too; only the table tells it from other refusals. */
    private static RouteAnswer refusal(TraceQuery query, Rtnetlink netlink, SyscallException e) {
        if (e.errno() == EINVAL || e.errno() == EHOSTUNREACH || e.errno() == Errno.EACCES || e.errno() == ENETUNREACH) {
            var best = netlink.routes().stream()
                    .filter(route -> io.twinspan.crypto.net.IpPrefix.of(route.destination(), route.prefixLength())
                            .contains(query.destination()))
                    .max(java.util.Comparator.comparingInt(Route::prefixLength)
                            .thenComparing(java.util.Comparator.comparingInt(Route::metric)
                                    .reversed()));
            if (best.isPresent() && best.get().kind() == Route.Kind.BLACKHOLE) {
                return new RouteAnswer.Discarded(
                        "blackhole",
                        best.get().destination().getHostAddress() + "/"
                                + best.get().prefixLength(),
                        best.get().metric());
            }
        }
        return new RouteAnswer.Refused(
                switch (e.errno()) {
                    case EXDEV ->
                        "the kernel refuses: the reverse path filter does not expect "
                                + query.source().getHostAddress() + " there";
                    case EHOSTUNREACH -> "the kernel refuses: no way, or forwarding is off (net.ipv4.ip_forward)";
                    case ENETUNREACH ->
                        "the kernel has no route to " + query.destination().getHostAddress();
                    default -> "the kernel refuses: " + e.getMessage();
                });
    }

    private static String origin(int protocol) {
        return switch (protocol) {
            case 2 -> "kernel";
            case 3 -> "boot";
            case 4 -> "static";
            case 16 -> "dhcp";
            case RouteInstaller.ROUTE_PROTOCOL -> "twinspan";
            default -> "proto " + protocol;
        };
    }
}
