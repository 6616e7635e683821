package io.twinspan.daemon.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Listens on the Unix socket; owns the admin loop. */
public final class ApiServer implements AutoCloseable {
    /** Response header with the worst state of all connections. */
    public static final String STATE_HEADER = "Twinspan-State";

    /** Response header with the id of a drill. */
    public static final String DRILL_HEADER = "Twinspan-Drill";

    /** Clients served at a time; further ones are closed at once. */
    static final int MAX_CLIENTS = 64;

    static final int MAX_REQUEST_LINE_BYTES = 1_024;
    static final int MAX_HEADER_BYTES = 4_096;
    /** A configuration of many connections fits. */
    static final int MAX_BODY_BYTES = 256 << 10;
    /**
     * What may wait for a slow reader: the whole journal, which a follower gets in one go, with room to spare. One who lets
     * more than this pile up loses the connection.
     */
    static final int MAX_WAITING_BYTES = 4 << 20;

    /** A client that has not sent its request by then is gone. */
    static final int REQUEST_SECONDS = 10;

    static final String TIMEOUT_HANDLER = "timeout";

    private static final String SOCKET_MODE = "rw-rw----";

    private final Path socket;
    private final EventLoopGroup loops;
    private final Channel listener;
    private final ChannelGroup clients;

    private ApiServer(Path socket, EventLoopGroup loops, Channel listener, ChannelGroup clients) {
        this.socket = socket;
        this.loops = loops;
        this.listener = listener;
        this.clients = clients;
    }

    /**
     * Makes the socket and serves it until {@link #close}. A socket file that is left over is replaced: the caller holds
     * the lock that says nobody serves it.
     *
     * @throws IOException where the socket cannot be made
     */
    public static ApiServer start(Path socket, List<RouteGroup> groups) throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("twinspan-admin"), EpollIoHandler.newFactory());
        try {
            Files.deleteIfExists(socket);
            ChannelGroup clients = new DefaultChannelGroup(loops.next());
            Channel listener = listen(socket, new Router(groups), loops, clients);
            return new ApiServer(socket, loops, listener, clients);
        } catch (IOException | RuntimeException e) {
            stop(loops);
            throw e;
        }
    }

    /** Binds beside the final name and moves there, so that nobody can connect before the mode is right. */
    private static Channel listen(Path socket, Router router, EventLoopGroup loops, ChannelGroup clients)
            throws IOException {
        Path unfinished = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(MAX_WAITING_BYTES / 2, MAX_WAITING_BYTES))
                .childHandler(new ClientInitializer(socket, router, clients));
        Channel listener = bootstrap
                .bind(new DomainSocketAddress(unfinished.toFile()))
                .syncUninterruptibly()
                .channel();
        try {
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString(SOCKET_MODE));
            Files.move(unfinished, socket);
        } catch (IOException e) {
            listener.close().syncUninterruptibly();
            throw e;
        }
        return listener;
    }

    /** The admin loop, so that its progress can be watched. */
    public Executor loop() {
        return loops.next();
    }

    /** Ends every connection, removes the socket file and stops the admin loop; the second call does nothing. */
    @Override
    public void close() throws IOException {
        if (loops.isShuttingDown()) {
            return;
        }
        listener.close().syncUninterruptibly();
        clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        stop(loops);
        Files.deleteIfExists(socket);
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class ClientInitializer extends ChannelInitializer<DomainSocketChannel> {
        private final Path socket;
        private final Router router;
        private final ChannelGroup clients;

        ClientInitializer(Path socket, Router router, ChannelGroup clients) {
            this.socket = socket;
            this.router = router;
            this.clients = clients;
        }

        @Override
        protected void initChannel(DomainSocketChannel channel) throws IOException {
            if (clients.size() >= MAX_CLIENTS) {
                var _ = channel.close();
                return;
            }
            clients.add(channel);
            ChannelPipeline pipeline = channel.pipeline();
            pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                    .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)));
            pipeline.addLast(TIMEOUT_HANDLER, new ReadTimeoutHandler(REQUEST_SECONDS));
            pipeline.addLast(new HttpObjectAggregator(MAX_BODY_BYTES, true));
            pipeline.addLast(new ApiHandler(router, PeerPolicy.of(socket)));
        }
    }
}
