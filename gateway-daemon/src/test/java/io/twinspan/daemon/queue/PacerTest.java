package io.twinspan.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PacerTest {
    private static final long AWS_BITS = 1_250_000_000L;
    private static final int AWS_PACKETS = 140_000;
    private static final long MS = 1_000_000;
    private static final long BURST = Pacer.DEFAULT_BURST_NANOS;
    private static final long WINDOW = 10 * MS;

    @Property(tries = 100)
    void aPolicerOfAwssRateAndTheBurstsDepthDropsNothing(
            @ForAll long seed, @ForAll @IntRange(max = 3_000_000) int lateNanos) {
        Policer bits = new Policer(AWS_BITS, BURST);
        Policer packets = new Policer(AWS_PACKETS, BURST);
        feed(new Random(seed), lateNanos, (octets, count, now) -> {
            bits.pass(octets * 8L, now);
            packets.pass(count, now);
        });
        assertThat(bits.drops()).isZero();
        assertThat(packets.drops()).isZero();
    }

    @Property(tries = 100)
    void noWindowOfTenMillisecondsHoldsMoreThanLimitAndBurst(
            @ForAll long seed, @ForAll @IntRange(max = 3_000_000) int lateNanos) {
        Deque<long[]> window = new ArrayDeque<>();
        long[] held = new long[2];
        feed(new Random(seed), lateNanos, (octets, count, now) -> {
            window.add(new long[] {now, octets, count});
            held[0] += octets;
            held[1] += count;
            while (now - window.getFirst()[0] >= WINDOW) {
                long[] gone = window.removeFirst();
                held[0] -= gone[1];
                held[1] -= gone[2];
            }
            assertThat(held[0] * 8).isLessThanOrEqualTo(AWS_BITS / 1_000 * (WINDOW + BURST) / MS);
            assertThat(held[1]).isLessThanOrEqualTo(AWS_PACKETS * (WINDOW + BURST) / 1_000 / MS);
        });
    }

    @Example
    void withoutAPacerThatPolicerDrops() {
        Policer bits = new Policer(AWS_BITS, BURST);
        for (int i = 0; i < 100; i++) {
            bits.pass(65_536 * 8L, i * MS / 10);
        }
        assertThat(bits.drops()).isPositive();
    }

    /** Sends of every size, each when the pacer is ready and the loop has woken up, with pauses between. */
    private static void feed(Random random, int lateNanos, Sink sink) {
        Pacer pacer = new Pacer(AWS_BITS, AWS_PACKETS, BURST);
        long now = 0;
        for (int i = 0; i < 2_000; i++) {
            now = pacer.readyAtNanos(now) + random.nextLong(lateNanos + 1) * (random.nextInt(4) / 3);
            int packets = 1 + random.nextInt(Pacer.LARGEST_SEND_PACKETS);
            int octets = Math.min(Pacer.LARGEST_SEND_OCTETS, packets * (64 + random.nextInt(1_437)));
            sink.sent(octets, packets, now);
            pacer.spend(octets, packets, now);
            if (random.nextInt(100) == 0) {
                now += random.nextLong(20 * MS);
            }
        }
    }

    @Example
    void aLoopThatWakesUpLateStillReachesTheLimit() {
        Pacer pacer = new Pacer(AWS_BITS, 0, BURST);
        Random random = new Random(7);
        long now = 0;
        long octets = 0;
        while (now < 1_000 * MS) {
            now = pacer.readyAtNanos(now) + random.nextLong(BURST / 2);
            while (pacer.readyAtNanos(now) - now <= 0) {
                pacer.spend(60_000, 42, now);
                octets += 60_000;
            }
        }
        assertThat(octets * 8).isBetween(AWS_BITS * 99 / 100, AWS_BITS * 101 / 100);
    }

    @Example
    void roundingCostsNoRate() {
        Pacer pacer = new Pacer(3_000_000_000L, 0, 0);
        for (int i = 0; i < 1_000_000; i++) {
            pacer.spend(1, 1, 0);
        }
        assertThat(pacer.readyAtNanos(0)).isEqualTo(8_000_000_000L / 3 / 1_000 + 1);
    }

    @Example
    void theTighterLimitHolds() {
        Pacer pacer = new Pacer(AWS_BITS, AWS_PACKETS, 0);
        pacer.spend(64 * 100, 64, 0);
        assertThat(pacer.readyAtNanos(0)).isEqualTo(Math.ceilDiv(64 * 1_000_000_000L, AWS_PACKETS));
        assertThat(pacer.readyAtNanos(MS)).isEqualTo(MS);
    }

    @Property
    void withoutLimitsItIsAlwaysReady(@ForAll long now) {
        Pacer pacer = new Pacer(0, 0, 0);
        pacer.spend(65_536, 64, now);
        assertThat(pacer.readyAtNanos(now)).isEqualTo(now);
    }

    @Property
    void theOriginOfTimeDoesNotMatter(@ForAll long now) {
        Pacer pacer = new Pacer(AWS_BITS, AWS_PACKETS, 0);
        assertThat(pacer.readyAtNanos(now)).isEqualTo(now);
        pacer.spend(62_500, 1, now);
        assertThat(pacer.readyAtNanos(now)).isEqualTo(now + 400_000);
        assertThat(pacer.readyAtNanos(now + 500_000)).isEqualTo(now + 500_000);
    }

    private interface Sink {
        void sent(int octets, int packets, long nowNanos);
    }
}
