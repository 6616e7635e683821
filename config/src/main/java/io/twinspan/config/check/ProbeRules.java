package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.ConnectionView;
import io.twinspan.config.bind.Durations;
import io.twinspan.config.bind.Key;
import io.twinspan.config.bind.ModelBuilder;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.crypto.net.IpPrefix;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Probes: intervals that make sense together, and targets that can answer through the tunnel. */
final class ProbeRules {
    private ProbeRules() {}

    static void check(ConnectionView connection, TunnelView tunnel, ProblemSink problems) {
        notAbove(tunnel, ConfigKeys.PROBE_BURST, ConfigKeys.PROBE_ACTIVE, "while packets go out", problems);
        notAbove(tunnel, ConfigKeys.PROBE_ACTIVE, ConfigKeys.PROBE_INTERVAL, "at rest", problems);
        Optional<Located<List<Located<InetAddress>>>> targets =
                tunnel.find(ConfigKeys.PROBE_SECTION, ConfigKeys.PROBE_TARGETS);
        int count = targets.map(list -> list.value().size()).orElse(1);
        tunnel.find(ConfigKeys.PROBE_SECTION, ConfigKeys.PROBE_QUORUM)
                .filter(quorum -> quorum.value() > count)
                .ifPresent(quorum -> problems.error(
                        quorum.at(),
                        quorum.path(),
                        quorum.value() + " of " + count + (count == 1 ? " target" : " targets")
                                + " can never be dead"));
        targets.ifPresent(list -> {
            notTwice(list.value(), problems);
            list.value().forEach(target -> reachable(connection, tunnel, target, problems));
        });
    }

    /** Settings that are not given count with their defaults, so the complaint stands at the one that is. */
    private static void notAbove(
            TunnelView tunnel, Key<Duration> lower, Key<Duration> upper, String when, ProblemSink problems) {
        Duration low = ModelBuilder.probeTime(tunnel, lower);
        Duration high = ModelBuilder.probeTime(tunnel, upper);
        if (low.compareTo(high) <= 0) {
            return;
        }
        tunnel.find(ConfigKeys.PROBE_SECTION, lower)
                .or(() -> tunnel.find(ConfigKeys.PROBE_SECTION, upper))
                .ifPresent(given -> problems.error(
                        given.at(),
                        given.path(),
                        lower.name() + " " + Durations.shown(low) + " is longer than " + upper.name() + " "
                                + Durations.shown(high) + ", the one " + when));
    }

    /** One witness who is asked twice is no quorum. */
    private static void notTwice(List<Located<InetAddress>> targets, ProblemSink problems) {
        Set<InetAddress> known = new HashSet<>();
        for (Located<InetAddress> target : targets) {
            if (!known.add(target.value())) {
                problems.error(target.at(), target.path(), target.value().getHostAddress() + " is a target already");
            }
        }
    }

    /** Answers come in only from the peer's inside address and from networks behind it. */
    private static void reachable(
            ConnectionView connection, TunnelView tunnel, Located<InetAddress> target, ProblemSink problems) {
        boolean inside = tunnel.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_REMOTE)
                .map(remote -> remote.value().equals(target.value()))
                .orElse(true);
        boolean behind = connection
                .section()
                .find(ConfigKeys.REMOTE)
                .map(remote -> remote.value().stream().map(Located::value).anyMatch(prefix -> holds(prefix, target)))
                .orElse(true);
        if (!inside && !behind) {
            problems.error(
                    target.at(),
                    target.path(),
                    target.value().getHostAddress() + " is not behind tunnel " + tunnel.label(),
                    "give AWS's inside address of this tunnel, or an address in 'remote'");
        }
    }

    private static boolean holds(IpPrefix prefix, Located<InetAddress> target) {
        return prefix.address().getAddress().length == target.value().getAddress().length
                && prefix.contains(target.value());
    }
}
