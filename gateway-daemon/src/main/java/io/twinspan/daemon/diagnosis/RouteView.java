package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.control.ConnectionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where one prefix goes, and why.
 *
 * @param connection whose it is
 * @param prefix a protected network, or the inside address of a peer
 * @param device where we want it
 * @param tunnels the tunnels that carry it now: {@code 1}, {@code 1 2}, or nothing
 * @param source why it is routed: {@code remote} of the configuration, or {@code inside}
 * @param metric of our route; -1 where there is none
 * @param fence true where a blackhole route stands behind it, so that it can never leave in clear
 * @param kernel what the kernel really does with it
 * @param conflict what gets in the way; empty for nothing
 */
public record RouteView(
        String connection,
        String prefix,
        String device,
        String tunnels,
        String source,
        int metric,
        boolean fence,
        String kernel,
        String conflict) {
    /**
     * The routes of some connections.
     *
     * @param routes of the main table
     */
    public static List<RouteView> of(List<ConnectionFacts> connections, List<HostFacts.HostRoute> routes) {
        List<RouteView> views = new ArrayList<>();
        for (ConnectionFacts facts : connections) {
            String carrying = facts.carrying().stream().map(String::valueOf).collect(Collectors.joining(" "));
            for (IpPrefix prefix : facts.config().remotePrefixes()) {
                views.add(view(facts, prefix, carrying, "remote", routes));
            }
            for (var tunnel : facts.config().tunnels()) {
                IpPrefix inside = IpPrefix.of(tunnel.insideRemote(), tunnel.insidePrefixLength());
                views.add(view(facts, inside, String.valueOf(tunnel.number()), "inside", routes));
            }
        }
        return views;
    }

    private static RouteView view(
            ConnectionFacts facts, IpPrefix prefix, String tunnels, String source, List<HostFacts.HostRoute> routes) {
        String device = facts.config().device();
        List<HostFacts.HostRoute> same =
                routes.stream().filter(it -> it.prefix().equals(prefix)).toList();
        Optional<HostFacts.HostRoute> ours =
                same.stream().filter(it -> it.device().equals(device)).findFirst();
        boolean fence = same.stream().anyMatch(it -> it.kind().equals("blackhole"));
        Optional<HostFacts.HostRoute> best =
                same.stream().min(java.util.Comparator.comparingInt(HostFacts.HostRoute::metric));
        return new RouteView(
                facts.config().name(),
                prefix.toString(),
                device,
                tunnels,
                source,
                ours.map(HostFacts.HostRoute::metric).orElse(-1),
                fence,
                best.map(it -> it.kind().equals("unicast") ? "dev " + it.device() : it.kind())
                        .orElse("no route"),
                conflict(prefix, device, routes, best));
    }

    private static String conflict(
            IpPrefix prefix, String device, List<HostFacts.HostRoute> routes, Optional<HostFacts.HostRoute> best) {
        if (best.isPresent()
                && best.get().kind().equals("unicast")
                && !best.get().device().equals(device)) {
            return "a better route leads over " + best.get().device();
        }
        return routes.stream()
                .filter(it -> it.kind().equals("unicast") && !it.device().equals(device))
                .filter(it -> it.prefix().length() > prefix.length()
                        && prefix.contains(it.prefix().address()))
                .findFirst()
                .map(it -> it.prefix() + " goes over " + it.device())
                .orElse("");
    }
}
