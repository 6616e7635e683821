package io.twinspan.daemon.http;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.twinspan.config.model.ApiConfig.Listener;
import io.twinspan.config.model.ApiConfig.SocketGroups;
import io.twinspan.daemon.observe.GatewayEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens on the Unix socket, and on TCP where it is told to; owns the admin loop. */
public final class ApiServer implements AutoCloseable {
    /** Response header with the worst state of all connections. */
    public static final String STATE_HEADER = "Twinspan-State";

    /** Response header with the id of a drill. */
    public static final String DRILL_HEADER = "Twinspan-Drill";

    /** Request header by which a page shows that it is ours. */
    public static final String CSRF_HEADER = "Twinspan-Csrf";

    /** Clients of one listener served at a time; further ones are closed at once. */
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

    private final EventLoopGroup loops;
    private final UnixListener unix;
    private final ApiGate gate;
    private final TokenCheck tokens;
    private final Consumer<GatewayEvent> journal;
    private volatile @Nullable TcpListener tcp;

    private ApiServer(EventLoopGroup loops, Path socket, List<RouteGroup> groups, Access access) throws IOException {
        this.loops = loops;
        this.journal = access.journal();
        EventLoop loop = loops.next();
        tokens = new TokenCheck(access.clock(), loop);
        ApiAccess decisions = new ApiAccess(access.clock(), tokens);
        AuditTrail trail = new AuditTrail(access.journal(), access.clock());
        List<RouteGroup> all = new ArrayList<>(groups);
        all.add(new OpenApiRoutes());
        all.add(new SessionRoutes(decisions, trail, this::url));
        gate = new ApiGate(new Router(all), decisions, trail, loop);
        unix = UnixListener.open(socket, access.groups(), gate, loop);
    }

    /**
     * Who may use the Unix socket, and who hears of changes.
     *
     * @param groups whose members may use it
     * @param journal takes events from any thread
     * @param clock time and chance
     */
    record Access(SocketGroups groups, Consumer<GatewayEvent> journal, AdminClock clock) {}

    /**
     * Makes the socket and serves it until {@link #close}. A socket file that is left over is replaced: the caller holds
     * the lock that says nobody serves it. Members of the socket file's group are operators.
     *
     * @throws IOException where the socket cannot be made
     */
    public static ApiServer start(Path socket, List<RouteGroup> groups) throws IOException {
        return start(socket, groups, SocketGroups.NONE, _ -> {});
    }

    /**
     * The same with groups of one's own, and somebody who hears of changes.
     *
     * @param access whose members may use the socket
     * @param journal takes events from any thread
     * @throws IOException where the socket cannot be made, or there is no such group
     */
    public static ApiServer start(
            Path socket, List<RouteGroup> groups, SocketGroups access, Consumer<GatewayEvent> journal)
            throws IOException {
        return start(socket, groups, new Access(access, journal, AdminClock.system()));
    }

    static ApiServer start(Path socket, List<RouteGroup> groups, Access access) throws IOException {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("twinspan-admin"), EpollIoHandler.newFactory());
        try {
            return new ApiServer(loops, socket, groups, access);
        } catch (IOException | RuntimeException e) {
            stop(loops);
            throw e;
        }
    }

    /**
     * Listens on TCP too, in the network namespace of the calling thread. A listener that was there before is closed first.
     *
     * @return where it listens, with the port that it got
     * @throws IOException where a file of the listener is of no use or the address cannot be had
     */
    public InetSocketAddress listen(Listener listener) throws IOException {
        closeTcp();
        Executor loop = gate.adminLoop();
        ListenerFiles files = ListenerFiles.open(
                listener, found -> loop.execute(() -> gate.access().use(found)), journal);
        try {
            TcpListener opened = TcpListener.open(listener, files, gate, loops.next());
            tcp = opened;
            return opened.address();
        } catch (IOException | RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /** What would keep a listener from working here: its files, and its address, which is bound for a moment. */
    public static List<String> problemsOf(Listener listener) {
        List<String> problems = new ArrayList<>(ListenerFiles.problemsOf(listener));
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(listener.address(), listener.port()));
        } catch (IOException e) {
            problems.add("cannot bind: " + e.getMessage());
        }
        return problems;
    }

    /** Where a browser finds the dashboard; nothing where nobody listens on TCP. */
    public Optional<String> url() {
        return Optional.ofNullable(tcp).map(TcpListener::url);
    }

    /** Every route that is served. */
    List<Route> routes() {
        return gate.router().routes();
    }

    /** The admin loop, so that its progress can be watched. */
    public Executor loop() {
        return gate.adminLoop();
    }

    /** Ends every connection, removes the socket file and stops the admin loop; the second call does nothing. */
    @Override
    public void close() throws IOException {
        if (loops.isShuttingDown()) {
            return;
        }
        closeTcp();
        try {
            unix.close();
        } finally {
            tokens.close();
            stop(loops);
        }
    }

    private void closeTcp() {
        TcpListener open = tcp;
        if (open != null) {
            tcp = null;
            open.close();
        }
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
