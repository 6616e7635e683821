package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.dataplane.ProbeKind;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.ike.TunnelName;
import java.net.InetAddress;

/** Passes one connection's news from the data loops on to those whom they concern. Control loop only. */
public final class DataPlaneNews implements DataPlaneListener {
    private final String connection;
    private final IkeSaManager ike;
    private final ControlPlane control;
    private final MtuControl mtu;
    private final IcmpSender icmp;
    private boolean ended;

    /** For one connection. */
    public DataPlaneNews(String connection, IkeSaManager ike, ControlPlane control, MtuControl mtu, IcmpSender icmp) {
        this.connection = connection;
        this.ike = ike;
        this.control = control;
        this.mtu = mtu;
        this.icmp = icmp;
    }

    /** The connection is gone: what its data loops still have to say concerns nobody. */
    public void end() {
        ended = true;
    }

    @Override
    public void firstAuthenticated(int tunnel, int inboundSpi, long atNanos) {
        if (ended) {
            return;
        }
        control.pathConfirmed(name(tunnel));
    }

    @Override
    public void probeSent(ProbeKind kind, int sequence, int tunnel, long atNanos) {
        if (ended) {
            return;
        }
        switch (kind) {
            case HEALTH -> control.probeSent(connection, sequence, tunnel == DataPlane.NO_TUNNEL, atNanos);
            case DRILL -> control.connection(connection).ifPresent(it -> it.drillProbeSent(sequence, tunnel, atNanos));
            case PING -> control.pings().sent(sequence, tunnel);
            case MTU -> {}
        }
    }

    @Override
    public void probeAnswered(ProbeKind kind, int sequence, int tunnel, int innerOctets, long sentNanos, long atNanos) {
        if (ended) {
            return;
        }
        switch (kind) {
            // An answer through the other tunnel proves the other tunnel.
            case HEALTH -> {
                if (tunnel == PathWatch.tunnelOf(sequence)) {
                    control.probeAnswered(connection, sequence, sentNanos, atNanos);
                }
            }
            case DRILL ->
                control.connection(connection)
                        .ifPresent(it -> it.drillProbeAnswered(sequence, tunnel, sentNanos, atNanos));
            case PING -> control.pings().answered(sequence, tunnel, innerOctets, atNanos - sentNanos);
            case MTU -> mtu.onAnswer(name(tunnel), sequence, innerOctets, atNanos - sentNanos);
        }
    }

    @Override
    public void firstForwarded(int tunnel, long atNanos) {
        if (ended) {
            return;
        }
        control.firstForwarded(connection, atNanos);
    }

    @Override
    public void nearlyExhausted(int tunnel, int inboundSpi) {
        if (ended) {
            return;
        }
        ike.deliver(name(tunnel), new IkeEvent.ChildNearlyExhausted(inboundSpi));
    }

    @Override
    public void peerMoved(int tunnel, int inboundSpi, Endpoint remote) {
        if (ended) {
            return;
        }
        ike.deliver(name(tunnel), new IkeEvent.PeerMoved(inboundSpi, remote));
    }

    @Override
    public void unknownSpi(Endpoint local, Endpoint remote, int spi) {
        ike.unknownSpi(local, remote, spi);
    }

    @Override
    public void tooBig(int tunnel, InetAddress sender, byte[] message) {
        if (icmp.send(sender, message) && !ended) {
            control.toldTooBig(name(tunnel));
        }
    }

    @Override
    public void deviceLost(String device, String reason) {
        if (ended) {
            return;
        }
        control.deviceLost(connection, device, reason);
        // Nothing that the peer still sent could be delivered: it is told to use another way.
        control.connection(connection)
                .ifPresent(it -> it.tunnels()
                        .forEach(tunnel -> ike.deliver(tunnel.name(), new IkeEvent.Close("the device is gone"))));
    }

    /** Port: sends ICMP from this host's own address. */
    @FunctionalInterface
    public interface IcmpSender {
        /** Sends a whole message, from its type on; false where the kernel did not take it. */
        boolean send(InetAddress receiver, byte[] message);
    }

    private TunnelName name(int tunnel) {
        return new TunnelName(connection, tunnel);
    }
}
