package io.twinspan.crypto.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the data loops call for every packet leaves nothing behind for the collector. */
final class PacketAllocationTest {
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 10_000;

    /** Far below one object for each round, and above what the measurement itself may cost. */
    private static final long ALLOWED_BYTES = 8 * ROUNDS / 10;

    private final byte[] syn =
            PacketFixture.tcpOverV4(0x02, HexFormat.of().parseHex("020405b40101080a0000000100000000"), new byte[0]);
    private final byte[] large = PacketFixture.ipv4(17, 0, new byte[0], new byte[1480]);
    private final byte[] largeV6 = PacketFixture.ipv6(17, new byte[1460]);
    private final byte[] source = new byte[16];
    private final byte[] target = new byte[1500];
    private long octetsSeen;

    @Test
    void aPacketCostsNoAllocation() {
        for (int i = 0; i < WARM_UP; i++) {
            handleOnce();
        }
        long before = allocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            handleOnce();
        }
        assertThat(allocatedBytes() - before).isLessThan(ALLOWED_BYTES);
        // Every round did the same work: clamped, checked, two fragments, two errors.
        long all = octetsSeen;
        assertThat(all).isEqualTo((WARM_UP + ROUNDS) * octetsOfOneRound());
    }

    private void handleOnce() {
        NetworkOrder.putWord(syn, 42, 1460);
        octetsSeen += TcpMssClamp.clamp(syn, 0, syn.length, 1379, 1359) ? 1 : 0;
        octetsSeen += IpPacket.check(largeV6, 0, largeV6.length) == HeaderVerdict.OK ? 1 : 0;
        octetsSeen += Ipv6View.upperLayer(largeV6, 0);
        int count = Ipv4Fragmenter.count(large, 0, large.length, 1400);
        for (int index = 0; index < count; index++) {
            octetsSeen += Ipv4Fragmenter.write(large, 0, 1400, index, target, 0);
        }
        octetsSeen += Icmpv4Error.fragmentationNeeded(1400, large, 0, large.length, 1, target, 0);
        octetsSeen += Icmpv6Error.packetTooBig(1400, largeV6, 0, largeV6.length, source, target, 0);
    }

    private long octetsOfOneRound() {
        octetsSeen = 0;
        handleOnce();
        return octetsSeen;
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
