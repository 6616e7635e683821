package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.liveness.HealthEvent;

/** Lets tunnels come up and takes them down. Control loop only. */
final class TunnelOrders {
    private final IkeSaManager ike;

    TunnelOrders(IkeSaManager ike) {
        this.ike = ike;
    }

    void bringUp(ConnectionControl connection, TunnelControl tunnel) {
        connection.onHealth(tunnel, new HealthEvent.Enabled());
        connect(tunnel);
    }

    void connect(TunnelControl tunnel) {
        ike.accept(tunnel.name());
        // One that only responds does not begin; it is told, so that after a "down" it answers again.
        ike.deliver(tunnel.name(), new IkeEvent.Initiate());
    }

    /** Traffic leaves before the SAs do. */
    void takeDown(ConnectionControl connection, TunnelControl tunnel, String reason) {
        connection.onHealth(tunnel, new HealthEvent.Disabled(reason));
        ike.deliver(tunnel.name(), new IkeEvent.Close(reason));
    }
}
