package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Fragments put together again by RFC 815, in any order, are the datagram; cut twice as well as once. */
final class FragmentSetTest {
    @Property
    void fragmentsOfFragmentsInAnyOrderAreTheDatagram(
            @ForAll @IntRange(min = 1, max = 9000) int payloadBytes,
            @ForAll @IntRange(min = 200, max = 1500) int firstMtu,
            @ForAll @IntRange(min = 100, max = 600) int secondMtu,
            @ForAll @IntRange(max = 10) int optionWords,
            @ForAll boolean dontFragment,
            @ForAll long seed) {
        Random random = new Random(seed);
        byte[] payload = new byte[payloadBytes];
        random.nextBytes(payload);
        byte[] options = options(optionWords, random);
        byte[] packet = PacketFixture.ipv4(17, dontFragment ? 0x4000 : 0, options, payload);
        packet[1] = (byte) random.nextInt(256);
        Ipv4View.writeChecksum(packet, 0);
        List<byte[]> twice = new ArrayList<>();
        for (byte[] once : cut(packet, firstMtu)) {
            twice.addAll(cut(once, secondMtu));
        }
        assertThat(twice).allSatisfy(fragment -> {
            assertThat(fragment.length).isLessThanOrEqualTo(secondMtu);
            assertThat(Ipv4View.check(fragment, 0, fragment.length)).isEqualTo(HeaderVerdict.OK);
            assertThat(Ipv4View.checksumValid(fragment, 0)).isTrue();
            assertThat(fragment[1]).isEqualTo(packet[1]);
            assertThat(Ipv4View.identification(fragment, 0)).isEqualTo(Ipv4View.identification(packet, 0));
        });
        if (twice.size() > 1) {
            assertThat(twice).noneMatch(fragment -> Ipv4View.dontFragment(fragment, 0));
        }
        Collections.shuffle(twice, random);
        assertThat(together(twice, payloadBytes)).isEqualTo(payload);
    }

    /** Copied and not copied ones of two to eight octets, then padding. */
    private static byte[] options(int words, Random random) {
        byte[] options = new byte[4 * words];
        int at = 0;
        while (options.length - at >= 8) {
            int size = 2 + random.nextInt(7);
            options[at] = (byte) (random.nextBoolean() ? 0x88 : 0x07);
            options[at + 1] = (byte) size;
            at += size;
        }
        Arrays.fill(options, at, options.length, (byte) 1);
        return options;
    }

    private static List<byte[]> cut(byte[] packet, int mtu) {
        int count = Ipv4Fragmenter.count(packet, 0, packet.length, mtu);
        assertThat(count).isPositive();
        if (count == 1) {
            return List.of(packet);
        }
        List<byte[]> fragments = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] target = new byte[mtu];
            int size = Ipv4Fragmenter.write(packet, 0, mtu, index, target, 0);
            fragments.add(Arrays.copyOf(target, size));
        }
        return fragments;
    }

    /** RFC 815: every octet exactly once, and the last one known from the fragment after which no more follow. */
    private static byte[] together(List<byte[]> fragments, int expectedBytes) {
        byte[] whole = new byte[expectedBytes];
        BitSet filled = new BitSet();
        for (byte[] fragment : fragments) {
            int header = Ipv4View.headerBytes(fragment, 0);
            int from = Ipv4View.fragmentOffsetBytes(fragment, 0);
            int size = fragment.length - header;
            assertThat(filled.get(from, from + size).isEmpty()).isTrue();
            filled.set(from, from + size);
            System.arraycopy(fragment, header, whole, from, size);
            if (!Ipv4View.moreFragments(fragment, 0)) {
                assertThat(from + size).isEqualTo(expectedBytes);
            }
        }
        assertThat(filled.cardinality()).isEqualTo(expectedBytes);
        return whole;
    }
}
