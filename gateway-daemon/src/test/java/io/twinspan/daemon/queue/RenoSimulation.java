package io.twinspan.daemon.queue;

import io.twinspan.daemon.buffer.PacketSlab;
import io.twinspan.daemon.buffer.PacketSlot;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.LongStream;

/**
 * Senders that behave like TCP Reno in front of a gateway that seals at a fixed rate, in simulated time: additive increase,
 * one halving for each window with a loss or a mark. What waits in the {@link EgressQueue} is measured.
 */
final class RenoSimulation implements AqmListener {
    static final long MS = 1_000_000;

    private static final int SEGMENT = 1_440;
    private static final int SLOTS = 256;
    private static final long WARM_UP = 3_000 * MS;
    private static final long END = 20_000 * MS;

    private final Setting setting;
    private final PacketSlab slab = new PacketSlab(SLOTS + EgressQueue.CONTROL_PACKETS + 2);
    private final EgressQueue queue;
    private final Map<PacketSlot, Burst> inQueue = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private LongStream.Builder dataWaits = LongStream.builder();
    private LongStream.Builder controlWaits = LongStream.builder();
    private long octetsServed;
    private boolean serving;
    private long now;
    private long order;
    private int dropped;
    private int marked;

    RenoSimulation(Setting setting, CoDel codel) {
        this.setting = setting;
        queue = new EgressQueue(slab, SLOTS, Integer.MAX_VALUE, codel, this);
    }

    /** Runs twenty seconds; the first three do not count. */
    Result run() {
        for (int i = 0; i < setting.senders(); i++) {
            Sender sender = new Sender();
            at(i * MS, sender::send);
        }
        at(0, this::sendControl);
        at(WARM_UP, () -> {
            dataWaits = LongStream.builder();
            controlWaits = LongStream.builder();
            octetsServed = 0;
        });
        while (now < END) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        long[] waits = dataWaits.build().sorted().toArray();
        long longestControl =
                Arrays.stream(controlWaits.build().toArray()).max().orElseThrow();
        double load = octetsServed * 8.0 / setting.bitsPerSecond() / ((END - WARM_UP) / 1e9);
        return new Result(
                waits[waits.length / 2], waits[waits.length * 99 / 100], longestControl, load, dropped, marked);
    }

    @Override
    public void dropped(PacketSlot packet) {
        dropped++;
        Burst burst = Objects.requireNonNull(inQueue.get(packet));
        int lost = packet.isSuperPacket() ? 1 : burst.segments();
        at(now + setting.roundTripNanos(), () -> burst.sender().lost(lost, burst.number()));
    }

    @Override
    public void marked(PacketSlot packet) {
        marked++;
        Burst burst = Objects.requireNonNull(inQueue.get(packet));
        at(now + setting.roundTripNanos(), () -> burst.sender().lost(0, burst.number()));
    }

    private void sendControl() {
        queue.offer(QueuePackets.ipv4(slab.take(), 64, 0xc0), now, true);
        at(now + 7 * MS + now % 1_000, this::sendControl);
        serve();
    }

    private void serve() {
        PacketSlot packet = serving ? null : queue.poll(now);
        if (packet == null) {
            return;
        }
        serving = true;
        Burst burst = inQueue.remove(packet);
        (burst == null ? controlWaits : dataWaits).add(now - packet.enqueuedAtNanos());
        int segments = burst == null ? 0 : burst.segments() - packet.segmentsToSkip();
        int octets = burst == null ? packet.length() : segments * SEGMENT;
        at(now + octets * 8_000_000_000L / setting.bitsPerSecond(), () -> {
            serving = false;
            octetsServed += octets;
            slab.give(packet);
            if (burst != null) {
                at(now + setting.roundTripNanos(), () -> burst.sender().acknowledged(segments));
            }
            serve();
        });
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    private final class Sender {
        private double window = 10;
        private double slowStartUntil = Double.MAX_VALUE;
        private int inFlight;
        private long nextNumber;
        private long recovered;

        void send() {
            int burst = Math.clamp((int) window / 4, 1, setting.mostSegments());
            while (inFlight + burst <= window) {
                inFlight += burst;
                Burst sent = new Burst(this, nextNumber++, burst);
                PacketSlot slot = QueuePackets.ipv4(slab.take(), burst * SEGMENT, setting.ecn());
                slot.superPacket(burst > 1);
                if (queue.offer(slot, now, false)) {
                    inQueue.put(slot, sent);
                } else {
                    slab.give(slot);
                    at(now + setting.roundTripNanos(), () -> lost(burst, sent.number()));
                }
            }
            serve();
        }

        void acknowledged(int segments) {
            inFlight -= segments;
            window += window < slowStartUntil ? segments : segments / window;
            send();
        }

        void lost(int segments, long number) {
            inFlight -= segments;
            if (number >= recovered) {
                recovered = nextNumber;
                window = Math.max(2, window / 2);
                slowStartUntil = window;
            }
            send();
        }
    }

    /**
     * What is simulated.
     *
     * @param mostSegments in one super-packet
     */
    record Setting(int senders, long bitsPerSecond, long roundTripNanos, int mostSegments, int ecn) {}

    /** Waits in nanoseconds, and how much of the gateway's rate was used. */
    record Result(long medianWait, long wait99, long longestControlWait, double load, int dropped, int marked) {}

    private record Burst(Sender sender, long number, int segments) {}

    private record Event(long at, long order, Runnable action) {}
}
