package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.ConnectionView;
import io.twinspan.config.bind.Defaults;
import io.twinspan.config.bind.Durations;
import io.twinspan.config.bind.ModelBuilder;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.config.model.TunnelConfig.Startup;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How many tunnels, which numbers, who starts, who is who. */
final class StructureRules {
    private StructureRules() {}

    static void checkAcross(List<ConnectionView> connections, ProblemSink problems) {
        int tunnels = 0;
        for (ConnectionView connection : connections) {
            tunnels += connection.tunnels().size();
            if (tunnels > GatewayConfig.MAX_TUNNELS) {
                problems.error(
                        connection.nameAt(),
                        connection.section().path(),
                        "more than " + GatewayConfig.MAX_TUNNELS
                                + " tunnels up to here, which is all that one gateway takes",
                        "run another gateway on a host of its own for the rest");
                return;
            }
        }
    }

    static void check(ConnectionView connection, ProblemSink problems) {
        List<TunnelView> tunnels = connection.tunnels();
        Optional<Located<List<Located<io.twinspan.config.bind.Section>>>> given =
                connection.section().find(ConfigKeys.TUNNELS);
        if (given.isEmpty()) {
            return;
        }
        if (tunnels.size() > 2) {
            TunnelView third = tunnels.get(2);
            problems.error(
                    third.at(), third.tunnel().path(), "a connection has two tunnels at most, this is the third");
        } else if (tunnels.size() == 1) {
            problems.warn(
                    given.get().at(),
                    given.get().path(),
                    "one tunnel is no redundancy",
                    "AWS replaces its endpoints one at a time and expects the other tunnel to carry on");
        }
        Set<Integer> numbers = new HashSet<>();
        for (TunnelView tunnel : tunnels) {
            if (tunnels.size() <= 2 && !numbers.add(tunnel.number())) {
                String path = tunnel.tunnel().pathOf(ConfigKeys.NUMBER);
                problems.error(tunnel.at(), path, "number " + tunnel.number() + " is already taken");
            }
        }
        checkHoldDown(connection, problems);
        connection
                .section()
                .find(ConfigKeys.PREFERRED_TUNNEL)
                .filter(preferred -> !numbers.contains(preferred.value()))
                .ifPresent(preferred ->
                        problems.error(preferred.at(), preferred.path(), "there is no tunnel " + preferred.value()));
    }

    private static void checkHoldDown(ConnectionView connection, ProblemSink problems) {
        Duration holdDown = connection
                .section()
                .find(ConfigKeys.HOLD_DOWN)
                .map(Located::value)
                .orElse(Defaults.HOLD_DOWN);
        connection
                .section()
                .find(ConfigKeys.MAX_HOLD_DOWN)
                .filter(longest -> longest.value().compareTo(holdDown) < 0)
                .ifPresent(longest -> problems.error(
                        longest.at(),
                        longest.path(),
                        "shorter than the hold-down, " + Durations.shown(holdDown),
                        "repeated losses only ever lengthen it"));
    }

    static void check(TunnelView tunnel, ProblemSink problems) {
        Optional<Located<InetAddress>> remote = tunnel.own(ConfigKeys.OUTSIDE, ConfigKeys.OUTSIDE_REMOTE);
        remote.filter(address -> address.value().isAnyLocalAddress())
                .ifPresent(any -> checkAnyPeer(tunnel, any, problems));
        if (ModelBuilder.localIdentity(tunnel).isEmpty()) {
            problems.error(
                    tunnel.at(),
                    tunnel.tunnel().path() + ".identity.local",
                    "missing while the address to send from is not fixed",
                    "give the public address that AWS knows as the customer gateway");
        }
        checkBindFamily(tunnel, problems);
    }

    private static void checkAnyPeer(TunnelView tunnel, Located<InetAddress> any, ProblemSink problems) {
        boolean responds = tunnel.find(ConfigKeys.STARTUP)
                .map(startup -> startup.value() == Startup.RESPOND)
                .orElse(false);
        if (!responds) {
            problems.error(any.at(), any.path(), "'any' has nobody to call", "it goes with 'startup: respond' only");
        }
        if (tunnel.own(ConfigKeys.IDENTITY, ConfigKeys.REMOTE_IDENTITY).isEmpty()) {
            problems.error(
                    tunnel.at(),
                    tunnel.tunnel().path() + ".identity.remote",
                    "missing while the peer may have any address");
        }
    }

    private static void checkBindFamily(TunnelView tunnel, ProblemSink problems) {
        if (!(ModelBuilder.bind(tunnel) instanceof BindAddress.Fixed(InetAddress own))) {
            return;
        }
        tunnel.own(ConfigKeys.OUTSIDE, ConfigKeys.OUTSIDE_REMOTE)
                .filter(remote -> !remote.value().isAnyLocalAddress()
                        && remote.value().getAddress().length != own.getAddress().length)
                .ifPresent(remote -> problems.error(
                        remote.at(),
                        remote.path(),
                        "one of " + own.getHostAddress() + " and "
                                + remote.value().getHostAddress() + " is IPv4, the other IPv6"));
    }
}
