package io.twinspan.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twinspan.daemon.queue.ReferenceCoDel.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CoDelTest {
    private static final long MS = 1_000_000;
    private static final long TARGET = 5 * MS;
    private static final long INTERVAL = 100 * MS;
    private static final int PACKET = 1_500;
    private static final int BACKLOG = 100 * PACKET;
    private static final long STEP = MS / 10;

    @Property(tries = 60)
    void dropsWhatThePseudoCodeOfTheRfcDrops(@ForAll long seed, @ForAll long epoch) {
        compareOnATrace(new Random(seed), epoch);
    }

    @Example
    void theTracesOfThatComparisonHoldManyDrops() {
        assertThat(compareOnATrace(new Random(1), 0)).isGreaterThan(200);
    }

    /** The same arrivals and departures for both, with load that comes and goes; answers with the number of drops. */
    private static int compareOnATrace(Random random, long epoch) {
        ReferenceCoDel reference = new ReferenceCoDel(TARGET, INTERVAL);
        CoDel codel = new CoDel(TARGET, INTERVAL, 1_514);
        Deque<Waiting> queue = new ArrayDeque<>();
        long now = MS;
        int load = 3;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextLong(2 * MS);
            if (random.nextInt(1_000) == 0) {
                load = 1 + random.nextInt(4);
            }
            for (int i = random.nextInt(load); i > 0; i--) {
                Waiting packet = new Waiting(step, now, 64 + random.nextInt(1_450));
                queue.add(packet);
                reference.enque(packet);
            }
            assertThat(deque(codel, queue, now, epoch)).isEqualTo(reference.deque(now));
        }
        return reference.drops();
    }

    private static Optional<Waiting> deque(CoDel codel, Deque<Waiting> queue, long now, long epoch) {
        Waiting packet = queue.poll();
        while (packet != null) {
            int behind = queue.stream().mapToInt(Waiting::octets).sum();
            if (!codel.shouldDrop(epoch + packet.enqueuedAt(), epoch + now, behind)) {
                return Optional.of(packet);
            }
            packet = queue.poll();
        }
        codel.emptied();
        return Optional.empty();
    }

    @Property
    void neverDropsWhatWaitedLessThanTheTargetOrHasNothingBehindIt(@ForAll long seed) {
        Random random = new Random(seed);
        CoDel codel = new CoDel(TARGET, INTERVAL, 1_514);
        long now = random.nextLong();
        int drops = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextLong(MS);
            boolean dropped = codel.shouldDrop(now - 2 * TARGET, now, BACKLOG);
            drops += dropped ? 1 : 0;
            if (random.nextInt(200) == 0) {
                assertThat(codel.shouldDrop(now - TARGET + 1, now, BACKLOG)).isFalse();
            } else if (random.nextInt(200) == 0) {
                assertThat(codel.shouldDrop(now - 10 * TARGET, now, 1_514)).isFalse();
            }
        }
        assertThat(drops).isPositive();
    }

    @Example
    void theFirstDropComesAfterAWholeIntervalAboveTheTarget() {
        assertThat(dropTimes(new CoDel(TARGET, INTERVAL, 0), 0, INTERVAL - 1)).isEmpty();
        assertThat(dropTimes(new CoDel(TARGET, INTERVAL, 0), 0, INTERVAL)).containsExactly(INTERVAL);
    }

    @Example
    void dropsComeCloserByTheSquareRootOfTheirNumber() {
        List<Long> times = dropTimes(new CoDel(TARGET, INTERVAL, 0), 0, 40 * INTERVAL);

        double expected = times.getFirst();
        for (int drop = 1; drop < times.size(); drop++) {
            expected += INTERVAL / Math.sqrt(drop);
            // A drop waits for the next packet, and its successor is counted from when it was due.
            assertThat((double) times.get(drop)).isCloseTo(expected, within((double) STEP + times.size()));
        }
        assertThat(times).hasSizeGreaterThan(300);
    }

    @Example
    void anEpisodeSoonAfterTheLastStartsWithItsDropRate() {
        CoDel codel = new CoDel(TARGET, INTERVAL, 0);
        int first = dropTimes(codel, 0, 5 * INTERVAL).size();
        long pause = 6 * INTERVAL;
        assertThat(codel.shouldDrop(pause, pause, BACKLOG)).isFalse();

        List<Long> again = dropTimes(codel, pause + STEP, pause + 3 * INTERVAL);

        double spacing = INTERVAL / Math.sqrt(first - 1);
        assertThat(first).isGreaterThan(5);
        assertThat((double) (again.get(1) - again.get(0))).isCloseTo(spacing, within((double) STEP));
    }

    @Example
    void anEpisodeLongAfterTheLastStartsAnew() {
        CoDel codel = new CoDel(TARGET, INTERVAL, 0);
        dropTimes(codel, 0, 5 * INTERVAL);
        long pause = 30 * INTERVAL;
        codel.emptied();

        List<Long> again = dropTimes(codel, pause, pause + 3 * INTERVAL);

        assertThat(again.get(1) - again.get(0)).isEqualTo(INTERVAL);
    }

    @Example
    void nothingIsDroppedWhileOnlyOnePacketWaitsBehind() {
        assertThat(dropTimes(new CoDel(TARGET, INTERVAL, BACKLOG), 0, 2 * INTERVAL))
                .isEmpty();
        assertThat(dropTimes(new CoDel(TARGET, INTERVAL, BACKLOG - 1), 0, 2 * INTERVAL))
                .isNotEmpty();
    }

    /** When packets that all waited four targets, one each step, are dropped. */
    private static List<Long> dropTimes(CoDel codel, long from, long until) {
        List<Long> times = new ArrayList<>();
        for (long now = from; now <= until; now += STEP) {
            if (codel.shouldDrop(now - 4 * TARGET, now, BACKLOG)) {
                times.add(now);
            }
        }
        return times;
    }
}
