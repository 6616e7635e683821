package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class InternetChecksumTest {
    @Test
    void computesTheExampleOfRfc1071() {
        byte[] example = HexFormat.of().parseHex("0001f203f4f5f6f7");
        assertThat(InternetChecksum.compute(example, 0, 8, 0)).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void mendsTheExampleOfRfc1624WhereTheOlderFormulaFails() {
        // RFC 1624 section 4: HC 0xdd2f, a word goes from 0x5555 to 0x3285, and the result is 0x0000.
        assertThat(InternetChecksum.update(0xdd2f, 0x5555, 0x3285)).isZero();
    }

    @Property
    void equalsTheNaiveSumAtAnyPlaceAndLength(
            @ForAll @Size(max = 300) byte[] octets, @ForAll @IntRange(max = 7) int at) {
        int offset = Math.min(at, octets.length);
        int length = octets.length - offset;
        assertThat(InternetChecksum.compute(octets, offset, length, 0))
                .isEqualTo(PacketFixture.naiveChecksum(octets, offset, length));
    }

    @Test
    void theLongestRangeOfAllOnesOverflowsNothing() {
        byte[] ones = new byte[65_535];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(InternetChecksum.compute(ones, 0, ones.length, 0))
                .isEqualTo(PacketFixture.naiveChecksum(ones, 0, ones.length));
        assertThat(InternetChecksum.compute(ones, 0, 65_534, 0)).isZero();
        assertThat(InternetChecksum.compute(new byte[65_534], 0, 65_534, 0)).isEqualTo(0xffff);
    }

    @Property
    void copiesWhatItSums(@ForAll @Size(max = 100) byte[] octets, @ForAll @IntRange(max = 7) int at) {
        int offset = Math.min(at, octets.length);
        int length = octets.length - offset;
        byte[] copy = new byte[length + 3];
        long sum = InternetChecksum.copyAndSum(octets, offset, length, copy, 2);
        assertThat(sum).isEqualTo(InternetChecksum.sum(octets, offset, length));
        assertThat(Arrays.copyOfRange(copy, 2, 2 + length))
                .isEqualTo(Arrays.copyOfRange(octets, offset, octets.length));
    }

    @Property
    void anUpdateEqualsComputingAnew(
            @ForAll @Size(min = 8, max = 64) byte[] octets,
            @ForAll @IntRange(max = 61) int place,
            @ForAll @IntRange(max = 0xffff) int newWord) {
        int at = place % (octets.length - 1);
        // The first word stands for what no real packet lacks: something that is not zero (RFC 1624 section 3).
        octets[0] = 0x45;
        if (at < 2) {
            at = 2;
        }
        int before = InternetChecksum.compute(octets, 0, octets.length, 0);
        int oldWord = NetworkOrder.word(octets, at);
        NetworkOrder.putWord(octets, at, newWord);
        int mended = at % 2 == 0
                ? InternetChecksum.update(before, oldWord, newWord)
                : InternetChecksum.updateAtOddPlace(before, oldWord, newWord);
        assertThat(mended).isEqualTo(InternetChecksum.compute(octets, 0, octets.length, 0));
    }

    @Test
    void largeSumsFoldCompletely() {
        assertThat(InternetChecksum.finish(0xffff_ffffL)).isZero();
        assertThat(InternetChecksum.finish(0x1_0000_0000L)).isEqualTo(0xfffe);
        assertThat(InternetChecksum.finish(0x7fff_ffff_ffffL)).isEqualTo(~0x7fff & 0xffff);
    }
}
