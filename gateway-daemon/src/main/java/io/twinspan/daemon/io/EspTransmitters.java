package io.twinspan.daemon.io;

import io.twinspan.crypto.esp.EspPath;
import io.twinspan.daemon.dataplane.DropCounters;
import io.twinspan.daemon.dataplane.EspSink;
import io.twinspan.daemon.dataplane.EspSinkSource;
import io.twinspan.daemon.dataplane.PathVerdict;
import io.twinspan.daemon.loop.DataLoop;
import io.twinspan.daemon.loop.GuardedHandle;
import io.twinspan.daemon.sys.SockAddr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ESP senders of all outside addresses. Senders work on the outbound loop; they are added before any path names them,
 * and looked up on the control loop.
 */
final class EspTransmitters implements EspSinkSource {
    private record Pair(Transmitter udp, Transmitter raw) {}

    private final Map<InetAddress, Pair> byAddress = new ConcurrentHashMap<>();
    private final List<Transmitter> all = new ArrayList<>();
    private final Runnable refused;

    /** Counts in {@code drops}, which belongs to the outbound loop, what the kernel refuses to send. */
    EspTransmitters(DropCounters drops) {
        refused = () -> drops.count(PathVerdict.SEND_FAILED);
    }

    /** Adds the senders of an address; on the outbound loop. */
    void open(OutsideSockets sockets, InetAddress local, DataLoop outbound) {
        Pair pair = new Pair(sockets.udpEspTransmitter(refused), sockets.rawEspTransmitter(refused));
        all.add(pair.udp());
        all.add(pair.raw());
        outbound.register(pair.udp().handle());
        outbound.register(pair.raw().handle());
        byAddress.put(local, pair);
    }

    @Override
    public EspSink sinkFor(EspPath path) {
        Pair pair = byAddress.get(path.local().address());
        if (pair == null) {
            return (packet, offset, length, trafficClass) -> false;
        }
        Transmitter transmitter = path.udpEncapsulated() ? pair.udp() : pair.raw();
        int port = path.udpEncapsulated() ? path.remote().port() : 0;
        SockAddr remote = SockAddr.of(path.remote().address(), port);
        return (packet, offset, length, trafficClass) ->
                transmitter.enqueue(remote, trafficClass, packet, offset, length);
    }

    /** Sends what is queued on every socket; on the outbound loop. */
    void flush() {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).flush();
        }
    }

    /** The handles to cancel at the end; on the outbound loop. */
    List<GuardedHandle> handles() {
        return all.stream().map(Transmitter::handle).toList();
    }
}
