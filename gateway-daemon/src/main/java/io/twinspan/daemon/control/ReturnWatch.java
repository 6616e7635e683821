package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.failover.ReturnPath;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Looks again and again through which tunnel the peer sends, where the traffic is to follow it. Control loop only. */
final class ReturnWatch {
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ControlLoop loop;
    private final DataPlane dataPlane;
    private final List<Integer> tunnels;
    private final IntConsumer sendsNow;
    private ReturnPath path = ReturnPath.UNKNOWN;
    private Cancellable next = () -> {};

    /** @param sendsNow hears the number of the tunnel each time that it is another */
    ReturnWatch(ControlLoop loop, DataPlane dataPlane, List<Integer> tunnels, IntConsumer sendsNow) {
        this.loop = loop;
        this.dataPlane = dataPlane;
        this.tunnels = tunnels;
        this.sendsNow = sendsNow;
    }

    /** Begins, or ends. */
    void watch(boolean wanted) {
        next.cancel();
        if (wanted) {
            next = loop.schedule(BETWEEN_NANOS, this::look);
        }
    }

    private void look() {
        Map<Integer, Long> packets = new HashMap<>();
        tunnels.forEach(number -> packets.put(number, dataPlane.counters(number).packetsIn()));
        int before = path.sends();
        path = path.look(packets);
        if (path.sends() != before) {
            sendsNow.accept(path.sends());
        }
        watch(true);
    }
}
