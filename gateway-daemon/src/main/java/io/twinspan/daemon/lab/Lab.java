package io.twinspan.daemon.lab;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.control.ConnectionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A running lab: topology, AWS side, gateway, hosts and a capture. Built by {@link #start}, ended by {@link #close}, which
 * leaves nothing behind.
 */
public final class Lab implements AutoCloseable {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final long POLL_MILLIS = 20;

    private final LabOptions options;
    private final Path folder;
    private final LabTopology topology;
    private final AwsSide aws;
    private final GatewayLauncher.RunningGateway gateway;
    private final @Nullable PlaintextTap tap;
    private final @Nullable LabLink link;
    private final List<EchoServer> servers;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Lab(
            LabOptions options,
            GatewayLauncher launcher,
            Path folder,
            LabTopology topology,
            @Nullable PlaintextTap tap) {
        this.options = options;
        this.folder = folder;
        this.topology = topology;
        this.tap = tap;
        this.link = startLink(options, topology);
        this.servers = List.of(EchoServer.start(topology.hostA()), EchoServer.start(topology.vpc()));
        AwsConnectionFile connection = AwsConnectionFile.forLab(new SecureRandom());
        this.aws = options.peer() == LabOptions.Peer.STRONGSWAN
                ? StrongSwanAwsSide.start(topology, connection, folder)
                : TwinspanAwsSide.start(launcher, topology, connection, folder);
        Path file = LabImport.run(connection, folder);
        this.gateway = topology.gateway().call(() -> launcher.start(file, options.socket()));
    }

    /** Builds everything and starts both sides; the tunnels come up by themselves. */
    public static Lab start(LabOptions options, GatewayLauncher launcher) {
        if (!Files.isReadable(TUN) || !Files.isWritable(TUN)) {
            throw new LabException(
                    TUN + (Files.exists(TUN) ? " is not open to this user" : " does not exist")
                            + ": run the lab as root"
                            + (Files.exists(TUN)
                                    ? ", or let users in with 'chmod 0666 " + TUN + "'"
                                    : ", after 'modprobe tun'"),
                    null);
        }
        Path folder = LabFiles.temporaryFolder();
        LabTopology topology = null;
        PlaintextTap tap = null;
        try {
            topology = new LabTopology(options.nat(), options.peer() == LabOptions.Peer.STRONGSWAN);
            tap = startTap(topology, folder);
            return new Lab(options, launcher, folder, topology, tap);
        } catch (RuntimeException e) {
            if (tap != null) {
                tap.close();
            }
            if (topology != null) {
                topology.close();
            }
            LabFiles.delete(folder);
            throw e;
        }
    }

    private static @Nullable LabLink startLink(LabOptions options, LabTopology topology) {
        if (options.link().equals(LinkImpairment.NONE)) {
            return null;
        }
        LabLink link = LabLink.start(topology, new SecureRandom().nextLong());
        link.impairAll(options.link());
        return link;
    }

    /** Without libpcap the lab still teaches; its check says what it could not watch. */
    private static @Nullable PlaintextTap startTap(LabTopology topology, Path folder) {
        List<IpPrefix> prefixes =
                List.of(IpPrefix.parse(LabTopology.ON_PREM_PREFIX), IpPrefix.parse(LabTopology.VPC_PREFIX));
        try {
            return PlaintextTap.start(
                    topology.internet(), topology.tapDevice(), prefixes, folder.resolve("outside.pcap"));
        } catch (LabException _) {
            return null;
        }
    }

    /** What it was built from. */
    public LabOptions options() {
        return options;
    }

    /** The network. */
    public LabTopology topology() {
        return topology;
    }

    /** Who plays AWS. */
    public String awsDescription() {
        return aws.description();
    }

    /** The capture of the outside; empty where libpcap is not installed. */
    public Optional<PlaintextTap> tap() {
        return Optional.ofNullable(tap);
    }

    /** Where the lab's files are: the AWS file, the imported configuration, the capture. */
    public Path folder() {
        return folder;
    }

    /** The gateway's state of its one connection. */
    public ConnectionStatus status() {
        return gateway.api().status().join().connections().getFirst();
    }

    /**
     * Waits until the connection is as wanted.
     *
     * @throws LabException where it is not within the time, with the state it is in
     */
    public ConnectionStatus await(String what, long seconds, Predicate<ConnectionStatus> wanted) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ConnectionStatus status = status();
        while (!wanted.test(status)) {
            if (System.nanoTime() - deadline > 0) {
                throw new LabException(
                        "not " + what + " within " + seconds + " s: " + describe(status) + aws.description(), null);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            status = status();
        }
        return status;
    }

    /**
     * Serves the gateway's API on TCP too, in the network namespace of the calling thread.
     *
     * @throws RuntimeException where the address cannot be had
     */
    public void listen(ApiConfig.Listener listener) {
        gateway.listen(listener);
    }

    /** Cuts one tunnel's path without a word. */
    public void cut(int tunnel) {
        topology.cut(tunnel);
        aws.endpointLost(tunnel);
    }

    private static String describe(ConnectionStatus status) {
        StringBuilder text = new StringBuilder("connection " + status.state().label());
        status.tunnels()
                .forEach(tunnel -> text.append(", tunnel ")
                        .append(tunnel.number())
                        .append(' ')
                        .append(tunnel.state().label())
                        .append(" (")
                        .append(tunnel.stateReason())
                        .append(')'));
        return text.append("; AWS side: ").toString();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        gateway.close();
        aws.close();
        servers.forEach(EchoServer::close);
        if (link != null) {
            link.close();
        }
        if (tap != null) {
            tap.close();
        }
        topology.close();
        LabFiles.delete(folder);
    }
}
