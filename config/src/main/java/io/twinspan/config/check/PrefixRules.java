package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.ConnectionView;
import io.twinspan.config.bind.Key;
import io.twinspan.config.bind.ModelBuilder;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.crypto.net.IpPrefix;
import java.util.List;

/** On-prem and AWS networks must not overlap, not here and not between connections, and must fit the selectors. */
final class PrefixRules {
    private static final List<Located<IpPrefix>> NONE = List.of();

    private PrefixRules() {}

    static void check(ConnectionView connection, ProblemSink problems) {
        List<Located<IpPrefix>> local = prefixes(connection, ConfigKeys.LOCAL);
        List<Located<IpPrefix>> remote = prefixes(connection, ConfigKeys.REMOTE);
        checkWithin(local, problems);
        checkWithin(remote, problems);
        for (Located<IpPrefix> prefix : remote) {
            for (Located<IpPrefix> own : local) {
                reportOverlap(prefix, own, "our own network", problems);
            }
            for (TunnelView tunnel : connection.tunnels()) {
                checkAgainstOutside(prefix, tunnel, problems);
                checkAgainstInside(prefix, tunnel, problems);
            }
        }
        for (TunnelView tunnel : connection.tunnels()) {
            checkSelectors(tunnel, local, ConfigKeys.LOCAL_SELECTORS, "local", problems);
            checkSelectors(tunnel, remote, ConfigKeys.REMOTE_SELECTORS, "remote", problems);
        }
    }

    /** An AWS network can be reached through one connection only, and is nobody's on-prem network. */
    static void checkAcross(List<ConnectionView> connections, ProblemSink problems) {
        for (int later = 0; later < connections.size(); later++) {
            for (int earlier = 0; earlier < connections.size(); earlier++) {
                if (earlier != later) {
                    checkPair(connections.get(later), connections.get(earlier), earlier < later, problems);
                }
            }
        }
    }

    private static void checkPair(
            ConnectionView connection, ConnectionView other, boolean remotesToo, ProblemSink problems) {
        for (Located<IpPrefix> prefix : prefixes(connection, ConfigKeys.REMOTE)) {
            for (Located<IpPrefix> local : prefixes(other, ConfigKeys.LOCAL)) {
                reportOverlap(prefix, local, "the on-prem network of " + other.name(), problems);
            }
            for (Located<IpPrefix> remote : remotesToo ? prefixes(other, ConfigKeys.REMOTE) : NONE) {
                reportOverlap(prefix, remote, "the AWS network of " + other.name(), problems);
            }
        }
    }

    private static void checkWithin(List<Located<IpPrefix>> prefixes, ProblemSink problems) {
        for (int later = 1; later < prefixes.size(); later++) {
            for (Located<IpPrefix> earlier : prefixes.subList(0, later)) {
                Located<IpPrefix> prefix = prefixes.get(later);
                if (prefix.value().overlaps(earlier.value())) {
                    String message = prefix.value() + " overlaps " + earlier.value() + " in the same list";
                    problems.warn(prefix.at(), prefix.path(), message, "the wider one is enough");
                }
            }
        }
    }

    private static void reportOverlap(
            Located<IpPrefix> prefix, Located<IpPrefix> other, String what, ProblemSink problems) {
        if (prefix.value().overlaps(other.value())) {
            String where = " (line " + other.at().line() + ")";
            problems.error(
                    prefix.at(), prefix.path(), prefix.value() + " overlaps " + other.value() + ", " + what + where);
        }
    }

    private static void checkAgainstOutside(Located<IpPrefix> prefix, TunnelView tunnel, ProblemSink problems) {
        tunnel.own(ConfigKeys.OUTSIDE, ConfigKeys.OUTSIDE_REMOTE)
                .filter(remote ->
                        !remote.value().isAnyLocalAddress() && prefix.value().contains(remote.value()))
                .ifPresent(remote -> problems.error(
                        prefix.at(),
                        prefix.path(),
                        prefix.value() + " holds the AWS endpoint "
                                + remote.value().getHostAddress() + " of tunnel " + tunnel.number(),
                        "its own packets would be routed into the tunnel"));
    }

    private static void checkAgainstInside(Located<IpPrefix> prefix, TunnelView tunnel, ProblemSink problems) {
        tunnel.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_LOCAL)
                .map(inside -> InsideAddressRules.networkOf(inside.value()))
                .filter(network -> network.overlaps(prefix.value()))
                .ifPresent(network -> problems.error(
                        prefix.at(),
                        prefix.path(),
                        prefix.value() + " overlaps the inside network " + network + " of tunnel " + tunnel.number()));
    }

    private static void checkSelectors(
            TunnelView tunnel,
            List<Located<IpPrefix>> prefixes,
            Key<List<Located<IpPrefix>>> side,
            String word,
            ProblemSink problems) {
        List<IpPrefix> selectors = ModelBuilder.selectors(tunnel, side);
        for (Located<IpPrefix> prefix : prefixes) {
            boolean covered = selectors.stream()
                    .anyMatch(selector -> selector.overlaps(prefix.value())
                            && selector.length() <= prefix.value().length());
            if (!covered) {
                problems.error(
                        prefix.at(),
                        prefix.path(),
                        prefix.value() + " fits no " + word + " selector of tunnel " + tunnel.number() + " ("
                                + String.join(
                                        ", ",
                                        selectors.stream()
                                                .map(IpPrefix::toString)
                                                .toList()) + ")");
            }
        }
    }

    private static List<Located<IpPrefix>> prefixes(ConnectionView connection, Key<List<Located<IpPrefix>>> key) {
        return connection.section().find(key).map(Located::value).orElse(List.of());
    }
}
