package io.twinspan.daemon.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FlowHashTest {
    private static final int UDP = 17;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    @Test
    void allFragmentsOfADatagramAreOfOneFlow() {
        byte[] first = ipv6(FRAGMENT, before(UDP, 0x0001), 5000, 8);
        byte[] later = ipv6(FRAGMENT, before(UDP, 0x0598), 77, 8);
        assertThat(hash(first)).isEqualTo(hash(later));
        byte[] firstOfIpv4 = ipv4(0x2000, 5000);
        byte[] laterOfIpv4 = ipv4(0x00b9, 77);
        assertThat(hash(firstOfIpv4)).isEqualTo(hash(laterOfIpv4));
    }

    @Test
    void extensionHeadersOfSomePacketsMakeNoOtherFlow() {
        byte[] plain = ipv6(UDP, new byte[16], 5000, 0);
        byte[] extended = ipv6(DESTINATION_OPTIONS, before(UDP, 0), 5000, 8);
        assertThat(hash(plain)).isEqualTo(hash(extended));
    }

    @Test
    void flowsSpreadOverBothTunnels() {
        Random random = new Random(1);
        int odd = 0;
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            int hash = hash(ipv6(UDP, new byte[16], random.nextInt(0x1_0000), 0));
            odd += hash & 1;
            seen.add(hash);
        }
        assertThat(odd).isBetween(800, 1_200);
        assertThat(seen).hasSizeGreaterThan(200);
    }

    @Property
    void anyOctetsHaveAFlow(@ForAll @Size(max = 80) byte[] octets) {
        assertThat(hash(octets)).isBetween(0, FlowHash.FLOWS - 1);
    }

    private static int hash(byte[] packet) {
        return FlowHash.of(packet, 0, packet.length);
    }

    /** An extension header of eight octets, or a fragment header with this offset and flag, and room behind it. */
    private static byte[] before(int nextHeader, int offsetAndFlag) {
        byte[] octets = new byte[24];
        octets[0] = (byte) nextHeader;
        ByteBuffer.wrap(octets).putShort(2, (short) offsetAndFlag);
        return octets;
    }

    private static byte[] ipv6(int nextHeader, byte[] rest, int sourcePort, int ports) {
        ByteBuffer.wrap(rest).putShort(ports, (short) sourcePort).putShort(ports + 2, (short) 53);
        ByteBuffer packet = ByteBuffer.allocate(40 + rest.length);
        packet.putInt(0x6000_0000)
                .putShort((short) rest.length)
                .put((byte) nextHeader)
                .put((byte) 64);
        packet.putLong(0x2001_0db8_0000_0001L)
                .putLong(1)
                .putLong(0x2001_0db8_0000_0002L)
                .putLong(2);
        return packet.put(rest).array();
    }

    private static byte[] ipv4(int flagsAndOffset, int sourcePort) {
        ByteBuffer packet = ByteBuffer.allocate(36);
        packet.putShort((short) 0x4500).putShort((short) 36).putShort((short) 9).putShort((short) flagsAndOffset);
        packet.put((byte) 64)
                .put((byte) UDP)
                .putShort((short) 0)
                .putInt(0x0a00_0001)
                .putInt(0xac1f_0002);
        return packet.putShort((short) sourcePort).array();
    }
}
