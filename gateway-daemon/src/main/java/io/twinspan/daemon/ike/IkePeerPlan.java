package io.twinspan.daemon.ike;

import io.twinspan.daemon.dataplane.DataPlane;
import java.net.InetAddress;
import java.util.function.Supplier;

/**
 * What {@link IkeSaManager} needs to run one peer.
 *
 * @param name the tunnel
 * @param local our outside address
 * @param remote the peer's outside address; the unspecified address where it may be any
 * @param dataPlane where the peer's child SAs go
 * @param driver makes a machine in its initial state, for the start and again after a bug
 * @param memory what outlives the process
 */
public record IkePeerPlan(
        TunnelName name,
        InetAddress local,
        InetAddress remote,
        DataPlane dataPlane,
        Supplier<IkePeerDriver> driver,
        PeerMemory memory) {
    /** A peer that ends with the process. */
    public IkePeerPlan(
            TunnelName name,
            InetAddress local,
            InetAddress remote,
            DataPlane dataPlane,
            Supplier<IkePeerDriver> driver) {
        this(name, local, remote, dataPlane, driver, PeerMemory.NONE);
    }
}
