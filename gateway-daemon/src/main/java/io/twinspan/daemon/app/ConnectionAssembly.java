package io.twinspan.daemon.app;

import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.ike.session.IkeContext;
import io.twinspan.crypto.ike.session.IkePeerMachine;
import io.twinspan.crypto.ike.session.IkePolicy;
import io.twinspan.daemon.control.ConnectionMemory;
import io.twinspan.daemon.control.ControlPlane;
import io.twinspan.daemon.control.DataPlaneNews;
import io.twinspan.daemon.control.MtuControl;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.ike.IkePeerPlan;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.MachinePeerDriver;
import io.twinspan.daemon.ike.PeerMemory;
import io.twinspan.daemon.ike.SpiAllocator;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.io.GatewayIo;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.resume.StateRegion;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the connections of a gateway, at its start and while it runs. Keeper thread. */
final class ConnectionAssembly {
    private final Parts parts;
    private final SecureRandom random = new SecureRandom();

    /**
     * What every connection is made part of.
     *
     * @param region what outlives the process; null for nothing
     */
    record Parts(
            ControlLoop loop,
            GatewayIo io,
            ControlPlane control,
            IkeSaManager ike,
            SpiAllocator spis,
            MtuControl mtu,
            HostNetwork host,
            @Nullable StateRegion region) {}

    ConnectionAssembly(Parts parts) {
        this.parts = parts;
    }

    /** Opens the sockets that the tunnels of a connection send from; those that are open already stay as they are. */
    void openOutside(ConnectionDraft draft) {
        draft.outside().values().forEach(address -> parts.io.openOutside(address, parts.ike));
    }

    /** Makes the connection's device, packet path and peers. It neither connects nor answers, and has no route yet. */
    void open(ConnectionDraft draft) {
        String connection = draft.config().name();
        DataPlane dataPlane = parts.io.openConnection(
                draft.config().device(),
                Plans.connection(draft.config()),
                new DataPlaneNews(connection, parts.ike, parts.control, parts.mtu, parts.host));
        onLoop(() -> {
            parts.control.add(draft.config(), dataPlane, tunnel -> draft.outside(tunnel.number()), memory(connection));
            parts.mtu.add(
                    draft.config(),
                    dataPlane,
                    octets -> parts.host.resize(draft.routes().withMtu(octets)));
            draft.config().tunnels().forEach(tunnel -> addPeer(draft, tunnel, dataPlane));
            return true;
        });
    }

    private void addPeer(ConnectionDraft draft, TunnelConfig tunnel, DataPlane dataPlane) {
        IkePolicy policy = draft.policy(tunnel.number());
        IkeContext context = new IkeContext(random::nextBytes, parts.spis::isFree);
        TunnelName name = new TunnelName(draft.config().name(), tunnel.number());
        parts.ike.add(new IkePeerPlan(
                name,
                policy.local().address(),
                policy.remote().address(),
                dataPlane,
                () -> new MachinePeerDriver(new IkePeerMachine(context, policy)),
                parts.region == null ? PeerMemory.NONE : parts.region.peer(name)));
    }

    private ConnectionMemory memory(String connection) {
        return parts.region == null ? ConnectionMemory.NONE : parts.region.connection(connection);
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, parts.loop).join();
    }
}
