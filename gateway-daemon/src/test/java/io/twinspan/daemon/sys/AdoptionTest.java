package io.twinspan.daemon.sys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.twinspan.daemon.NamespaceRequirement;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process takes over from its predecessor, and what it refuses. */
class AdoptionTest {
    private static final int PORT = 47_621;
    private static final int BUFFER_OCTETS = 1 << 20;
    private static final long STATE_OCTETS = 1 << 20;

    private final List<Descriptor> copies = new ArrayList<>();

    @Test
    void aUdpSocketIsTakenOverWithWhatWaitsInItAndOnlyForItsOwnAddressAndPort() throws Exception {
        try (OutsideSocket old = OutsideSocket.udp(address("127.0.0.2"), PORT, BUFFER_OCTETS);
                OutsideSocket sender = OutsideSocket.udp(address("127.0.0.1"), PORT, BUFFER_OCTETS);
                SendBatch send = new SendBatch(8, 1_000);
                ReceiveBatch receive = new ReceiveBatch(8)) {
            send.add(SockAddr.of(address("127.0.0.2"), PORT), 0, new byte[100], 0, 100, 100);
            send.send(sender.descriptor());
            assertThat(OutsideSocket.adoptUdp(copy(old), address("127.0.0.3"), PORT, BUFFER_OCTETS))
                    .isEmpty();
            assertThat(OutsideSocket.adoptUdp(copy(old), address("127.0.0.2"), PORT + 1, BUFFER_OCTETS))
                    .isEmpty();
            assertThat(OutsideSocket.adoptUdp(copy(old), address("::1"), PORT, BUFFER_OCTETS))
                    .isEmpty();
            assertThat(OutsideSocket.adoptRawEsp(copy(old), address("127.0.0.2"), BUFFER_OCTETS))
                    .isEmpty();
            Optional<OutsideSocket> adopted =
                    OutsideSocket.adoptUdp(copy(old), address("127.0.0.2"), PORT, BUFFER_OCTETS);
            assertThat(adopted).isPresent();
            assertThat(receive.receive(adopted.get().descriptor())).isEqualTo(1);
        }
    }

    @Test
    void aRawSocketIsTakenOver() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                netlink.setUp(netlink.linkIndex("lo").orElseThrow());
            }
            try (OutsideSocket old = OutsideSocket.rawEsp(address("127.0.0.1"), BUFFER_OCTETS)) {
                assertThat(OutsideSocket.adoptRawEsp(copy(old), address("127.0.0.1"), BUFFER_OCTETS))
                        .isPresent();
                assertThat(OutsideSocket.adoptRawEsp(copy(old), address("127.0.0.2"), BUFFER_OCTETS))
                        .isEmpty();
                assertThat(OutsideSocket.adoptUdp(copy(old), address("127.0.0.1"), 50, BUFFER_OCTETS))
                        .isEmpty();
            }
            try (OutsideSocket old = OutsideSocket.rawEsp(address("::1"), BUFFER_OCTETS)) {
                assertThat(OutsideSocket.adoptRawEsp(copy(old), address("::1"), BUFFER_OCTETS))
                        .isPresent();
            }
        });
    }

    @Test
    void aDeviceOutlivesTheProcessThatMadeItAndIsTakenOverByItsNameAndForm() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (Rtnetlink netlink = new Rtnetlink()) {
                TunDevice old = TunDevice.open("tws0", true);
                Descriptor kept = old.descriptor().duplicate();
                int index = netlink.linkIndex("tws0").orElseThrow();
                old.close();
                assertThat(netlink.linkIndex("tws0")).hasValue(index);
                assertThat(TunDevice.adopt(kept, "tws1", true)).isEmpty();
                assertThat(TunDevice.adopt(kept, "tws0", false)).isEmpty();
                TunDevice next = TunDevice.adopt(kept, "tws0", true).orElseThrow();
                assertThat(next.hasOffloads()).isTrue();
                assertThat(next.read(new byte[100], 0, 100)).isEqualTo(-Errno.EAGAIN);
                kept.close();
                assertThat(netlink.linkIndex("tws0")).isEmpty();
            }
        });
    }

    @Test
    void aDeviceThatSomebodyDeletedIsNotTakenOver() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            try (Rtnetlink netlink = new Rtnetlink();
                    TunDevice old = TunDevice.open("tws0", false)) {
                netlink.deleteLink(netlink.linkIndex("tws0").orElseThrow());
                assertThat(TunDevice.adopt(copy(old.descriptor()), "tws0", false))
                        .isEmpty();
            }
        });
    }

    @Test
    void memoryIsSharedWithASuccessorAndNobodyCanChangeItsSize() {
        MemoryFile file = MemoryFile.create("test-state", STATE_OCTETS);
        file.memory().set(ValueLayout.JAVA_LONG, STATE_OCTETS - 8, 4711);
        int fd = file.descriptor().fd();
        assertThat(Libc.ftruncate(fd, STATE_OCTETS * 2)).isEqualTo(-Errno.EPERM);
        assertThat(Libc.ftruncate(fd, 0)).isEqualTo(-Errno.EPERM);
        assertThat(MemoryFile.adopt(copy(file.descriptor()), STATE_OCTETS * 2)).isEmpty();
        MemoryFile next =
                MemoryFile.adopt(copy(file.descriptor()), STATE_OCTETS).orElseThrow();
        assertThat(next.memory().get(ValueLayout.JAVA_LONG, STATE_OCTETS - 8)).isEqualTo(4711);
    }

    @Test
    void whatIsNoMemoryFileIsNotMapped() throws Exception {
        try (OutsideSocket socket = OutsideSocket.udp(address("127.0.0.2"), PORT, BUFFER_OCTETS)) {
            assertThat(MemoryFile.adopt(copy(socket), STATE_OCTETS)).isEmpty();
        }
    }

    @Test
    void aDatagramReachesItsReceiverWithADescriptorInIt(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("notify");
        CompletableFuture<String> received = new CompletableFuture<>();
        try (MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
                UnixDatagram sender = UnixDatagram.to(path.toString());
                OutsideSocket passed = OutsideSocket.udp(address("127.0.0.2"), PORT, BUFFER_OCTETS)) {
            assertThat(sender.offer("nobody hears".getBytes(UTF_8))).isFalse();
            new Bootstrap()
                    .group(loops)
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                            received.complete(packet.content().toString(UTF_8));
                        }
                    })
                    .bind(new DomainSocketAddress(path.toFile()))
                    .sync();
            sender.send("READY=1".getBytes(UTF_8), passed.descriptor());
            assertThat(received.get(10, TimeUnit.SECONDS)).isEqualTo("READY=1");
        }
    }

    @AfterEach
    void close() {
        copies.forEach(Descriptor::close);
    }

    private Descriptor copy(OutsideSocket socket) {
        return copy(socket.descriptor());
    }

    /** As the service manager's store keeps it. */
    private Descriptor copy(Descriptor descriptor) {
        Descriptor copy = descriptor.duplicate();
        copies.add(copy);
        return copy;
    }

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }
}
