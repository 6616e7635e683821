package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class Ipv4FragmenterTest {
    private static final int MORE_FRAGMENTS = 0x2000;

    @Property
    void fragmentsFitAndReassembleToTheWhole(
            @ForAll @IntRange(max = 9000) int anyBytes,
            @ForAll @IntRange(min = 68, max = 1500) int mtu,
            @ForAll("optionLists") byte[] options,
            @ForAll @IntRange(max = 500) int place,
            @ForAll boolean more,
            @ForAll long seed) {
        int payloadBytes = more ? anyBytes / 8 * 8 + 8 : anyBytes;
        byte[] payload = new byte[payloadBytes];
        new Random(seed).nextBytes(payload);
        byte[] packet = PacketFixture.ipv4(17, place | (more ? MORE_FRAGMENTS : 0), options, payload);
        byte[] rebuilt = new byte[payloadBytes];
        int next = 0;
        List<byte[]> fragments = fragments(packet, mtu);
        for (int index = 0; index < fragments.size(); index++) {
            byte[] fragment = fragments.get(index);
            assertThat(fragment.length).isLessThanOrEqualTo(mtu);
            assertThat(Ipv4View.check(fragment, 0, fragment.length)).isEqualTo(HeaderVerdict.OK);
            assertThat(Ipv4View.checksumValid(fragment, 0)).isTrue();
            assertThat(Ipv4View.identification(fragment, 0)).isEqualTo(0x1234);
            assertThat(Ipv4View.fragmentOffsetBytes(fragment, 0)).isEqualTo(8 * place + next);
            boolean last = index == fragments.size() - 1;
            assertThat(Ipv4View.moreFragments(fragment, 0)).isEqualTo(!last || more);
            int header = Ipv4View.headerBytes(fragment, 0);
            assertThat(Arrays.copyOfRange(fragment, 20, header))
                    .isEqualTo(index == 0 ? options : padded(copiedOf(options)));
            int size = Ipv4View.totalBytes(fragment, 0) - header;
            assertThat(last || size % 8 == 0).isTrue();
            System.arraycopy(fragment, header, rebuilt, next, size);
            next += size;
        }
        assertThat(next).isEqualTo(payloadBytes);
        assertThat(rebuilt).isEqualTo(payload);
    }

    /** Option lists that fit a header, of all kinds and lengths, padded to words. */
    @Provide
    Arbitrary<byte[]> optionLists() {
        Arbitrary<byte[]> option = Arbitraries.integers().between(0, 255).flatMap(kind -> {
            if (kind <= 1) {
                return Arbitraries.just(new byte[] {1});
            }
            return Arbitraries.bytes()
                    .array(byte[].class)
                    .ofMinSize(0)
                    .ofMaxSize(12)
                    .map(data -> {
                        byte[] whole = new byte[2 + data.length];
                        whole[0] = (byte) kind.intValue();
                        whole[1] = (byte) whole.length;
                        System.arraycopy(data, 0, whole, 2, data.length);
                        return whole;
                    });
        });
        return option.list().ofMaxSize(12).map(options -> {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (byte[] one : options) {
                if (octets.size() + one.length <= 40) {
                    octets.writeBytes(one);
                }
            }
            return padded(octets.toByteArray());
        });
    }

    private static byte[] padded(byte[] options) {
        return Arrays.copyOf(options, (options.length + 3) / 4 * 4);
    }

    /** RFC 791 section 3.1, written anew: what of a list of options stands in later fragments. */
    private static byte[] copiedOf(byte[] list) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int at = 0;
        while (at < list.length && list[at] != 0) {
            int size = list[at] == 1 ? 1 : list[at + 1];
            if (list[at] < 0) {
                octets.write(list, at, size);
            }
            at += size;
        }
        return octets.toByteArray();
    }

    @Test
    void copiesIntoLaterFragmentsOnlyTheOptionsThatSaySo() {
        // Record route (7, not copied), loose source route (131, copied), padding, stream identifier (136, copied).
        byte[] options = HexFormat.of().parseHex("0703040183070408080808" + "01" + "88040001");
        byte[] packet = PacketFixture.ipv4(17, 0, options, new byte[600]);
        List<byte[]> fragments = fragments(packet, 300);
        assertThat(fragments).hasSize(3);
        assertThat(Arrays.copyOfRange(fragments.getFirst(), 20, 36)).isEqualTo(options);
        for (byte[] later : fragments.subList(1, 3)) {
            assertThat(Ipv4View.headerBytes(later, 0)).isEqualTo(32);
            assertThat(HexFormat.of().formatHex(later, 20, 32)).isEqualTo("83070408080808" + "88040001" + "00");
        }
    }

    @Test
    void impossibleOptionsAreNotCopied() {
        for (String options : new String[] {"83010000", "83ff0000", "00838304"}) {
            byte[] packet = PacketFixture.ipv4(17, 0, HexFormat.of().parseHex(options), new byte[200]);
            List<byte[]> fragments = fragments(packet, 100);
            assertThat(fragments).hasSizeGreaterThan(1);
            assertThat(Ipv4View.headerBytes(fragments.getLast(), 0)).isEqualTo(20);
        }
    }

    @Test
    void refusesWhatCannotBeCut() {
        byte[] packet = PacketFixture.ipv4(17, 0, new byte[0], new byte[100]);
        assertThat(Ipv4Fragmenter.count(packet, 0, packet.length, 67)).isZero();
        assertThat(Ipv4Fragmenter.count(packet, 0, packet.length - 1, 68)).isZero();
        assertThat(Ipv4Fragmenter.count(packet, 0, packet.length, 120)).isEqualTo(1);
        assertThat(Ipv4Fragmenter.count(packet, 0, packet.length, 119)).isEqualTo(2);
    }

    @Test
    void d8_aFragmentThatEndsBeyondTheLongestDatagramIsNotCut() {
        byte[] beyond = PacketFixture.ipv4(1, 8190, new byte[0], new byte[100]);
        assertThat(Ipv4Fragmenter.count(beyond, 0, beyond.length, 68)).isZero();
    }

    private static List<byte[]> fragments(byte[] packet, int mtu) {
        int count = Ipv4Fragmenter.count(packet, 0, packet.length, mtu);
        if (count == 1) {
            return List.of(packet);
        }
        List<byte[]> result = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] target = new byte[mtu + 5];
            int size = Ipv4Fragmenter.write(packet, 0, mtu, index, target, 5);
            result.add(Arrays.copyOfRange(target, 5, 5 + size));
        }
        assertThat(result).isNotEmpty();
        return result;
    }
}
