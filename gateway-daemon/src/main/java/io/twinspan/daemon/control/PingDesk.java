package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.DataPlane;
import io.twinspan.daemon.dataplane.Probe;
import io.twinspan.daemon.dataplane.ProbeKind;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends operators' pings as probes of their own kind, so that the watch over the paths neither sees nor counts them. Control
 * loop only.
 */
public final class PingDesk {
    /** How long an answer is waited for. */
    public static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int MAX_ORDERS = 16;
    private static final int NUMBER_BITS = 16;
    private static final int NUMBER_MASK = 0xffff;
    private static final int MAX_KEY = 0x7fff;

    private final ControlLoop loop;
    private final Map<Integer, Run> runs = new HashMap<>();
    private int lastKey;

    PingDesk(ControlLoop loop) {
        this.loop = loop;
    }

    PingAnswer start(ConnectionControl connection, PingOrder order, PingFollower follower) {
        if (order.tunnel() != DataPlane.NO_TUNNEL
                && connection.tunnel(order.tunnel()).isEmpty()) {
            return new PingAnswer.Unknown("connection '" + order.connection() + "' has no tunnel " + order.tunnel());
        }
        InetAddress target = order.target();
        if (target != null && !isBehind(connection, target)) {
            return new PingAnswer.Refused(
                    target.getHostAddress() + " is in no network of 'remote'", "'twinspan routes' lists them");
        }
        int largest = connection.config().uplinkMtuBytes();
        if (order.innerOctets() > largest) {
            return new PingAnswer.Refused(
                    "a ping is no longer than the uplink's MTU, " + largest, "'twinspan mtu' measures it");
        }
        if (runs.size() == MAX_ORDERS) {
            return new PingAnswer.Refused(MAX_ORDERS + " pings run already", "wait for them");
        }
        int key = nextKey();
        Run run = new Run(key, connection, order, follower);
        runs.put(key, run);
        loop.execute(run::next);
        return new PingAnswer.Started(() -> loop.execute(run::end));
    }

    private static boolean isBehind(ConnectionControl connection, InetAddress target) {
        return connection.config().remotePrefixes().stream().anyMatch(prefix -> prefix.contains(target))
                || connection.config().tunnels().stream()
                        .anyMatch(it -> it.insideRemote().equals(target));
    }

    private int nextKey() {
        do {
            lastKey = lastKey % MAX_KEY + 1;
        } while (runs.containsKey(lastKey));
        return lastKey;
    }

    /** A ping left, or could not. */
    void sent(int sequence, int tunnel) {
        Run run = runs.get(sequence >>> NUMBER_BITS);
        if (run != null) {
            run.sent(sequence & NUMBER_MASK, tunnel);
        }
    }

    /** A ping was answered. */
    void answered(int sequence, int tunnel, int octets, long roundTripNanos) {
        Run run = runs.get(sequence >>> NUMBER_BITS);
        if (run != null) {
            run.answered(sequence & NUMBER_MASK, tunnel, octets, roundTripNanos);
        }
    }

    /** One order under way. */
    private final class Run {
        private final int key;
        private final ConnectionControl connection;
        private final PingOrder order;
        private final PingFollower follower;
        private final Set<Integer> waiting = new HashSet<>();
        private final TreeMap<Integer, Long> roundTrips = new TreeMap<>();
        private int number;
        private int left;
        private int unsent;
        private boolean ended;
        private @Nullable Cancellable timer;

        Run(int key, ConnectionControl connection, PingOrder order, PingFollower follower) {
            this.key = key;
            this.connection = connection;
            this.order = order;
            this.follower = follower;
        }

        void next() {
            if (ended) {
                return;
            }
            number++;
            int mine = number;
            waiting.add(mine);
            connection.dataPlane().probe(probe(mine));
            loop.schedule(PATIENCE_NANOS, () -> giveUp(mine));
            if (number < order.count()) {
                timer = loop.schedule(order.intervalNanos(), this::next);
            }
        }

        private Probe probe(int mine) {
            Probe usual = Probe.toPeer(ProbeKind.PING, order.tunnel(), key << NUMBER_BITS | mine);
            InetAddress target = Objects.requireNonNullElse(order.target(), usual.target());
            return new Probe(
                    ProbeKind.PING,
                    order.tunnel(),
                    usual.source(),
                    target,
                    usual.sequence(),
                    Math.max(order.innerOctets(), usual.innerOctets()),
                    false);
        }

        void sent(int which, int tunnel) {
            if (tunnel != DataPlane.NO_TUNNEL) {
                left++;
            } else if (waiting.remove(which)) {
                unsent++;
                tell(new PingNews.Unsent(which));
            }
        }

        void answered(int which, int tunnel, int octets, long roundTripNanos) {
            if (waiting.remove(which)) {
                roundTrips.put(which, roundTripNanos);
                tell(new PingNews.Answered(which, tunnel, octets, roundTripNanos));
            }
        }

        private void giveUp(int which) {
            if (!ended && waiting.remove(which)) {
                tell(new PingNews.Silent(which));
            }
        }

        private void tell(PingNews news) {
            follower.happened(news);
            if (number == order.count() && waiting.isEmpty()) {
                end();
            }
        }

        void end() {
            if (ended) {
                return;
            }
            ended = true;
            runs.remove(key);
            if (timer != null) {
                timer.cancel();
            }
            follower.finished(PingStatistics.of(left - waiting.size(), unsent, roundTrips.values()));
        }
    }
}
