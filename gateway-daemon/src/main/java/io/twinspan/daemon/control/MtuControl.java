package io.twinspan.daemon.control;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.esp.EspOverhead;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Keeps every connection's inner MTU in step with its SAs and its outside paths. Control loop only. */
public final class MtuControl implements InnerSizing {
    private final ControlLoop loop;
    private final EventJournal journal;
    private final Function<TunnelName, IkePeerSummary> peers;
    private final Map<String, ConnectionSizes> connections = new LinkedHashMap<>();

    /** @param peers the state of each tunnel's IKE peer */
    public MtuControl(ControlLoop loop, EventJournal journal, Function<TunnelName, IkePeerSummary> peers) {
        this.loop = loop;
        this.journal = journal;
        this.peers = peers;
    }

    /**
     * Takes a connection on.
     *
     * @param device told the MTU that the connection's TUN device is to have; it has the one of
     *     {@link InnerSizes#deviceMtuBytes}
     */
    public void add(ConnectionConfig config, DataPlane dataPlane, IntConsumer device) {
        connections.put(config.name(), new ConnectionSizes(config, peers, dataPlane, device, journal::record));
    }

    /** IKE said something about a tunnel, after which it may have another SA or another path. */
    public void onReport(TunnelName tunnel) {
        // The report comes from within the peer's step; its summary is that of the step before.
        loop.execute(() -> sizes(tunnel.connection()).update());
    }

    @Override
    public TunnelStatus.InnerSize of(
            ConnectionConfig connection, TunnelConfig tunnel, EspSuite suite, boolean udpEncapsulated) {
        int uplink = sizes(connection.name()).uplinkMtu(tunnel.number());
        int mtu = InnerSizes.overhead(tunnel, suite, udpEncapsulated).innerMtuBytes(uplink);
        return new TunnelStatus.InnerSize(mtu, EspOverhead.mssIpv4Bytes(mtu));
    }

    private ConnectionSizes sizes(String connection) {
        return Objects.requireNonNull(connections.get(connection), connection);
    }
}
