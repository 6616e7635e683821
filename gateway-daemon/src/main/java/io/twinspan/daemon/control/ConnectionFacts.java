package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import java.util.List;
import java.util.Map;

/**
 * What diagnosis needs to know of a connection beside its {@link ConnectionStatus}.
 *
 * @param config as running; holds keys, so it must not be shown
 * @param carrying the tunnels that carry the protected prefixes, in the data plane's order
 * @param deviceMtuBytes MTU of the TUN device
 * @param flowMtuBytes inner MTU to which TCP is kept
 * @param uplinkMtuBytes outer MTU in use, by tunnel
 */
public record ConnectionFacts(
        ConnectionConfig config,
        List<Integer> carrying,
        int deviceMtuBytes,
        int flowMtuBytes,
        Map<Integer, Integer> uplinkMtuBytes) {
    public ConnectionFacts {
        carrying = List.copyOf(carrying);
        uplinkMtuBytes = Map.copyOf(uplinkMtuBytes);
    }
}
