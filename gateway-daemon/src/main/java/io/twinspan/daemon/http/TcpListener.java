package io.twinspan.daemon.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslHandler;
import io.twinspan.config.model.ApiConfig.Listener;
import io.twinspan.config.model.ApiConfig.Tls;
import io.twinspan.daemon.access.CertificateAccess;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.HostRule;
import io.twinspan.daemon.access.RequestBudget;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The TCP side of the API. Its connections live on the admin loop. */
final class TcpListener implements AutoCloseable {
    /** Beginning of a cookie's name that browsers take from this very host over TLS only (RFC 6265bis). */
    static final String SECURE_PREFIX = "__Host-";

    /** Clients of one peer, unless it is this machine; of IPv6 a network is one peer. */
    static final int MAX_CLIENTS_OF_ONE = 24;

    private static final int DEAD_CLIENT_MILLIS = 30_000;

    private final Listener config;
    private final ListenerFiles files;
    private final ApiGate gate;
    private final ChannelGroup clients;
    private final CertificateAccess certificates;
    private final HostRule hosts;
    private @Nullable Channel channel;
    private volatile String cookie = "";

    private TcpListener(Listener config, ListenerFiles files, ApiGate gate, ChannelGroup clients) {
        this.config = config;
        this.files = files;
        this.gate = gate;
        this.clients = clients;
        Tls tls = config.tls();
        certificates = new CertificateAccess(tls == null ? List.of() : tls.clients());
        hosts = new HostRule(Set.copyOf(config.hosts()));
    }

    /**
     * Listens. The socket belongs to the network namespace of the calling thread, whatever thread serves it.
     *
     * @throws IOException where the address cannot be had
     */
    static TcpListener open(Listener config, ListenerFiles files, ApiGate gate, EventLoop loop) throws IOException {
        TcpListener listener = new TcpListener(config, files, gate, new DefaultChannelGroup(loop));
        try {
            listener.bind(loop);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Netty throws the cause itself, which its signature does not tell.
            throw e instanceof IOException io ? io : new IOException(e);
        }
        return listener;
    }

    private void bind(EventLoop loop) {
        Channel bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ClientPipeline.WATER_MARK)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(EpollChannelOption.TCP_USER_TIMEOUT, DEAD_CLIENT_MILLIS)
                .childHandler(new ChannelInitializer<EpollSocketChannel>() {
                    @Override
                    protected void initChannel(EpollSocketChannel client) {
                        admit(client);
                    }
                })
                .bind(new InetSocketAddress(config.address(), config.port()))
                .syncUninterruptibly()
                .channel();
        channel = bound;
        String name = "twinspan-" + address().getPort();
        cookie = config.tls() == null ? name : SECURE_PREFIX + name;
    }

    /** Where it listens, with the port that it got. */
    InetSocketAddress address() {
        Channel bound = channel;
        if (bound == null) {
            throw new IllegalStateException("not bound");
        }
        return (InetSocketAddress) bound.localAddress();
    }

    /** Where a browser finds the dashboard; ends with a slash. */
    String url() {
        InetSocketAddress address = address();
        String scheme = config.tls() == null ? "http" : "https";
        boolean local = config.address().isLoopbackAddress() || config.hosts().isEmpty();
        String host = local ? literal(config.address()) : config.hosts().getFirst();
        return scheme + "://" + host + ":" + address.getPort() + "/";
    }

    private static String literal(InetAddress address) {
        InetAddress shown = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        return shown instanceof Inet6Address ? "[" + shown.getHostAddress() + "]" : shown.getHostAddress();
    }

    private void admit(EpollSocketChannel client) {
        InetAddress peer = client.remoteAddress().getAddress();
        if (clients.size() >= ApiServer.MAX_CLIENTS
                || isCrowd(peer, clients.stream().map(Channel::remoteAddress))) {
            var _ = client.close();
            return;
        }
        clients.add(client);
        ChannelPipeline pipeline = client.pipeline();
        ClientPipeline.deadline(pipeline);
        files.tls().ifPresent(tls -> pipeline.addLast(tls.newHandler(client.alloc())));
        ClientPipeline.http(pipeline, new ApiHandler(gate, this::door));
    }

    static boolean isCrowd(InetAddress peer, Stream<? extends @Nullable SocketAddress> others) {
        String key = RequestBudget.keyOf(peer);
        return !peer.isLoopbackAddress()
                && others.filter(other -> other instanceof InetSocketAddress address
                                        && key.equals(RequestBudget.keyOf(address.getAddress())))
                                .count()
                        >= MAX_CLIENTS_OF_ONE;
    }

    private Door door(Channel client) {
        InetAddress peer = ((InetSocketAddress) client.remoteAddress()).getAddress();
        InetAddress local = ((InetSocketAddress) client.localAddress()).getAddress();
        return new TcpDoor(gate.access(), hosts, cookie, peer, local, certificateOf(client));
    }

    private @Nullable Grant certificateOf(Channel client) {
        SslHandler tls = client.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            return tls.engine().getSession().getPeerPrincipal()
                            instanceof javax.security.auth.x500.X500Principal subject
                    ? certificates.grantOf(subject).orElse(null)
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Stops listening and ends every connection. */
    @Override
    public void close() {
        Channel bound = channel;
        if (bound != null) {
            bound.close().syncUninterruptibly();
        }
        clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        files.close();
    }
}
