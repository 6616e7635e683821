package io.twinspan.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.daemon.NamespaceRequirement;
import io.twinspan.daemon.sys.OutsideSocket;
import io.twinspan.daemon.sys.ReceiveBatch;
import io.twinspan.daemon.sys.Rtnetlink;
import io.twinspan.daemon.sys.SendBatch;
import io.twinspan.daemon.sys.SockAddr;
import io.twinspan.daemon.sys.TunDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What this project relies on in Netty's handle interface. An upgrade that changes one of these must fail here and not in
 * the field.
 */
class NettyContractTest {
    private static final int ROUNDS = 20;

    /** Remembers what the loop did to it. */
    private static final class Recorder implements EpollIoHandle {
        private final FileDescriptor descriptor;
        private final List<String> calls = new ArrayList<>();
        private final List<IoRegistration> seen = new ArrayList<>();
        private int events;
        private boolean throwing;

        Recorder(FileDescriptor descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public FileDescriptor fd() {
            return descriptor;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            assertThat(event).isInstanceOf(EpollIoEvent.class);
            events++;
            seen.add(registration);
            if (throwing) {
                throwing = false;
                throw new IllegalStateException("thrown on purpose");
            }
        }

        @Override
        public void unregistered() {
            calls.add("unregistered");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    @FunctionalInterface
    private interface PipeTest {
        void run(ManualIoEventLoop loop, Recorder reader, FileDescriptor writeEnd) throws Exception;
    }

    private static void withReadablePipe(PipeTest test) throws Exception {
        ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
        FileDescriptor[] pipe = FileDescriptor.pipe();
        try {
            writeOctet(pipe[1]);
            test.run(loop, new Recorder(pipe[0]), pipe[1]);
        } finally {
            stop(loop);
            pipe[0].close();
            pipe[1].close();
        }
    }

    private static void writeOctet(FileDescriptor end) throws IOException {
        assertThat(end.write(ByteBuffer.allocateDirect(1), 0, 1)).isEqualTo(1);
    }

    private static void run(ManualIoEventLoop loop) {
        for (int i = 0; i < ROUNDS; i++) {
            loop.runNow();
        }
    }

    private static void stop(ManualIoEventLoop loop) {
        Future<?> stopped = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        while (!stopped.isDone()) {
            loop.runNow();
        }
    }

    @Test
    void behaviour1_registeringAloneDeliversNothing() throws Exception {
        withReadablePipe((loop, reader, _) -> {
            IoRegistration registration = loop.register(reader).getNow();
            run(loop);
            assertThat(reader.events).isZero();
            registration.submit(EpollIoOps.EPOLLIN);
            run(loop);
            assertThat(reader.events).isPositive();
        });
    }

    @Test
    void behaviour2_readinessIsLevelTriggered() throws Exception {
        withReadablePipe((loop, reader, _) -> {
            loop.register(reader).getNow().submit(EpollIoOps.EPOLLIN);
            run(loop);
            assertThat(reader.events).isGreaterThanOrEqualTo(ROUNDS);
        });
    }

    @Test
    void behaviour3_noInterestCannotBeArmedAgainButErrorInterestCan() throws Exception {
        withReadablePipe((loop, reader, _) -> {
            IoRegistration registration = loop.register(reader).getNow();
            registration.submit(EpollIoOps.EPOLLIN);
            registration.submit(EpollIoOps.EPOLLERR);
            run(loop);
            assertThat(reader.events).isZero();
            registration.submit(EpollIoOps.EPOLLIN);
            run(loop);
            assertThat(reader.events).isPositive();
            registration.submit(EpollIoOps.NONE);
            assertThatThrownBy(() -> registration.submit(EpollIoOps.EPOLLIN)).isInstanceOf(UncheckedIOException.class);
        });
    }

    @Test
    void behaviour4_anExceptionStallsTheLoopForASecondUnlessGuarded() throws Exception {
        withReadablePipe((loop, reader, _) -> {
            loop.register(reader).getNow().submit(EpollIoOps.EPOLLIN);
            reader.throwing = true;
            assertThat(nanosOf(loop::runNow)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(900));
        });
        withReadablePipe((loop, reader, _) -> {
            int[] calls = new int[1];
            GuardedHandle guarded = new GuardedHandle(reader.fd().intValue(), "test", true, new DescriptorEvents() {
                @Override
                public boolean readable() {
                    calls[0]++;
                    throw new IllegalStateException("thrown on purpose");
                }

                @Override
                public void closed() {}
            });
            guarded.attach(loop);
            assertThat(nanosOf(() -> run(loop))).isLessThan(TimeUnit.MILLISECONDS.toNanos(900));
            assertThat(calls[0]).isGreaterThan(1);
        });
    }

    private static long nanosOf(Runnable task) {
        long start = System.nanoTime();
        task.run();
        return System.nanoTime() - start;
    }

    @Test
    void behaviour5_aDeletedTunDeviceWakesTheLoopForEverUntilCancelled() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
            try (TunDevice tun = TunDevice.open("tws0", false);
                    Rtnetlink netlink = new Rtnetlink()) {
                Recorder reader =
                        new Recorder(new FileDescriptor(tun.descriptor().fd()));
                IoRegistration registration = loop.register(reader).getNow();
                registration.submit(EpollIoOps.EPOLLIN);
                netlink.deleteLink(netlink.linkIndex("tws0").orElseThrow());
                run(loop);
                assertThat(reader.events).isGreaterThanOrEqualTo(ROUNDS);
                assertThat(tun.read(new byte[100], 0, 100)).isEqualTo(-77);
                registration.cancel();
                int before = reader.events;
                run(loop);
                assertThat(reader.events).isEqualTo(before);
            } finally {
                stop(loop);
            }
        });
    }

