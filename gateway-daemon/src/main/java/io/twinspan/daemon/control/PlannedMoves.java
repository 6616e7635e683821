package io.twinspan.daemon.control;

import io.twinspan.daemon.dataplane.TunnelCounters;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.liveness.HealthVerdict;
import io.twinspan.daemon.loop.ControlLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Orders that take a while: a move that is measured, a move that ends by itself, a tunnel that is emptied first. Control loop only. */
final class PlannedMoves {
    /** How long a measured move waits for the first packets on the new tunnel. */
    static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A tunnel through which no packet came for so long is empty. */
    static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final double NANOS_PER_MILLI = 1e6;

    private final ControlLoop loop;
    private final BiConsumer<ConnectionControl, TunnelControl> takeDown;

    /**
     * Nothing is planned.
     *
     * @param takeDown ends a tunnel
     */
    PlannedMoves(ControlLoop loop, BiConsumer<ConnectionControl, TunnelControl> takeDown) {
        this.loop = loop;
        this.takeDown = takeDown;
    }

    /**
     * Watches what a move that has just happened did to the traffic; completes after the first packet each way, or after
     * {@link #WATCH_NANOS}.
     *
     * @param before as {@link #ledger} was before the move
     * @return a sentence
     */
    CompletableFuture<String> measure(ConnectionControl connection, int tunnel, Ledger before, long movedNanos) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        look(connection, tunnel, new Sighting(before, movedNanos, -1, -1), answer);
        return answer;
    }

    private void look(ConnectionControl connection, int tunnel, Sighting seen, CompletableFuture<String> answer) {
        long sinceNanos = loop.nowNanos() - seen.movedNanos();
        TunnelCounters counters = connection.dataPlane().counters(tunnel);
        Traffic then = seen.before().tunnels().getOrDefault(tunnel, Traffic.NONE);
        Sighting now = new Sighting(
                seen.before(),
                seen.movedNanos(),
                seen.outNanos() < 0 && counters.packetsOut() > then.out() ? sinceNanos : seen.outNanos(),
                seen.inNanos() < 0 && counters.packetsIn() > then.in() ? sinceNanos : seen.inNanos());
        if ((now.outNanos() >= 0 && now.inNanos() >= 0) || sinceNanos >= WATCH_NANOS) {
            answer.complete(sentence(now, ledger(connection)));
        } else {
            loop.schedule(LOOK_NANOS, () -> look(connection, tunnel, now, answer));
        }
    }

    private static String sentence(Sighting seen, Ledger after) {
        return "first packet on it: out " + instant(seen.outNanos()) + ", in " + instant(seen.inNanos())
                + "; lost: out " + (after.dropped() - seen.before().dropped()) + " packets here, in "
                + (after.missing() - seen.before().missing()) + " on the way";
    }

    private static String instant(long nanos) {
        return nanos < 0
                ? "none within " + TimeUnit.NANOSECONDS.toSeconds(WATCH_NANOS) + " s"
                : String.format(Locale.ROOT, "within %.0f ms", Math.ceil(nanos / NANOS_PER_MILLI));
    }

    /** What a connection's tunnels have carried and lost so far. */
    static Ledger ledger(ConnectionControl connection) {
        Map<Integer, Traffic> tunnels = new HashMap<>();
        long dropped = 0;
        long missing = 0;
        for (TunnelControl tunnel : connection.tunnels()) {
            int number = tunnel.name().number();
            TunnelCounters counters = connection.dataPlane().counters(number);
            tunnels.put(number, new Traffic(counters.packetsIn(), counters.packetsOut()));
            dropped += counters.drops().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            missing += counters.packetsMissingIn();
        }
        return new Ledger(tunnels, dropped, missing);
    }

    /**
     * Moves the traffic off some tunnels, waits until nothing comes through them any more, and takes them down; completes
     * then, or after the patience.
     */
    CompletableFuture<CommandOutcome> drain(
            ConnectionControl connection, List<TunnelControl> tunnels, Duration patience) {
        List<Integer> leaving =
                tunnels.stream().map(tunnel -> tunnel.name().number()).toList();
        if (connection.failover().carrying().stream().anyMatch(leaving::contains)) {
            Optional<Integer> other = other(connection, leaving);
            if (other.isEmpty()) {
                return CompletableFuture.completedFuture(new CommandOutcome.Refused(
                        "no other tunnel of '" + connection.config().name() + "' can carry the traffic",
                        "nothing was done; without --drain the traffic is refused from then on"));
            }
            // Released below at the latest when the patience is over; a successor, who does not know the order, a
            // little later.
            connection.holdFor(other.get(), patience.plusNanos(QUIET_NANOS));
            connection.switchTo(other.get(), (_, _) -> {});
        }
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        long now = loop.nowNanos();
        empty(
                new Draining(connection, tunnels, now, now + patience.toNanos()),
                received(connection, tunnels),
                now,
                answer);
        return answer;
    }

    private void empty(Draining order, long packetsBefore, long lastNanos, CompletableFuture<CommandOutcome> answer) {
        long now = loop.nowNanos();
        long packets = received(order.connection(), order.tunnels());
        long last = packets == packetsBefore ? lastNanos : now;
        boolean quiet = now - last >= QUIET_NANOS;
        if (!quiet && now < order.untilNanos()) {
            loop.schedule(LOOK_NANOS, () -> empty(order, packets, last, answer));
            return;
        }
        order.tunnels().forEach(tunnel -> takeDown.accept(order.connection(), tunnel));
        // The choice was ours and not the operator's: the next one is the policy's again.
        order.connection().holdForEver();
        order.connection().release();
        String waited = String.format(Locale.ROOT, "%.1f s", (now - order.startNanos()) / NANOS_PER_MILLI / 1_000);
        answer.complete(new CommandOutcome.Done("going down: " + names(order.tunnels())
                + (quiet
                        ? "; no packet came for " + TimeUnit.NANOSECONDS.toSeconds(QUIET_NANOS) + " s, after " + waited
                        : "; packets still came after " + waited + ", the peer is told to use the other tunnel")));
    }

    private static Optional<Integer> other(ConnectionControl connection, List<Integer> leaving) {
        return connection.tunnels().stream()
                .filter(tunnel -> tunnel.health().verdict() != HealthVerdict.DOWN)
                .map(tunnel -> tunnel.name().number())
                .filter(number -> number != FailoverState.NO_TUNNEL && !leaving.contains(number))
                .findFirst();
    }

    private static long received(ConnectionControl connection, Collection<TunnelControl> tunnels) {
        return tunnels.stream()
                .mapToLong(tunnel ->
                        connection.dataPlane().counters(tunnel.name().number()).packetsIn())
                .sum();
    }

    private static String names(List<TunnelControl> tunnels) {
        return String.join(
                ", ", tunnels.stream().map(tunnel -> tunnel.name().toString()).toList());
    }

    /**
     * Packets of a connection.
     *
     * @param tunnels by number
     * @param dropped by us, both directions, all tunnels
     * @param missing sent by the peer and never seen, all tunnels
     */
    record Ledger(Map<Integer, Traffic> tunnels, long dropped, long missing) {
        Ledger {
            tunnels = Map.copyOf(tunnels);
        }
    }

    /** Inner packets of one tunnel. */
    record Traffic(long in, long out) {
        static final Traffic NONE = new Traffic(0, 0);
    }

    /** What was seen of a move; negative for not yet. */
    private record Sighting(Ledger before, long movedNanos, long outNanos, long inNanos) {}

    private record Draining(
            ConnectionControl connection, List<TunnelControl> tunnels, long startNanos, long untilNanos) {}
}
