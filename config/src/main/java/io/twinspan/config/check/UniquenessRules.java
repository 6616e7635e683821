package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.ConnectionView;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.crypto.net.IpPrefix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What may be used once only in a file: devices, AWS endpoints, inside networks, key files. */
final class UniquenessRules {
    private UniquenessRules() {}

    static void check(List<ConnectionView> connections, List<TunnelView> tunnels, ProblemSink problems) {
        Map<String, String> devices = new HashMap<>();
        for (ConnectionView connection : connections) {
            SourceLocation at = connection
                    .section()
                    .find(ConfigKeys.DEVICE_NAME)
                    .map(Located::at)
                    .orElse(connection.nameAt());
            String other = devices.putIfAbsent(connection.device(), connection.name());
            if (other != null) {
                String path = connection.section().pathOf(ConfigKeys.DEVICE_NAME);
                problems.error(at, path, "device '" + connection.device() + "' already belongs to " + other);
            }
        }
        Map<String, String> endpoints = new HashMap<>();
        Map<IpPrefix, String> networks = new HashMap<>();
        Map<String, String> files = new HashMap<>();
        for (TunnelView tunnel : tunnels) {
            checkEndpoint(tunnel, endpoints, problems);
            checkInside(tunnel, networks, problems);
            tunnel.tunnel().find(ConfigKeys.PSK_FILE).ifPresent(file -> {
                String other = files.putIfAbsent(file.value(), tunnel.label());
                if (other != null) {
                    String advice = "AWS makes one key for each tunnel";
                    problems.warn(file.at(), file.path(), "the key of " + other + " is used again", advice);
                }
            });
        }
    }

    private static void checkEndpoint(TunnelView tunnel, Map<String, String> endpoints, ProblemSink problems) {
        tunnel.own(ConfigKeys.OUTSIDE, ConfigKeys.OUTSIDE_REMOTE).ifPresent(remote -> {
            boolean any = remote.value().isAnyLocalAddress();
            String identity = tunnel.own(ConfigKeys.IDENTITY, ConfigKeys.REMOTE_IDENTITY)
                    .map(Located::value)
                    .orElse("");
            String endpoint = any
                    ? "peer '" + identity + "' at any address"
                    : "AWS endpoint " + remote.value().getHostAddress();
            // A tunnel is told apart by both its outside addresses, so one peer may be met from two addresses of ours.
            String from = tunnel.own(ConfigKeys.OUTSIDE, ConfigKeys.BIND)
                    .map(bind -> bind.value() instanceof BindAddress.Fixed(var address) ? address.getHostAddress() : "")
                    .orElse("");
            String other = endpoints.putIfAbsent(endpoint + " from " + from, tunnel.label());
            if (other != null) {
                problems.error(remote.at(), remote.path(), endpoint + " already belongs to tunnel " + other);
            }
        });
    }

    private static void checkInside(TunnelView tunnel, Map<IpPrefix, String> networks, ProblemSink problems) {
        tunnel.own(ConfigKeys.INSIDE, ConfigKeys.INSIDE_LOCAL).ifPresent(local -> {
            IpPrefix network = InsideAddressRules.networkOf(local.value());
            String other = networks.putIfAbsent(network, tunnel.label());
            if (other != null) {
                String message = "inside network " + network + " already belongs to tunnel " + other;
                problems.error(local.at(), local.path(), message);
            }
        });
    }
}
