package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.daemon.dataplane.ConnectionDataPlane;
import io.twinspan.daemon.dataplane.ConnectionPlan;
import io.twinspan.daemon.dataplane.DataLoops;
import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.DataPlaneListener;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.InboundPath;
import io.twinspan.daemon.dataplane.LoopTimer;
import io.twinspan.daemon.dataplane.SaEvent;
import io.twinspan.daemon.ike.DatagramSender;
import io.twinspan.daemon.ike.IkeDatagramSink;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.loop.DataLoop;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.DescriptorKeeper;
import io.twinspan.daemon.sys.Errno;
import io.twinspan.daemon.sys.TunDevice;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link GatewayIo} over two data loops: wiring only. */
final class EpollGatewayIo implements GatewayIo {
    private static final Logger LOG = LoggerFactory.getLogger(EpollGatewayIo.class);

    private static final long FENCE_NANOS = 200_000;

    private final GatewayIoOptions options;
    private final ControlLoop control;
    private final DataLoop outbound = DataLoop.start("twinspan-outbound");
    private final DataLoop inbound = DataLoop.start("twinspan-inbound");
    private final DropCounters drops = new DropCounters();
    private final DropCounters outboundDrops = new DropCounters();
    private final EspTransmitters espTransmitters = new EspTransmitters(outboundDrops);
    private final IkeTransmitters ikeTransmitters;
    private final DescriptorKeeper keeper;
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private final Map<InetAddress, OpenAddress> open = new HashMap<>();
    private final Map<DataPlane, OpenConnection> opened = new HashMap<>();
    /** Names of what was closed while the gateway runs. */
    private final Set<String> released = new HashSet<>();

    private final List<ConnectionDataPlane> connections = new CopyOnWriteArrayList<>();
    private final List<IkeDelivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<GuardedHandle> outboundHandles = new ArrayList<>();
    private final List<GuardedHandle> inboundHandles = new ArrayList<>();
    private final List<GuardedHandle> controlHandles = new ArrayList<>();
    private final InboundSide inboundSide;
    private final DataLoops loops;
    private final SealingThreads sealing;
    private final Runnable sendSealed = this::sendSealed;

    /** A connection's device, and what runs its queue. */
    private record OpenConnection(TunDevice device, TunHandle handle, Runnable resume) {}

    /** What reads and writes the sockets of an address, by the loop that does. */
    private record OpenAddress(List<GuardedHandle> controlHandles, List<GuardedHandle> inboundHandles) {}

    EpollGatewayIo(
            GatewayIoOptions options,
            ControlLoop control,
            PacketCipherEngine engine,
            EntropySource entropy,
            DescriptorKeeper keeper) {
        this.options = options;
        this.keeper = keeper;
        this.control = control;
        this.ikeTransmitters = new IkeTransmitters(options.natTraversalPort());
        InboundPath path = new InboundPath(drops, this::tellFirst, control);
        inboundSide = inbound.call(() ->
                new InboundSide(path, new InboundMemory(), inbound.clock(), drops, options.egress()::queueManagement));
        loops = new DataLoops(
                outbound,
                () -> outbound.clock().refresh(),
                inbound,
                path,
                this::afterInbound,
                control,
                espTransmitters,
                engine,
                entropy,
                options.egress(),
                timer(outbound, espTransmitters::flush),
                timer(inbound, () -> {}),
                options.numbers());
        sealing = SealingThreads.start(options.egress().crew(), this::tellOutbound);
    }

    /** The loop looks at its descriptors between two passes over its tasks, and a task of the future waits for the second. */
    private void afterInbound(Runnable task) {
        inbound.execute(() -> inbound.schedule(task, FENCE_NANOS));
    }

    private static LoopTimer timer(DataLoop loop, Runnable endOfTask) {
        return new LoopTimer() {
            @Override
            public long nowNanos() {
                return loop.clock().refresh();
            }

            @Override
            public void after(long delayNanos, Runnable task) {
                loop.schedule(
                        () -> {
                            task.run();
                            endOfTask.run();
                        },
                        delayNanos);
            }
        };
    }

