package io.twinspan.config.model;

import java.util.List;

/**
 * A whole checked configuration file.
 *
 * @param dataPlane how packets are moved
 * @param api who may talk to the gateway
 * @param metrics where they are sent to
 * @param connections at least one, names unique, no more than {@link #MAX_TUNNELS} tunnels together
 */
public record GatewayConfig(
        DataPlaneConfig dataPlane, ApiConfig api, MetricsConfig metrics, List<ConnectionConfig> connections) {
    /** Tunnels of one gateway: peers are looked for one after the other, which must stay cheap when strangers knock. */
    public static final int MAX_TUNNELS = 512;

    public GatewayConfig {
        connections = List.copyOf(connections);
    }
}
