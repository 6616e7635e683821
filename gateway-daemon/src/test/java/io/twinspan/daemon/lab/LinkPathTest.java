package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LinkPathTest {
    private static final long START = 1_000;
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int OCTETS = 1_000;

    private final LinkPath path = new LinkPath(new SplittableRandom(42), START);

    @Test
    void withoutImpairmentAPacketComesOutAtOnce() {
        assertThat(path.admit(START, OCTETS)).isEqualTo(START);
        assertThat(path.counters()).isEqualTo(new LinkCounters(1, 0, 0, 0));
    }

    @Test
    void eachDirectionTakesHalfOfTheRoundTrip() {
        path.impair(LinkImpairment.ofRoundTrip(Duration.ofMillis(10)));
        assertThat(path.admit(START, OCTETS)).isEqualTo(START + 5 * MILLISECOND);
    }

    @Test
    void aShareOfThePacketsIsLostAtRandomAndTheSameOnesWithTheSameSeed() {
        LinkPath twin = new LinkPath(new SplittableRandom(42), START);
        path.impair(LinkImpairment.NONE.withLoss(0.05));
        twin.impair(LinkImpairment.NONE.withLoss(0.05));
        int packets = 100_000;
        for (int i = 0; i < packets; i++) {
            assertThat(path.admit(START + i, OCTETS)).isEqualTo(twin.admit(START + i, OCTETS));
        }
        assertThat(path.counters().lostAtRandom() / (double) packets).isCloseTo(0.05, within(0.003));
        assertThat(path.counters().offered()).isEqualTo(packets);
    }

    @Test
    void jitterThatKeepsOrderNeverLetsAPacketOvertake() {
        path.impair(LinkImpairment.NONE.withJitter(Duration.ofMillis(50)));
        long last = START;
        long longest = 0;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 10_000; i++) {
            long now = START + i * MILLISECOND;
            long release = path.admit(now, OCTETS);
            assertThat(release).isGreaterThanOrEqualTo(last);
            last = release;
            longest = Math.max(longest, release - now);
            shortest = Math.min(shortest, release - now);
        }
        assertThat(longest).isBetween(40 * MILLISECOND, 50 * MILLISECOND);
        assertThat(shortest).isLessThan(5 * MILLISECOND);
    }

    @Test
    void jitterOfEachPacketByItselfLetsPacketsOvertake() {
        path.impair(LinkImpairment.NONE.withJitter(Duration.ofMillis(50)).withReorder(true));
        int overtaken = 0;
        long last = START;
        for (int i = 0; i < 1_000; i++) {
            long release = path.admit(START + i * MILLISECOND, OCTETS);
            overtaken += release < last ? 1 : 0;
            last = release;
        }
        assertThat(overtaken).isGreaterThan(300);
    }

    @Test
    void aNarrowLineSpacesPacketsAndDropsWhatWouldWaitTooLong() {
        // 8 Mbit/s: one millisecond for 1,000 octets.
        path.impair(LinkImpairment.NONE.withRate(8_000_000, Duration.ofMillis(3)));
        assertThat(path.admit(START, OCTETS)).isEqualTo(START + MILLISECOND);
        assertThat(path.admit(START, OCTETS)).isEqualTo(START + 2 * MILLISECOND);
        assertThat(path.admit(START, OCTETS)).isEqualTo(START + 3 * MILLISECOND);
        assertThat(path.admit(START, OCTETS)).isEqualTo(START + 4 * MILLISECOND);
        assertThat(path.admit(START, OCTETS)).isEqualTo(LinkPath.LOST);
        assertThat(path.admit(START + 2 * MILLISECOND, OCTETS)).isEqualTo(START + 5 * MILLISECOND);
        assertThat(path.counters().lostFullQueue()).isEqualTo(1);
    }

    @Test
    void aBlackHoleSwallowsFromTheNextPacketOnUntilItIsTakenAway() {
        path.impair(LinkImpairment.NONE.withBlackHole(true));
        assertThat(path.admit(START, OCTETS)).isEqualTo(LinkPath.LOST);
        path.impair(LinkImpairment.NONE);
        assertThat(path.admit(START, OCTETS)).isEqualTo(START);
        assertThat(path.counters()).isEqualTo(new LinkCounters(1, 0, 0, 1));
    }
}