    /** On a sealing worker's thread. */
    private void tellOutbound() {
        try {
            outbound.execute(sendSealed);
        } catch (RejectedExecutionException e) {
            LOG.debug("The outbound loop has stopped; what was sealed last is not sent.", e);
        }
    }

    private void sendSealed() {
        if (options.egress().crew().collectTold(outbound.clock().refresh())) {
            espTransmitters.resume();
        } else {
            espTransmitters.flush();
        }
    }

    /** What belongs to no connection: every listener leads to the one IKE of the gateway, so one hears it. */
    private void tellFirst(SaEvent event) {
        if (!connections.isEmpty()) {
            connections.getFirst().tell(event);
        }
    }

    @Override
    public void openOutside(InetAddress local, IkeDatagramSink sink) {
        if (open.containsKey(local)) {
            return;
        }
        OutsideSockets sockets = openAgain(local.getHostAddress(), () -> OutsideSockets.open(local, options, keeper));
        IkeDelivery delivery = new IkeDelivery(control, sink);
        deliveries.add(delivery);
        outbound.call(() -> {
            espTransmitters.open(sockets, local, outbound);
            return true;
        });
        List<GuardedHandle> ike = new ArrayList<>();
        onControl(() -> ike.addAll(openIke(sockets, local, delivery)));
        List<GuardedHandle> readers = inbound.call(() -> {
            GuardedHandle encap = sockets.encapReader(inboundSide, delivery, options.natTraversalPort());
            GuardedHandle raw = sockets.rawReader(inboundSide);
            List<GuardedHandle> both =
                    List.of(encap.busyPoll(options.busyPollNanos()), raw.busyPoll(options.busyPollNanos()));
            whenReading(() -> both.forEach(inbound::register));
            inboundHandles.addAll(both);
            return both;
        });
        sockets.release();
        open.put(local, new OpenAddress(ike, readers));
    }

    @Override
    public void hold() {
        holding = true;
    }

