package io.twinspan.daemon.control;

import io.twinspan.crypto.net.IpPrefix;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection in a {@link GatewayStatus}.
 *
 * @param name of the connection
 * @param state for operators
 * @param activeTunnel number of the first tunnel that carries traffic, 0 for none
 * @param carrying numbers of all tunnels that carry traffic
 * @param redundant true where the loss of that tunnel would be covered now
 * @param since when the state was entered
 * @param switches the last moves of traffic, newest first, at most {@link SwitchLog#MAX_SWITCHES}
 * @param drillPassed when a drill last passed; null where none did
 * @param networks what it connects
 * @param tunnels in order of their numbers
 */
public record ConnectionStatus(
        String name,
        ConnectionState state,
        int activeTunnel,
        List<Integer> carrying,
        boolean redundant,
        Instant since,
        List<SwitchRecord> switches,
        @Nullable Instant drillPassed,
        Networks networks,
        List<TunnelStatus> tunnels) {
    public ConnectionStatus {
        carrying = List.copyOf(carrying);
        switches = List.copyOf(switches);
        tunnels = List.copyOf(tunnels);
    }

    /** The same snapshot with the tunnel of this number only. */
    ConnectionStatus onlyTunnel(int number) {
        return new ConnectionStatus(
                name,
                state,
                activeTunnel,
                carrying,
                redundant,
                since,
                switches,
                drillPassed,
                networks,
                tunnels.stream().filter(tunnel -> tunnel.number() == number).toList());
    }

    /**
     * The networks of both ends.
     *
     * @param local on-prem
     * @param remote in AWS
     */
    public record Networks(List<IpPrefix> local, List<IpPrefix> remote) {
        public Networks {
            local = List.copyOf(local);
            remote = List.copyOf(remote);
        }
    }
}
