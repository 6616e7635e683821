package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** One SA after another process: what it may still send, and what it may still take. */
final class SaTakeOverTest {
    private final SequenceCell cell = SequenceCell.inProcess();

    @Property(tries = 200)
    void noNumberIsEverUsedTwiceHoweverOftenTheProcessDies(@ForAll long seed) {
        Random random = new Random(seed);
        SequenceCell shared = SequenceCell.inProcess();
        OutboundSa sa = outbound(shared, SequenceNumbers.EXTENDED_64);
        long highestSent = 0;
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(20) == 0) {
                sa = outbound(shared, SequenceNumbers.EXTENDED_64);
            }
            int granted = sa.reserve(1 + random.nextInt(1 << random.nextInt(18)));
            long first = sa.lastSequence() - granted + 1;
            assertThat(first).as("seed %d", seed).isGreaterThan(highestSent);
            assertThat(shared.get()).as("seed %d", seed).isGreaterThanOrEqualTo(sa.lastSequence());
            highestSent = sa.lastSequence();
        }
    }

    @Test
    void aTakeOverCostsAtMostOneBlockOfNumbers() {
        OutboundSa first = outbound(cell, SequenceNumbers.SHORT_32);
        first.reserve(1);
        OutboundSa second = outbound(cell, SequenceNumbers.SHORT_32);
        second.reserve(1);
        assertThat(second.lastSequence() - first.lastSequence()).isLessThanOrEqualTo(OutboundSa.RESERVED_AHEAD + 1);
    }

    @Test
    void theShareOfUsedNumbersGoesFromNothingToAll() {
        assertThat(OutboundSa.usedShare(SequenceNumbers.SHORT_32, 0)).isZero();
        assertThat(OutboundSa.usedShare(SequenceNumbers.SHORT_32, OutboundSa.SOFT_LIMIT_32))
                .isBetween(0.875, 0.8751);
        assertThat(OutboundSa.usedShare(SequenceNumbers.SHORT_32, OutboundSa.LAST_32))
                .isEqualTo(1);
        assertThat(OutboundSa.usedShare(SequenceNumbers.EXTENDED_64, OutboundSa.LAST_32))
                .isLessThan(1e-9);
        assertThat(OutboundSa.usedShare(SequenceNumbers.EXTENDED_64, OutboundSa.LAST_64))
                .isEqualTo(1);
        // What no SA can have stored is taken for the end by the SA that takes over, too.
        assertThat(OutboundSa.usedShare(SequenceNumbers.SHORT_32, OutboundSa.LAST_32 + 1))
                .isEqualTo(1);
        assertThat(OutboundSa.usedShare(SequenceNumbers.EXTENDED_64, -1)).isEqualTo(1);
        assertThat(InboundSa.usedShare(SequenceNumbers.SHORT_32, 0)).isZero();
        assertThat(InboundSa.usedShare(SequenceNumbers.SHORT_32, OutboundSa.LAST_32))
                .isEqualTo(1);
        // The peer may use numbers that are negative here.
        assertThat(InboundSa.usedShare(SequenceNumbers.EXTENDED_64, Long.MIN_VALUE))
                .isEqualTo(0.5);
        assertThat(InboundSa.usedShare(SequenceNumbers.EXTENDED_64, -1)).isEqualTo(1);
    }

    @Test
    void theMemoryIsWrittenOnceForABlockOfNumbers() {
        OutboundSa sa = outbound(cell, SequenceNumbers.SHORT_32);
        sa.reserve(1);
        long reserved = cell.get();
        for (long i = 1; i < OutboundSa.RESERVED_AHEAD; i++) {
            sa.reserve(1);
            assertThat(cell.get()).isEqualTo(reserved);
        }
        sa.reserve(2);
        assertThat(cell.get()).isGreaterThan(reserved);
    }

    @Test
    void theLastBlockEndsWithTheLastNumberAndNothingFollowsATakeOverThere() {
        cell.set(EspSealer.LAST_32 - 10);
        OutboundSa sa = outbound(cell, SequenceNumbers.SHORT_32);
        assertThat(sa.reserve(4)).isEqualTo(4);
        assertThat(cell.get()).isEqualTo(EspSealer.LAST_32);
        OutboundSa next = outbound(cell, SequenceNumbers.SHORT_32);
        assertThat(next.isNearlyExhausted()).isTrue();
        assertThat(next.reserve(1)).isZero();
    }

    @Test
    void numbersThatCannotBeEndTheSa() {
        cell.set(-1);
        assertThat(outbound(cell, SequenceNumbers.EXTENDED_64).reserve(1)).isZero();
        cell.set(1L << 32);
        assertThat(outbound(cell, SequenceNumbers.SHORT_32).reserve(1)).isZero();
    }

    @Property
    void aWindowTakenOverRefusesAllUpToTheHighestAndTakesEachOneAboveItOnce(
            @ForAll @LongRange(min = 1, max = 1L << 40) long highest,
            @ForAll @IntRange(min = 32, max = 4096) int size,
            @ForAll long seed) {
        ReplayWindow window = new ReplayWindow(size, highest);
        for (long number = Math.max(0, highest - size - 70); number <= highest; number++) {
            assertThat(window.precheck(number)).as("%d", number).isFalse();
        }
        Random random = new Random(seed);
        ReplayWindow model = new ReplayWindow(size);
        model.mark(1);
        for (int i = 0; i < 300; i++) {
            long above = 1L + random.nextInt(2 * size);
            // The same behaviour as a window that begins there, where "1" stands for the highest.
            assertThat(window.precheck(highest + above)).isEqualTo(model.precheck(1 + above));
            if (window.precheck(highest + above)) {
                window.mark(highest + above);
                model.mark(1 + above);
            }
        }
    }

    @Test
    void theHighestNumberIsInTheMemoryWhenItsPacketIsOpened() {
        InboundSa sa = new InboundSa(parameters(SequenceNumbers.SHORT_32), PacketCipherEngine.jdk(), cell);
        sa.mark(7);
        assertThat(cell.get()).isEqualTo(7);
        sa.mark(5);
        assertThat(cell.get()).isEqualTo(7);
        InboundSa next = new InboundSa(parameters(SequenceNumbers.SHORT_32), PacketCipherEngine.jdk(), cell);
        assertThat(next.highestSequence()).isEqualTo(7);
        assertThat(next.window().precheck(6)).isFalse();
        assertThat(next.window().precheck(8)).isTrue();
    }

    @Test
    void theHighHalfOfALongNumberIsTakenOver() {
        cell.set((5L << 32) + 3_000);
        InboundSa sa = new InboundSa(parameters(SequenceNumbers.EXTENDED_64), PacketCipherEngine.jdk(), cell);
        assertThat(sa.sequenceOf(3_001)).isEqualTo((5L << 32) + 3_001);
        assertThat(sa.sequenceOf(1)).isEqualTo((6L << 32) + 1);
    }

    private static OutboundSa outbound(SequenceCell cell, SequenceNumbers numbers) {
        return new OutboundSa(parameters(numbers), PacketCipherEngine.jdk(), entropy(), cell);
    }

    private static EntropySource entropy() {
        return new Random(1)::nextBytes;
    }

    private static EspSaParameters parameters(SequenceNumbers numbers) {
        List<TrafficSelector> all = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("0.0.0.0/0")));
        return new EspSaParameters(
                0x1000,
                new EspSuite(EncryptionAlgorithm.AES_GCM_16_128, IntegrityAlgorithm.NONE, numbers),
                new EspKeys(SecretBytes.copyOf(new byte[20]), SecretBytes.copyOf(new byte[0])),
                all,
                all,
                1024);
    }
}
