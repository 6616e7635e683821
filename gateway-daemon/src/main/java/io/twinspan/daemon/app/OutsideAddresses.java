package io.twinspan.daemon.app;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.routing.OutsideAddress;
import io.twinspan.daemon.routing.RouteConflictException;
import io.twinspan.daemon.sys.SyscallException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which local address each tunnel sends from. */
final class OutsideAddresses {
    private OutsideAddresses() {}

    /** The configured addresses, and for the others the source address of the host's route to the peer. */
    static Map<TunnelName, InetAddress> of(GatewayConfig config) {
        Map<TunnelName, InetAddress> result = new LinkedHashMap<>();
        for (ConnectionConfig connection : config.connections()) {
            for (TunnelConfig tunnel : connection.tunnels()) {
                TunnelName name = new TunnelName(connection.name(), tunnel.number());
                result.put(name, address(name, tunnel));
            }
        }
        return result;
    }

    /** The value of a tunnel, which must be there. */
    static <V> V find(Map<TunnelName, V> map, TunnelName name) {
        V value = map.get(name);
        if (value == null) {
            throw new IllegalStateException("tunnel " + name + " was forgotten");
        }
        return value;
    }

    private static InetAddress address(TunnelName name, TunnelConfig tunnel) {
        return switch (tunnel.bind()) {
            case BindAddress.Fixed(InetAddress address) -> address;
            case BindAddress.OfRouteToPeer() -> towards(name, tunnel.outsideRemote());
        };
    }

    private static InetAddress towards(TunnelName name, InetAddress peer) {
        try {
            return OutsideAddress.towards(peer);
        } catch (SyscallException | RouteConflictException e) {
            throw StartupException.failed(
                    "tunnel " + name + ": this host has no way to " + peer.getHostAddress() + " (" + e.getMessage()
                            + ")",
                    "check 'ip route get " + peer.getHostAddress() + "', or name the address to send from");
        }
    }
}
