package io.twinspan.daemon.app;

import io.twinspan.config.model.TunnelConfig;
import io.twinspan.config.model.TunnelConfig.BindAddress;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.routing.OutsideAddress;
import io.twinspan.daemon.routing.RouteConflictException;
import io.twinspan.daemon.sys.SyscallException;
import java.net.InetAddress;

/** Which local address a tunnel sends from. */
final class OutsideAddresses {
    private OutsideAddresses() {}

    /**
     * The configured address, or the source address of the host's route to the peer.
     *
     * @throws StartupException where the host has no way to the peer
     */
    static InetAddress of(TunnelName name, TunnelConfig tunnel) {
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
