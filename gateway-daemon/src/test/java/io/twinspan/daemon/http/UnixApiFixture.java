package io.twinspan.daemon.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The API over a real Unix socket, and a gateway in memory behind it. */
public abstract class UnixApiFixture {
    @TempDir
    protected Path folder = Path.of("");

    protected final FakeGateway gateway = new FakeGateway();
    protected Path socket = Path.of("");
    protected ApiServer server;

    @BeforeEach
    final void startServer() throws IOException {
        socket = folder.resolve("api.sock");
        server = ApiServer.start(socket, routes());
    }

    @AfterEach
    final void stopServer() throws IOException {
        server.close();
    }

    /** What is served. */
    protected List<RouteGroup> routes() {
        return GatewayRoutes.of(gateway);
    }

    final SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }
}
