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
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds the connections of a gateway, at its start and while it runs, changes them and takes them apart. Keeper thread, but
 * for what is named otherwise.
 */
final class ConnectionAssembly {
    private final Parts parts;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Built> built = new HashMap<>();

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

    /** What stands of a connection. */
    private record Built(DataPlane dataPlane, DataPlaneNews news) {}

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
        DataPlaneNews news = new DataPlaneNews(connection, parts.ike, parts.control, parts.mtu, parts.host);
        DataPlane dataPlane = parts.io.openConnection(draft.config().device(), Plans.connection(draft.config()), news);
        built.put(connection, new Built(dataPlane, news));
        onLoop(() -> {
            parts.control.add(draft.config(), dataPlane, tunnel -> draft.outside(tunnel.number()), memory(connection));
            parts.mtu.add(draft.config(), dataPlane, device(draft));
            draft.config().tunnels().forEach(tunnel -> parts.ike.add(peer(draft, tunnel)));
            return true;
        });
    }

    /** Takes a connection's packet path and device away; the control plane has forgotten it. */
    void close(String connection) {
        Built gone = built.remove(connection);
        if (gone != null) {
            onLoop(() -> {
                gone.news().end();
                return true;
            });
            parts.io.closeConnection(gone.dataPlane());
        }
    }

    /** The packet path of a connection. */
    DataPlane dataPlane(String connection) {
        return Objects.requireNonNull(built.get(connection), connection).dataPlane();
    }

    /** Sets the MTU of a connection's device; for the control loop. */
    IntConsumer device(ConnectionDraft draft) {
        return octets -> parts.host.resize(draft.routes().withMtu(octets));
    }

    /** Lets a peer go on under the draft's policy, without touching its SAs; control loop. */
    void revisePeer(ConnectionDraft draft, TunnelConfig tunnel) {
        IkePeerMachine machine = machine(draft.policy(tunnel.number()));
        parts.ike.revise(peer(draft, tunnel), before -> MachinePeerDriver.over(before, machine));
    }

    /** Puts a new peer in the place of one that has said farewell; control loop. */
    void replacePeer(ConnectionDraft draft, TunnelConfig tunnel) {
        parts.ike.replace(peer(draft, tunnel));
    }

    private IkePeerPlan peer(ConnectionDraft draft, TunnelConfig tunnel) {
        IkePolicy policy = draft.policy(tunnel.number());
        TunnelName name = new TunnelName(draft.config().name(), tunnel.number());
        return new IkePeerPlan(
                name,
                policy.local().address(),
                policy.remote().address(),
                dataPlane(draft.config().name()),
                () -> new MachinePeerDriver(machine(policy)),
                parts.region == null ? PeerMemory.NONE : parts.region.peer(name));
    }

    private IkePeerMachine machine(IkePolicy policy) {
        return new IkePeerMachine(new IkeContext(random::nextBytes, parts.spis::isFree), policy);
    }

    private ConnectionMemory memory(String connection) {
        return parts.region == null ? ConnectionMemory.NONE : parts.region.connection(connection);
    }

    private <T> T onLoop(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, parts.loop).join();
    }
}
