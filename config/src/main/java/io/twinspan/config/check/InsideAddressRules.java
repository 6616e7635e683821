package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.InsideAddress;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.model.TunnelConfig.Startup;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** AWS's rules on inside addresses: a /30 of 169.254.0.0/16 that it has not reserved, or a /126 of fd00::/8. */
public final class InsideAddressRules {
    /** Networks of which AWS takes inside addresses. */
    public static final IpPrefix LINK_LOCAL = IpPrefix.parse("169.254.0.0/16");

    /** The same for IPv6. */
    public static final IpPrefix UNIQUE_LOCAL = IpPrefix.parse("fd00::/8");

    /** What AWS keeps for itself. */
    public static final List<IpPrefix> RESERVED = List.of(
            IpPrefix.parse("169.254.0.0/30"),
            IpPrefix.parse("169.254.1.0/30"),
            IpPrefix.parse("169.254.2.0/30"),
            IpPrefix.parse("169.254.3.0/30"),
            IpPrefix.parse("169.254.4.0/30"),
            IpPrefix.parse("169.254.5.0/30"),
            IpPrefix.parse("169.254.169.252/30"));

    private InsideAddressRules() {}

    static void check(TunnelView tunnel, ProblemSink problems) {
        Optional<Located<InsideAddress>> local = tunnel.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_LOCAL);
        local.filter(found -> checkNetwork(found, problems))
                .ifPresent(found -> tunnel.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_REMOTE)
                        .ifPresent(remote -> checkPair(tunnel, found, remote, problems)));
    }

    /** The inside network of an address. */
    public static IpPrefix networkOf(InsideAddress inside) {
        return IpPrefix.of(inside.address(), inside.prefixLength());
    }

    private static boolean checkNetwork(Located<InsideAddress> local, ProblemSink problems) {
        InetAddress address = local.value().address();
        boolean ipv4 = address.getAddress().length == 4;
        IpPrefix range = ipv4 ? LINK_LOCAL : UNIQUE_LOCAL;
        int length = ipv4 ? 30 : 126;
        if (!range.contains(address)) {
            problems.error(
                    local.at(),
                    local.path(),
                    address.getHostAddress() + " is not in " + range + ", where AWS takes inside addresses from");
            return false;
        }
        if (local.value().prefixLength() != length) {
            problems.error(
                    local.at(),
                    local.path(),
                    "/" + local.value().prefixLength() + " is not the length of an AWS inside network",
                    "write '" + address.getHostAddress() + "/" + length + "'");
            return false;
        }
        Optional<IpPrefix> reserved =
                RESERVED.stream().filter(prefix -> prefix.contains(address)).findFirst();
        reserved.ifPresent(
                prefix -> problems.error(local.at(), local.path(), "AWS reserves " + prefix + " for itself"));
        return reserved.isEmpty();
    }

    private static void checkPair(
            TunnelView tunnel, Located<InsideAddress> local, Located<InetAddress> remote, ProblemSink problems) {
        IpPrefix network = networkOf(local.value());
        if (!network.contains(remote.value())) {
            problems.error(
                    remote.at(),
                    remote.path(),
                    remote.value().getHostAddress() + " is not in our inside network " + network);
            return;
        }
        boolean localUsable = checkUsable(local.value().address(), local, network, problems);
        boolean remoteUsable = checkUsable(remote.value(), remote, network, problems);
        if (remote.value().equals(local.value().address())) {
            problems.error(
                    remote.at(),
                    remote.path(),
                    "both ends have the inside address " + remote.value().getHostAddress());
        } else if (localUsable && remoteUsable && hostPart(local.value().address()) == 1 && initiates(tunnel)) {
            problems.warn(
                    local.at(),
                    local.path(),
                    "AWS has the first usable address of its inside networks and gives us the second",
                    "are local and remote swapped?");
        }
    }

    private static boolean checkUsable(InetAddress address, Located<?> place, IpPrefix network, ProblemSink problems) {
        boolean usable = hostPart(address) == 1 || hostPart(address) == 2;
        if (!usable) {
            problems.error(
                    place.at(),
                    place.path(),
                    address.getHostAddress() + " is not one of the two usable addresses of " + network);
        }
        return usable;
    }

    /** /30 and /126 both leave two bits. */
    private static int hostPart(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets[octets.length - 1] & 3;
    }

    private static boolean initiates(TunnelView tunnel) {
        return tunnel.find(ConfigKeys.STARTUP)
                .map(startup -> startup.value() == Startup.INITIATE)
                .orElse(true);
    }
}
