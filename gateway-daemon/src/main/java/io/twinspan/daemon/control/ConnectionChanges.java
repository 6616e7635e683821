package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.failover.TunnelStanding;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthVerdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/** What a reload asks of connections that run, and does to them. Control loop only. */
public final class ConnectionChanges {
    private final ControlPlane control;
    private final IkeSaManager ike;
    private final MtuControl mtu;
    private final TunnelOrders orders;

    /** Over the parts that know the connections. */
    public ConnectionChanges(ControlPlane control, IkeSaManager ike, MtuControl mtu) {
        this.control = control;
        this.ike = ike;
        this.mtu = mtu;
        this.orders = new TunnelOrders(ike);
    }

    /** Tunnels that carry a connection's traffic. */
    public List<Integer> carrying(String connection) {
        return control.connection(connection)
                .map(it -> it.failover().carrying())
                .orElse(List.of());
    }

    /** Tunnels of a connection over which packets arrive. */
    public Set<Integer> up(String connection) {
        Set<Integer> result = new TreeSet<>();
        control.connection(connection)
                .ifPresent(it -> it.tunnels().stream()
                        .filter(tunnel -> tunnel.health().verdict() != HealthVerdict.DOWN)
                        .forEach(tunnel -> result.add(tunnel.name().number())));
        return result;
    }

    /** Why a tunnel is as it is, for people. */
    public String reason(TunnelName name) {
        return find(name).map(it -> it.health().reason()).orElse("it does not exist");
    }

    /** Another tunnel that would take the traffic over at once; {@code NO_TUNNEL} where there is none. */
    public int spare(TunnelName name) {
        return control.connection(name.connection())
                .flatMap(it -> it.failover().standings().entrySet().stream()
                        .filter(standing -> standing.getKey() != name.number())
                        .filter(standing -> standing.getValue() instanceof TunnelStanding.Ready)
                        .map(standing -> standing.getKey())
                        .findFirst())
                .orElse(FailoverState.NO_TUNNEL);
    }

    /** True where the peer of a tunnel has no SA left. */
    public boolean isQuiet(TunnelName name) {
        IkePeerSummary summary = ike.summary(name);
        return summary.ikeSas().isEmpty() && summary.phase() != IkePeerSummary.Phase.CLOSING;
    }

    /** Deletes a tunnel's SAs and keeps it down until {@link #start}; the next process brings up what is wanted then. */
    public void takeDown(TunnelName name, String reason) {
        control.connection(name.connection())
                .ifPresent(connection -> connection
                        .tunnel(name.number())
                        .ifPresent(tunnel -> orders.takeDownForNow(connection, tunnel, reason)));
    }

    /** Lets a tunnel come up where its configuration enables it. */
    public void start(TunnelName name) {
        control.connection(name.connection())
                .ifPresent(connection -> connection
                        .tunnel(name.number())
                        .filter(tunnel -> tunnel.config().enabled())
                        .ifPresent(tunnel -> orders.bringUp(connection, tunnel)));
    }

    /** Moves a connection's traffic to a tunnel until {@link #moveBack}, and runs {@code done} when it has moved. */
    public void moveTo(TunnelName name, Runnable done) {
        control.connection(name.connection())
                .ifPresentOrElse(it -> it.switchForNow(name.number(), (_, _) -> done.run()), done);
    }

    /** After {@link #moveTo}: where an operator had chosen a tunnel, that one, else the policy's. */
    public void moveBack(String connection) {
        control.connection(connection).ifPresent(ConnectionControl::switchBack);
    }

    /**
     * Takes other settings of a connection, its device, networks and tunnels being the same; nothing is interrupted.
     *
     * @param device told the MTU that the TUN device is to have
     */
    public void revise(ConnectionConfig after, IntConsumer device) {
        control.connection(after.name()).ifPresent(connection -> {
            ConnectionConfig before = connection.config();
            connection.revise(after);
            mtu.revise(before, after, device);
        });
    }

    /** A tunnel that was taken down has another peer from now on, reached from this address. */
    public void renewed(TunnelName name, InetAddress outsideLocal) {
        control.connection(name.connection())
                .ifPresent(connection -> connection.tunnel(name.number()).ifPresent(tunnel -> {
                    tunnel.revise(tunnel.config(), outsideLocal);
                    connection.renewed(tunnel);
                }));
    }

    /** Forgets a connection, whose tunnels were taken down. */
    public void remove(String name) {
        control.connection(name).ifPresent(connection -> {
            connection.tunnels().forEach(tunnel -> ike.remove(tunnel.name()));
            mtu.remove(connection.config());
            control.remove(name);
        });
    }

    private Optional<TunnelControl> find(TunnelName name) {
        return control.connection(name.connection()).flatMap(it -> it.tunnel(name.number()));
    }
}
