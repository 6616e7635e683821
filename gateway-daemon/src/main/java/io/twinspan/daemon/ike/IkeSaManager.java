package io.twinspan.daemon.ike;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.ike.session.IkeEvent;
import io.twinspan.crypto.ike.session.IkePeerSummary;
import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.dataplane.Impairment;
import io.twinspan.daemon.loop.ControlLoop;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * All IKE peers of a gateway: finds the peer that a datagram is for and hands it over. Control loop only.
 *
 * <p>A gateway has few peers, with two or three IKE SAs each, so the peers are simply asked one after the other; no index can
 * get out of step with their states.
 */
public final class IkeSaManager implements IkeDatagramSink {
    private final ControlLoop loop;
    private final DatagramSender sender;
    private final SpiAllocator spis;
    private final IkePeerListener listener;
    private final Consumer<DatagramDrop> drops;
    private final Map<TunnelName, IkePeerHost> peers = new LinkedHashMap<>();

    /**
     * A manager without peers.
     *
     * @param drops told of each datagram that belongs to no peer
     */
    public IkeSaManager(
            ControlLoop loop,
            DatagramSender sender,
            SpiAllocator spis,
            IkePeerListener listener,
            Consumer<DatagramDrop> drops) {
        this.loop = loop;
        this.sender = sender;
        this.spis = spis;
        this.listener = listener;
        this.drops = drops;
    }

    /** Takes a peer on; it neither connects nor answers yet. */
    public void add(IkePeerPlan plan) {
        if (peers.size() >= GatewayConfig.MAX_TUNNELS) {
            throw new IllegalStateException("more than " + GatewayConfig.MAX_TUNNELS + " tunnels");
        }
        IkePeerHost host = new IkePeerHost(plan, loop, new ImpairedPath(loop, sender, drops), spis, listener);
        if (peers.putIfAbsent(plan.name(), host) != null) {
            throw new IllegalStateException("tunnel " + plan.name() + " exists twice");
        }
    }

    /**
     * Takes up what the process before kept of a peer; nothing is sent.
     *
     * @return false where the peer has to be connected anew
     */
    public boolean resume(TunnelName name) {
        return host(name).resume();
    }

    /**
     * Lets a peer go on under another policy, without touching its SAs.
     *
     * @param plan of a peer that exists, with the same addresses and data plane
     * @param revision makes the driver that takes over the state of the one before
     */
    public void revise(IkePeerPlan plan, UnaryOperator<IkePeerDriver> revision) {
        host(plan.name()).revise(plan, revision);
    }

    /**
     * Takes a peer in the place of one that exists and has said farewell: what SAs are left are forgotten without a word. It
     * neither connects nor answers yet.
     */
    public void replace(IkePeerPlan plan) {
        remove(plan.name());
        add(plan);
    }

    /** Forgets a peer and its SAs without a word; one that does not exist changes nothing. */
    public void remove(TunnelName name) {
        IkePeerHost host = peers.remove(name);
        if (host != null) {
            host.end();
        }
    }

    /** From now on this peer may connect to us. */
    public void accept(TunnelName name) {
        host(name).accept();
    }

    /** Gives an event to a peer's machine. */
    public void deliver(TunnelName name, IkeEvent event) {
        host(name).deliver(event);
    }

    /** Makes the outside path of a peer's IKE worse than it is, for a drill. */
    public void impair(TunnelName name, Impairment impairment) {
        host(name).impair(impairment);
    }

    /** What a status display shows of a peer. */
    public IkePeerSummary summary(TunnelName name) {
        return host(name).summary();
    }

    /** Copies of the keys of a peer's ESP SAs, for an admin who reads a capture. */
    public List<EspSaKeys> keys(TunnelName name) {
        return host(name).keys();
    }

    @Override
    public void onDatagram(Endpoint local, Endpoint remote, byte[] message) {
        if (message.length < IkeHeaderPeek.HEADER_BYTES) {
            drops.accept(new DatagramDrop(DatagramDrop.Reason.IKE_TOO_SHORT, remote, message.length));
            return;
        }
        IkeHeaderPeek header = IkeHeaderPeek.of(message);
        Optional<IkePeerHost> owner = header.ourSpi() == 0 ? Optional.empty() : bySpi(header.ourSpi());
        Optional<IkePeerHost> peer = owner.or(() -> byAddresses(local.address(), remote.address()));
        if (peer.isEmpty()) {
            drops.accept(new DatagramDrop(DatagramDrop.Reason.IKE_UNKNOWN_PEER, remote, message.length));
        } else if (owner.isEmpty() && !peer.orElseThrow().isAccepting()) {
            drops.accept(new DatagramDrop(DatagramDrop.Reason.IKE_TUNNEL_DISABLED, remote, message.length));
        } else {
            peer.orElseThrow().receive(local, remote, message);
        }
    }

    /** ESP with an unknown SPI came from this address: tells the peer that lives there, if one does. */
    public void unknownSpi(Endpoint local, Endpoint remote, int spi) {
        byAddresses(local.address(), remote.address())
                .ifPresent(peer -> peer.deliver(new IkeEvent.UnknownSpiReceived(spi)));
    }

    private Optional<IkePeerHost> bySpi(long spi) {
        return peers.values().stream()
                .filter(peer -> peer.localSpis().contains(spi))
                .findFirst();
    }

    /** The peer configured at this address, else one that may be anywhere. */
    private Optional<IkePeerHost> byAddresses(InetAddress local, InetAddress remote) {
        return at(local, peer -> peer.plan().remote().equals(remote))
                .or(() -> at(local, peer -> peer.plan().remote().isAnyLocalAddress()));
    }

    private Optional<IkePeerHost> at(InetAddress local, Predicate<IkePeerHost> remoteMatches) {
        Stream<IkePeerHost> here =
                peers.values().stream().filter(peer -> peer.plan().local().equals(local));
        return here.filter(remoteMatches).findFirst();
    }

    private IkePeerHost host(TunnelName name) {
        IkePeerHost host = peers.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no tunnel " + name);
        }
        return host;
    }
}
