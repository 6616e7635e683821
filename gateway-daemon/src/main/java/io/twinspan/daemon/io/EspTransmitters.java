package io.twinspan.daemon.io;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.dataplane.EspSinkSource;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.loop.DataLoop;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.SockAddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

/**
 * The ESP senders of all outside addresses. Senders work on the outbound loop; they are added before any path names them,
 * and looked up on the control loop.
 */
final class EspTransmitters implements EspSinkSource {
    private record Pair(EspBurst udp, EspBurst raw, List<GuardedHandle> handles) {}

    private final Map<InetAddress, Pair> byAddress = new ConcurrentHashMap<>();
    private final List<EspBurst> bursts = new ArrayList<>();
    private final List<GuardedHandle> handles = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final IntConsumer refused;

    /** Counts in {@code drops}, which belongs to the outbound loop, what the kernel refuses to send. */
    EspTransmitters(DropCounters drops) {
        refused = datagrams -> drops.count(PathVerdict.SEND_FAILED, datagrams);
    }

    /** Adds the senders of an address; on the outbound loop. */
    void open(OutsideSockets sockets, InetAddress local, DataLoop outbound) {
        boolean ipv4 = local instanceof Inet4Address;
        Transmitter udp = sockets.udpEspTransmitter(refused);
        Transmitter raw = sockets.rawEspTransmitter(refused);
        udp.whenReady(this::resume);
        raw.whenReady(this::resume);
        // udp(7): only UDP has messages of several datagrams; raw ESP goes out in batches of calls.
        Pair pair = new Pair(
                new EspBurst(udp, ipv4, sockets.offloads()),
                new EspBurst(raw, ipv4, false),
                List.of(udp.handle(), raw.handle()));
        bursts.add(pair.udp());
        bursts.add(pair.raw());
        handles.add(udp.handle());
        handles.add(raw.handle());
        outbound.register(udp.handle());
        outbound.register(raw.handle());
        byAddress.put(local, pair);
    }

    /** Takes the senders of an address away, which no path names any more; on the outbound loop. */
    void close(InetAddress local) {
        Pair pair = byAddress.remove(local);
        if (pair != null) {
            bursts.remove(pair.udp());
            bursts.remove(pair.raw());
            handles.removeAll(pair.handles());
            pair.handles().forEach(GuardedHandle::cancel);
        }
    }

    /** Has something run each time a socket, once full, has room again; on the outbound loop. */
    void whenReady(Runnable task) {
        waiting.add(task);
    }

    /** Ends what {@link #whenReady} began; on the outbound loop. */
    void forget(Runnable task) {
        waiting.remove(task);
    }

    /** Sends what was built, and lets everybody who found no room go on; on the outbound loop. */
    void resume() {
        flush();
        for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).run();
        }
    }

    @Override
    public EspSink sinkFor(EspPath path) {
        Pair pair = byAddress.get(path.local().address());
        if (pair == null) {
            return EspSink.CLOSED;
        }
        EspBurst burst = path.udpEncapsulated() ? pair.udp() : pair.raw();
        int port = path.udpEncapsulated() ? path.remote().port() : 0;
        return burst.sinkTo(SockAddr.of(path.remote().address(), port));
    }

    /** Sends what was built for every socket; on the outbound loop. */
    void flush() {
        for (int i = 0; i < bursts.size(); i++) {
            bursts.get(i).flush();
        }
    }

    /** The handles to cancel at the end; on the outbound loop. */
    List<GuardedHandle> handles() {
        return List.copyOf(handles);
    }
}
