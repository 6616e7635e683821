package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.daemon.ike.IkeSaManager;

/** Lets tunnels come up and takes them down. Control loop only. */
final class TunnelOrders {
    private final IkeSaManager ike;

    TunnelOrders(IkeSaManager ike) {
        this.ike = ike;
    }

    void bringUp(ConnectionControl connection, TunnelControl tunnel) {
        connection.enable(tunnel);
        connect(tunnel);
    }

    void connect(TunnelControl tunnel) {
        ike.accept(tunnel.name());
        // One that only responds does not begin; it is told, so that after a "down" it answers again.
        ike.deliver(tunnel.name(), new IkeEvent.Initiate());
    }

    /** Traffic leaves before the SAs do. */
    void takeDown(ConnectionControl connection, TunnelControl tunnel, String reason) {
        connection.disable(tunnel, reason);
        close(tunnel, reason);
    }

    /** The same until {@link #bringUp}, where that is certain to come unless this process ends: the next one brings it up. */
    void takeDownForNow(ConnectionControl connection, TunnelControl tunnel, String reason) {
        connection.disableForNow(tunnel, reason);
        close(tunnel, reason);
    }

    private void close(TunnelControl tunnel, String reason) {
        ike.deliver(tunnel.name(), new IkeEvent.Close(reason));
    }
}
