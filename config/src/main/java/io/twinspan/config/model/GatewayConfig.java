package io.twinspan.config.model;

import java.util.List;

/** A whole checked configuration file; at least one connection, names unique. */
public record GatewayConfig(List<ConnectionConfig> connections) {
    public GatewayConfig {
        connections = List.copyOf(connections);
    }
}