    @Test
    void behaviour6_theHandleSeesAnotherRegistrationThanTheCallerOfRegister() throws Exception {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        SingleThreadIoEventLoop loop = new SingleThreadIoEventLoop(
                null, new DefaultThreadFactory("contract-test"), EpollIoHandler.newFactory());
        try {
            writeOctet(pipe[1]);
            Recorder reader = new Recorder(pipe[0]);
            IoRegistration wrapper = loop.register(reader).sync().getNow();
            loop.submit(() -> wrapper.submit(EpollIoOps.EPOLLIN)).sync();
            // A task runs after the loop has looked at its descriptors once more.
            for (int i = 0; i < ROUNDS; i++) {
                loop.submit(() -> {}).sync();
            }
            assertThat(loop.submit(() -> List.copyOf(reader.seen)).sync().getNow())
                    .isNotEmpty()
                    .doesNotContain(wrapper);
            assertThat(loop.submit(wrapper::cancel).sync().getNow()).isTrue();
            assertThat(wrapper.isValid()).isFalse();
        } finally {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
            pipe[0].close();
            pipe[1].close();
        }
    }

    @Test
    void behaviour7_shutdownAfterAQuietTimeUnregistersAndThenCloses() throws Exception {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        try {
            SingleThreadIoEventLoop loop = new SingleThreadIoEventLoop(
                    null, new DefaultThreadFactory("contract-test"), EpollIoHandler.newFactory());
            Recorder reader = new Recorder(pipe[0]);
            loop.register(reader).sync();
            // Without a quiet time the loop may end between two looks at its handles and close none of them; what
            // belongs to
            // the gateway is therefore cancelled by hand before its loops stop.
            loop.shutdownGracefully(1, 20, TimeUnit.SECONDS).sync();
            assertThat(reader.calls).containsExactly("unregistered", "close");
        } finally {
            pipe[0].close();
            pipe[1].close();
        }
    }

    @Test
    void behaviour8_rawEspSocketsWorkAsHandlesAndDeliverTheIpHeader() throws Exception {
        NamespaceRequirement.inNewNetwork(() -> {
            InetAddress local = IpPrefix.parseAddress("127.0.0.1");
            ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
            try (Rtnetlink netlink = new Rtnetlink()) {
                netlink.setUp(netlink.linkIndex("lo").orElseThrow());
            }
            try (OutsideSocket socket = OutsideSocket.rawEsp(local, 1 << 16);
                    SendBatch out = new SendBatch(4, 2048);
                    ReceiveBatch in = new ReceiveBatch(4)) {
                Recorder reader =
                        new Recorder(new FileDescriptor(socket.descriptor().fd()));
                loop.register(reader).getNow().submit(EpollIoOps.EPOLLIN);
                assertThat(out.add(SockAddr.of(local, 0), 0xb9, new byte[40], 0, 40, 40))
                        .isTrue();
                assertThat(out.send(socket.descriptor())).isEqualTo(1);
                run(loop);
                assertThat(reader.events).isPositive();
                assertThat(in.receive(socket.descriptor())).isEqualTo(1);
                assertThat(in.length(0)).isEqualTo(60);
                assertThat(in.octet(0, 0)).isEqualTo((byte) 0x45);
                assertThat(in.octet(0, 1) & 0xff).isEqualTo(0xb9);
                // DF is clear: path MTU discovery is off.
                assertThat(in.octet(0, 6) & 0x40).isZero();
            } finally {
                stop(loop);
            }
        });
    }

    @Test
    void behaviour9_timersFollowAMockClock() throws Exception {
        MockTicker ticker = Ticker.newMockTicker();
        ManualIoEventLoop manual =
                new ManualIoEventLoop(null, Thread.currentThread(), EpollIoHandler.newFactory(), ticker);
        try {
            ControlLoop control = ControlLoop.over(manual, ticker);
            int[] fired = new int[1];
            control.schedule(TimeUnit.SECONDS.toNanos(10), () -> fired[0]++);
            ticker.advance(9_999, TimeUnit.MILLISECONDS);
            run(manual);
            assertThat(fired[0]).isZero();
            ticker.advance(1, TimeUnit.MILLISECONDS);
            run(manual);
            assertThat(fired[0]).isEqualTo(1);
        } finally {
            Future<?> stopped = manual.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            while (!stopped.isDone()) {
                // Even the quiet time of a shutdown is measured on the mock clock.
                ticker.advance(1, TimeUnit.SECONDS);
                manual.runNow();
            }
        }
    }
}