    @Override
    public void begin() {
        holding = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** While the opener waits for the loop that calls this. */
    private void whenReading(Runnable start) {
        if (holding) {
            held.add(start);
        } else {
            start.run();
        }
    }

    @Override
    public Map<String, Executor> loops() {
        return Map.of("outbound", outbound, "inbound", inbound);
    }

    /** What was closed a moment ago may still be held by the keeper. */
    private <T> T openAgain(String name, Supplier<T> open) {
        return released.remove(name) ? Inherited.openOnceFree(open) : open.get();
    }

    @Override
    public Set<InetAddress> outsideAddresses() {
        return Set.copyOf(open.keySet());
    }

    @Override
    public void closeOutside(InetAddress local) {
        OpenAddress address = open.remove(local);
        if (address == null) {
            return;
        }
        onControl(() -> {
            ikeTransmitters.close(new Endpoint(local, options.ikePort()));
            ikeTransmitters.close(new Endpoint(local, options.natTraversalPort()));
            address.controlHandles().forEach(GuardedHandle::cancel);
            controlHandles.removeAll(address.controlHandles());
        });
        outbound.call(() -> {
            espTransmitters.close(local);
            return true;
        });
        inbound.call(() -> {
            address.inboundHandles().forEach(GuardedHandle::cancel);
            inboundHandles.removeAll(address.inboundHandles());
            return true;
        });
        keeper.forget(KeptNames.udp(local, options.ikePort()));
        keeper.forget(KeptNames.udp(local, options.natTraversalPort()));
        keeper.forget(KeptNames.rawEsp(local));
        released.add(local.getHostAddress());
    }

    private List<GuardedHandle> openIke(OutsideSockets sockets, InetAddress local, IkeDelivery delivery) {
        Transmitter plain = sockets.ikeTransmitter();
        Transmitter encapsulated = sockets.ikeEncapTransmitter();
        ikeTransmitters.open(new Endpoint(local, options.ikePort()), plain);
        ikeTransmitters.open(new Endpoint(local, options.natTraversalPort()), encapsulated);
        GuardedHandle reader = sockets.ikeReader(delivery, options.ikePort());
        List<GuardedHandle> handles = List.of(plain.handle(), encapsulated.handle(), reader);
        controlHandles.addAll(handles);
        plain.handle().attach(control.eventLoop());
        encapsulated.handle().attach(control.eventLoop());
        whenReading(() -> reader.attach(control.eventLoop()));
        return handles;
    }

    @Override
    public void watchHost(HostNews news) {
        onControl(() -> HostNewsReader.open(news).forEach(handle -> {
            controlHandles.add(handle);
            handle.attach(control.eventLoop());
        }));
    }

    @Override
    public DatagramSender datagramSender() {
        return ikeTransmitters;
    }

    @Override
    public DataPlane openConnection(String device, ConnectionPlan plan, DataPlaneListener listener) {
        TunDevice tun = Inherited.orOpened(
                keeper,
                KeptNames.tun(device),
                kept -> TunDevice.adopt(kept, device, options.offloads()),
                () -> openAgain(KeptNames.tun(device), () -> TunDevice.open(device, options.offloads())),
                TunDevice::descriptor);
        ConnectionDataPlane dataPlane = outbound.call(
                () -> new ConnectionDataPlane(plan, loops, new TunWriter(tun), new TunWriter(tun), listener));
        connections.add(dataPlane);
        outbound.call(() -> {
            tun.descriptor().retain();
            TunHandle handle = new TunHandle(
                    tun,
                    outbound,
                    dataPlane.egress(),
                    espTransmitters::flush,
                    errno -> dataPlane.tell(new SaEvent.DeviceLost(device, Errno.textOf(errno))));
            Runnable resume = handle::run;
            outboundHandles.add(handle.handle().busyPoll(options.busyPollNanos()));
            espTransmitters.whenReady(resume);
            whenReading(() -> outbound.register(handle.handle()));
            opened.put(dataPlane, new OpenConnection(tun, handle, resume));
            return true;
        });
        return dataPlane;
    }

    @Override
    public void closeConnection(DataPlane connection) {
        OpenConnection gone = opened.remove(connection);
        if (gone == null || !(connection instanceof ConnectionDataPlane dataPlane)) {
            return;
        }
        outbound.call(() -> {
            gone.handle().handle().cancel();
            outboundHandles.remove(gone.handle().handle());
            espTransmitters.forget(gone.resume());
            dataPlane.egress().abandon(outbound.clock().refresh());
            return true;
        });
        connections.remove(dataPlane);
        // What the loops were told before has been done, so that nobody writes into a descriptor that is another's by
        // then.
        outbound.call(() -> true);
        inbound.call(() -> true);
        gone.device().close();
        keeper.forget(KeptNames.tun(gone.device().name()));
        released.add(KeptNames.tun(gone.device().name()));
    }

    @Override
    public Map<String, Long> drops() {
        Map<String, Long> result = drops.snapshot();
        outboundDrops.snapshot().forEach((name, count) -> result.merge(name, count, Long::sum));
        for (ConnectionDataPlane connection : connections) {
            connection.drops().forEach((name, count) -> result.merge(name, count, Long::sum));
        }
        long ikeRefused =
                deliveries.stream().mapToLong(IkeDelivery::refusedCount).sum();
        if (ikeRefused > 0) {
            result.put(IkeDelivery.QUEUE_FULL, ikeRefused);
        }
        return result;
    }

    @Override
    public void close() {
        onControl(() -> controlHandles.forEach(GuardedHandle::cancel));
        outbound.call(() -> {
            outboundHandles.forEach(GuardedHandle::cancel);
            espTransmitters.handles().forEach(GuardedHandle::cancel);
            return true;
        });
        inbound.call(() -> {
            inboundHandles.forEach(GuardedHandle::cancel);
            inboundSide.memory().close();
            return true;
        });
        sealing.close();
        outbound.close();
        inbound.close();
        opened.values().forEach(connection -> connection.device().close());
    }

    private void onControl(Runnable task) {
        if (control.inLoop()) {
            task.run();
        } else {
            control.eventLoop().submit(task).syncUninterruptibly();
        }
    }
}
