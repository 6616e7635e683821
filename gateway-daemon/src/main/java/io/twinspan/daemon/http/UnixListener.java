package io.twinspan.daemon.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketChannel;
import io.twinspan.config.model.ApiConfig.Role;
import io.twinspan.config.model.ApiConfig.SocketGroups;
import io.twinspan.daemon.access.GroupFile;
import io.twinspan.daemon.access.SocketAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The Unix socket. Its connections live on the admin loop. */
final class UnixListener implements AutoCloseable {
    private static final Path GROUPS = Path.of("/etc/group");

    /** The file's group is the one group that is admitted, so the file's mode is a first wall. */
    private static final String GROUP_MODE = "rw-rw----";

    /** A file has one group and there may be three: then the kernel's word on the peer is the only wall. */
    private static final String OPEN_MODE = "rw-rw-rw-";

    /** Who is let in by nobody gets the answer that says so, and must not take the places of those who are. */
    static final int MAX_STRANGERS = 8;

    private final Path socket;
    private final Channel channel;
    private final ChannelGroup clients;

    private UnixListener(Path socket, Channel channel, ChannelGroup clients) {
        this.socket = socket;
        this.channel = channel;
        this.clients = clients;
    }

    /**
     * Binds beside the final name and moves there, so that nobody can connect before the mode is right.
     *
     * @throws IOException where the socket cannot be made, or there is no such group
     */
    static UnixListener open(Path socket, SocketGroups groups, ApiGate gate, EventLoop loop) throws IOException {
        Map<Integer, Role> roles = rolesOf(groups);
        Files.deleteIfExists(socket);
        Path unfinished = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        ChannelGroup clients = new DefaultChannelGroup(loop);
        int ownUid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        Initializer initializer =
                new Initializer(gate, clients, new DefaultChannelGroup(loop), new SocketAccess(ownUid, roles));
        Channel listener = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ClientPipeline.WATER_MARK)
                .childHandler(initializer)
                .bind(new DomainSocketAddress(unfinished.toFile()))
                .syncUninterruptibly()
                .channel();
        try {
            if (!groups.isGiven()) {
                initializer.access = new SocketAccess(
                        ownUid, Map.of((int) Files.getAttribute(unfinished, "unix:gid"), Role.OPERATOR));
            }
            Files.setPosixFilePermissions(
                    unfinished, PosixFilePermissions.fromString(groups.isGiven() ? OPEN_MODE : GROUP_MODE));
            Files.move(unfinished, socket);
        } catch (IOException e) {
            listener.close().syncUninterruptibly();
            throw e;
        }
        return new UnixListener(socket, listener, clients);
    }

    private static Map<Integer, Role> rolesOf(SocketGroups groups) throws IOException {
        Map<Integer, Role> roles = new HashMap<>();
        if (groups.isGiven()) {
            GroupFile file = new GroupFile(Files.readString(GROUPS, StandardCharsets.ISO_8859_1));
            add(roles, file, groups.read(), Role.VIEWER);
            add(roles, file, groups.change(), Role.OPERATOR);
            add(roles, file, groups.admin(), Role.ADMIN);
        }
        return roles;
    }

    private static void add(Map<Integer, Role> roles, GroupFile file, String name, Role role) throws IOException {
        if (!name.isEmpty()) {
            int gid = file.find(name)
                    .orElseThrow(() -> new IOException("there is no group '" + name
                            + "' in /etc/group; make it with 'groupadd --system " + name
                            + "', or give the number of a group that a directory service knows"));
            // Roles come in rising order: the same group named twice has the better one.
            roles.put(gid, role);
        }
    }

    /** Ends every connection and removes the socket file. */
    @Override
    public void close() throws IOException {
        channel.close().syncUninterruptibly();
        clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        Files.deleteIfExists(socket);
    }

    private static final class Initializer extends ChannelInitializer<DomainSocketChannel> {
        private final ApiGate gate;
        private final ChannelGroup clients;
        private final ChannelGroup strangers;
        private volatile SocketAccess access;

        Initializer(ApiGate gate, ChannelGroup clients, ChannelGroup strangers, SocketAccess access) {
            this.gate = gate;
            this.clients = clients;
            this.strangers = strangers;
            this.access = access;
        }

        @Override
        protected void initChannel(DomainSocketChannel client) {
            boolean stranger = new UnixDoor((EpollDomainSocketChannel) client, access).isStranger();
            if (clients.size() >= ApiServer.MAX_CLIENTS || (stranger && strangers.size() >= MAX_STRANGERS)) {
                var _ = client.close();
                return;
            }
            if (stranger) {
                strangers.add(client);
            }
            clients.add(client);
            ClientPipeline.deadline(client.pipeline());
            ClientPipeline.http(
                    client.pipeline(),
                    new ApiHandler(gate, channel -> new UnixDoor((EpollDomainSocketChannel) channel, access)));
        }
    }
}
