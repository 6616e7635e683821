package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** RFC 4303 appendix A2.2. */
final class ExtendedSequenceNumberTest {
    private static final int WINDOW = 64;

    @Property(tries = 1000)
    void guessesEveryNumberFromTheWindowToHalfTheSpaceAhead(
            @ForAll @LongRange(min = 1, max = 1L << 50) long highest,
            @ForAll @LongRange(min = -WINDOW + 1, max = (1L << 32) - WINDOW) long distance) {
        InboundSa sa = EspFixture.inbound(EspFixture.GCM_ESN, WINDOW);
        sa.window().mark(highest);
        long sequence = highest + distance;
        if (sequence > 0) {
            assertThat(sa.sequenceOf((int) sequence)).isEqualTo(sequence);
        }
    }

    @Property(tries = 1000)
    void guessesRightNearTheEndOfASubspace(
            @ForAll @IntRange(min = 0, max = 3) int high,
            @ForAll @IntRange(min = -200, max = 200) int around,
            @ForAll @IntRange(min = -WINDOW + 1, max = 100_000) int distance) {
        long highest = ((long) high << 32) + around;
        long sequence = highest + distance;
        if (highest > 0 && sequence > 0) {
            InboundSa sa = EspFixture.inbound(EspFixture.GCM_ESN, WINDOW);
            sa.window().mark(highest);
            assertThat(sa.sequenceOf((int) sequence)).isEqualTo(sequence);
        }
    }

    @Test
    void withoutExtensionTheNumberIsWhatIsOnTheWire() {
        InboundSa sa = EspFixture.inbound(EspFixture.GCM, WINDOW);
        sa.window().mark(0xffff_fff0L);
        assertThat(sa.sequenceOf(3)).isEqualTo(3);
        assertThat(sa.sequenceOf(-1)).isEqualTo(0xffff_ffffL);
    }

    @Test
    void packetsCrossTheEndOfASubspaceInAndOutOfOrder() {
        OutboundSa outbound = EspFixture.outboundAfter(EspFixture.GCM_ESN, (1L << 32) - 3);
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM_ESN, WINDOW);
        inbound.window().mark((1L << 32) - 3);
        byte[][] packets = new byte[6][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = EspFixture.sealed(outbound, EspFixture.ipv4(100, 0));
        }
        EspDecapsulator decapsulator = new EspDecapsulator();
        for (int index : new int[] {0, 4, 1, 5, 3, 2}) {
            byte[] packet = packets[index].clone();
            assertThat(decapsulator.open(inbound, packet, 0, packet.length, 0)).isEqualTo(EspVerdict.OK);
        }
        for (byte[] packet : packets) {
            assertThat(decapsulator.open(inbound, packet, 0, packet.length, 0)).isEqualTo(EspVerdict.REPLAYED);
        }
        assertThat(inbound.highestSequence()).isEqualTo((1L << 32) + 3);
    }

    @Test
    void aWrongHighHalfIsABadIcv() {
        OutboundSa outbound = EspFixture.outboundAfter(EspFixture.GCM_ESN, 5L << 32);
        byte[] packet = EspFixture.sealed(outbound, EspFixture.ipv4(100, 0));
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM_ESN, WINDOW);
        assertThat(new EspDecapsulator().open(inbound, packet, 0, packet.length, 0))
                .isEqualTo(EspVerdict.BAD_ICV);
    }
}
