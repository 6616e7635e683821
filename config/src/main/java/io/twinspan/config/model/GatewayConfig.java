package io.twinspan.config.model;

import java.util.List;

/**
 * A whole checked configuration file.
 *
 * @param dataPlane how packets are moved
 * @param connections at least one, names unique
 */
public record GatewayConfig(DataPlaneConfig dataPlane, List<ConnectionConfig> connections) {
    public GatewayConfig {
        connections = List.copyOf(connections);
    }
}
