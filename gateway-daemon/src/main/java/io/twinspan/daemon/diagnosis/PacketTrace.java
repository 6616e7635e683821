package io.twinspan.daemon.diagnosis;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.crypto.ike.session.IkePeerSummary.ChildSaSummary;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.control.ConnectionStatus;
import io.twinspan.daemon.control.TunnelStatus;
import io.twinspan.daemon.dataplane.PathForecast;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What would become of a packet, step by step.
 *
 * @param verdict in one word
 * @param steps label and text, in the order of the packet's way
 * @param connection whose device it enters; empty for none
 * @param passage what the data plane would do; null where the packet never gets there
 */
public record PacketTrace(
        Verdict verdict,
        List<Step> steps,
        String connection,
        @Nullable Passage passage) {
    private static final int SECONDS_PER_MINUTE = 60;

    public PacketTrace {
        steps = List.copyOf(steps);
    }

    /** How it ends. */
    public enum Verdict {
        /** Sealed and sent, in one piece or several. */
        SENT,
        /** Refused or dropped, before or in the tunnel. */
        REFUSED,
        /** It goes somewhere else than into a tunnel. */
        ELSEWHERE;

        /** The word in output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One line. */
    public record Step(String label, String text) {}

    /** A packet that enters no tunnel's device. */
    public static PacketTrace outside(TraceQuery query, RouteAnswer route, List<ConnectionConfig> configs) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("route", text(route)));
        Optional<ConnectionConfig> owner = configs.stream()
                .filter(it -> it.remotePrefixes().stream().anyMatch(prefix -> prefix.contains(query.destination())))
                .findFirst();
        steps.add(new Step(
                "policy",
                owner.map(it -> "protected by connection " + it.name())
                        .orElse("in no protected network of any connection")));
        Verdict verdict = route instanceof RouteAnswer.Leaves || route instanceof RouteAnswer.Local
                ? Verdict.ELSEWHERE
                : Verdict.REFUSED;
        steps.add(new Step("verdict", ending(route, owner.isPresent())));
        return new PacketTrace(verdict, steps, "", null);
    }

    private static String ending(RouteAnswer route, boolean isProtected) {
        return switch (route) {
            case RouteAnswer.Leaves leaves ->
                "leaves over " + leaves.device()
                        + (isProtected
                                ? ", OUTSIDE the tunnels, although its destination is protected: see 'twinspan routes'"
                                : ", outside the tunnels");
            case RouteAnswer.Discarded discarded ->
                isProtected
                        ? "dropped by the fence of the protected network: no tunnel's device is there to take it"
                        : "dropped by a " + discarded.kind() + " route of the host";
            case RouteAnswer.Local _ -> "delivered to this host";
            case RouteAnswer.Refused _ -> "refused by the kernel before any tunnel";
        };
    }

    /**
     * A packet that enters a connection's device.
     *
     * @param forecast what the data plane says of it
     */
    public static PacketTrace through(
            TraceQuery query,
            RouteAnswer route,
            ConnectionConfig config,
            ConnectionStatus status,
            PathForecast forecast) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("route", text(route) + ", connection " + config.name()));
        steps.add(new Step("policy", policy(query, config, forecast)));
        if (!forecast.drop().equals("NOT_PROTECTED")) {
            steps.add(new Step("tunnel", tunnel(config.name(), status, forecast)));
        }
        if (forecast.sa().inboundSpi() != 0) {
            steps.add(new Step("size", size(query, forecast)));
            steps.add(new Step("SA", sa(status, forecast)));
        }
        answers(query, config).ifPresent(steps::add);
        if (forecast.sa().drill()) {
            steps.add(new Step("drill", "a drill makes this tunnel's outside path worse than it is"));
        }
        steps.add(new Step("verdict", verdict(query, forecast)));
        Verdict end = forecast.passes() ? Verdict.SENT : Verdict.REFUSED;
        return new PacketTrace(end, steps, config.name(), Passage.of(forecast));
    }

    private static String text(RouteAnswer route) {
        return switch (route) {
            case RouteAnswer.Leaves leaves ->
                leaves.prefix() + (leaves.gateway().isEmpty() ? "" : " via " + leaves.gateway()) + " dev "
                        + leaves.device() + ", " + leaves.origin() + " metric " + leaves.metric() + " (" + leaves.from()
                        + ")";
            case RouteAnswer.Discarded discarded ->
                discarded.kind() + " " + discarded.prefix() + " metric " + discarded.metric();
            case RouteAnswer.Local _ -> "an address of this host";
            case RouteAnswer.Refused(String reason) -> reason;
        };
    }

    private static String policy(TraceQuery query, ConnectionConfig config, PathForecast forecast) {
        String source = prefixOf(config.localPrefixes(), query.source());
        return switch (forecast.drop()) {
            case "NOT_PROTECTED" -> query.destination().getHostAddress() + " is in no network of 'remote'   refuse";
            case "SELECTOR_MISMATCH" ->
                source + " -> " + prefixOf(config.remotePrefixes(), query.destination())
                        + "   refuse: the SA's selectors do not cover it";
            default ->
                source + " -> "
                        + (forecast.choice() == PathForecast.Choice.INSIDE_ADDRESS
                                ? "the peer's inside address"
                                : prefixOf(config.remotePrefixes(), query.destination()))
                        + "   allow";
        };
    }

    private static String prefixOf(List<IpPrefix> prefixes, InetAddress address) {
        return prefixes.stream()
                .filter(prefix -> prefix.contains(address))
                .map(IpPrefix::toString)
                .findFirst()
                .orElse(address.getHostAddress());
    }

    private static String tunnel(String connection, ConnectionStatus status, PathForecast forecast) {
        String name = connection + "/" + forecast.tunnel();
        return switch (forecast.choice()) {
            case NONE -> "none: no tunnel of " + connection + " carries traffic now";
            case INSIDE_ADDRESS -> name + ", to which the inside address belongs";
            case ACTIVE -> name + state(status, forecast) + ", which carries all traffic";
            case FLOW -> name + state(status, forecast) + ", flow " + forecast.flow() + " of 256 over two tunnels";
        };
    }

    private static String state(ConnectionStatus status, PathForecast forecast) {
        return find(status, forecast.tunnel())
                .map(it -> " (" + it.state().label() + ")")
                .orElse("");
    }

    private static Optional<TunnelStatus> find(ConnectionStatus status, int number) {
        return status.tunnels().stream().filter(it -> it.number() == number).findFirst();
    }

    private static String size(TraceQuery query, PathForecast forecast) {
        int mtu = forecast.innerMtuBytes();
        String segment = query.protocol() == TraceQuery.Protocol.TCP
                ? "; a TCP SYN would be clamped to MSS " + forecast.mssBytes()
                : "";
        if (query.octets() <= mtu) {
            return query.octets() + " fits inner MTU " + mtu + segment;
        }
        String bit = query.isIpv6() ? ", IPv6" : query.dontFragment() ? ", DF set" : ", DF clear";
        String told = forecast.tellsSize()
                ? " and \"too big " + mtu + "\" back to " + query.source().getHostAddress()
                : "";
        return query.octets() + " > inner MTU " + mtu + bit + " -> "
                + (forecast.fragmented()
                        ? "cut into " + forecast.packets() + " fragments before encryption"
                        : "not cut")
                + told + segment;
    }

    private static String sa(ConnectionStatus status, PathForecast forecast) {
        Optional<TunnelStatus> tunnel = find(status, forecast.tunnel());
        Optional<ChildSaSummary> child = tunnel.flatMap(it -> it.childSas().stream()
                .filter(sa -> sa.inboundSpi() == forecast.sa().inboundSpi())
                .findFirst());
        String numbers = String.format(
                Locale.ROOT,
                "out 0x%08x, next sequence number %d",
                forecast.sa().outboundSpi(),
                forecast.sa().nextSequence());
        return numbers
                + child.map(sa -> ", " + sa.suite().label()
                                + (sa.path().udpEncapsulated() ? " in UDP" : " as protocol 50")
                                + " to " + sa.path().remote().address().getHostAddress() + ", rekey in "
                                + Math.max(
                                                0,
                                                tunnel.orElseThrow()
                                                        .clock()
                                                        .until(sa.rekeyNanos())
                                                        .toSeconds())
                                        / SECONDS_PER_MINUTE
                                + " min")
                        .orElse("");
    }

    /** The way back is not ours to decide, but what comes back to a foreign address is dropped. */
    private static Optional<Step> answers(TraceQuery query, ConnectionConfig config) {
        boolean known = config.localPrefixes().stream().anyMatch(it -> it.contains(query.source()))
                || config.tunnels().stream().anyMatch(it -> it.insideLocal().equals(query.source()));
        return known
                ? Optional.empty()
                : Optional.of(new Step(
                        "answers",
                        "would be dropped as FOREIGN_INNER_DESTINATION: "
                                + query.source().getHostAddress() + " is in no network of 'local'"));
    }

    private static String verdict(TraceQuery query, PathForecast forecast) {
        if (!forecast.passes()) {
            return forecast.drop().equals("TOO_BIG")
                    ? "would be refused at " + query.octets() + ", passes at " + forecast.innerMtuBytes()
                    : "would be dropped as " + forecast.drop() + ": twinspan explain " + forecast.drop();
        }
        return forecast.fragmented()
                ? "would be sent through tunnel " + forecast.tunnel() + " in " + forecast.packets() + " pieces"
                : "would be sent through tunnel " + forecast.tunnel();
    }
}
