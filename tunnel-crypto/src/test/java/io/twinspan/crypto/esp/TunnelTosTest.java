package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TunnelTosTest {
    private static final int NOT_ECT = 0;
    private static final int ECT_1 = 1;
    private static final int ECT_0 = 2;
    private static final int CE = 3;
    private static final int DROP = -1;

    /** RFC 6040 figure 4: rows by inner, columns by outer, both in the order Not-ECT, ECT(0), ECT(1), CE. */
    private static final int[][] FIGURE_4 = {
        {NOT_ECT, NOT_ECT, NOT_ECT, DROP},
        {ECT_0, ECT_0, ECT_1, CE},
        {ECT_1, ECT_1, ECT_1, CE},
        {CE, CE, CE, CE}
    };

    private static final int[] ORDER = {NOT_ECT, ECT_0, ECT_1, CE};
    private static final int DSCP = 46 << 2;
    private static final int OUTER_DSCP = 10 << 2;

    @Test
    void decapsulationFollowsTheWholeTableForIpv4() {
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                byte[] inner = EspFixture.ipv4(60, DSCP | ORDER[row]);
                byte[] before = inner.clone();
                boolean kept = TunnelTos.decapsulate(inner, 0, false, OUTER_DSCP | ORDER[column]);
                int expected = FIGURE_4[row][column];
                assertThat(kept).isEqualTo(expected != DROP);
                assertThat(inner[1] & 0xff).isEqualTo(DSCP | (expected == DROP ? ORDER[row] : expected));
                assertThat(EspFixture.sum(inner, 20)).as("checksum").isEqualTo(0xffff);
                assertThat(Arrays.copyOfRange(inner, 12, 60)).isEqualTo(Arrays.copyOfRange(before, 12, 60));
            }
        }
    }

    @Test
    void decapsulationFollowsTheWholeTableForIpv6() {
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                byte[] inner = EspFixture.ipv6(60, DSCP | ORDER[row]);
                int expected = FIGURE_4[row][column];
                assertThat(TunnelTos.decapsulate(inner, 0, true, ORDER[column])).isEqualTo(expected != DROP);
                byte[] wanted = EspFixture.ipv6(60, DSCP | (expected == DROP ? ORDER[row] : expected));
                assertThat(inner).isEqualTo(wanted);
            }
        }
    }

    @Test
    void anUnknownOuterOctetChangesAndRefusesNothing() {
        for (int ecn : ORDER) {
            byte[] inner = EspFixture.ipv4(60, ecn);
            assertThat(TunnelTos.decapsulate(inner, 0, false, EspDecapsulator.UNKNOWN_TOS))
                    .isTrue();
            assertThat(inner).isEqualTo(EspFixture.ipv4(60, ecn));
        }
    }

    @Test
    void theChecksumStaysRightForEveryHeader() {
        for (int id = 0; id < 0x10000; id += 7) {
            byte[] inner = EspFixture.ipv4(20, ECT_0);
            EspFixture.putShort(inner, 4, id);
            EspFixture.putShort(inner, 10, 0);
            EspFixture.putShort(inner, 10, ~EspFixture.sum(inner, 20));
            assertThat(TunnelTos.decapsulate(inner, 0, false, CE)).isTrue();
            assertThat(EspFixture.sum(inner, 20)).isEqualTo(0xffff);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x00,0x00,0x00", "0xb9,0xb9,0x01", "0xfe,0xfe,0x02", "0x03,0x03,0x03"})
    void encapsulationCopiesEcnAlwaysAndDscpIfWanted(String inner, String copied, String plain) {
        assertThat(TunnelTos.outer(Integer.decode(inner), true)).isEqualTo(Integer.decode(copied));
        assertThat(TunnelTos.outer(Integer.decode(inner), false)).isEqualTo(Integer.decode(plain));
    }

    @Test
    void congestionOnTheWayReachesTheInnerHeaderAndAnIllegalMarkDropsThePacket() {
        EspDecapsulator decapsulator = new EspDecapsulator();
        for (byte[] inner : new byte[][] {EspFixture.ipv4(100, ECT_0), EspFixture.ipv6(100, ECT_0)}) {
            byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), inner);
            InboundSa inbound = EspFixture.inbound(EspFixture.GCM);
            assertThat(decapsulator.open(inbound, packet, 0, packet.length, CE)).isEqualTo(EspVerdict.OK);
            boolean ipv6 = inner[0] >> 4 == 6;
            assertThat(TunnelTos.read(packet, decapsulator.resultOffset(), ipv6))
                    .isEqualTo(CE);
        }
        byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(100, NOT_ECT));
        assertThat(decapsulator.open(EspFixture.inbound(EspFixture.GCM), packet, 0, packet.length, CE))
                .isEqualTo(EspVerdict.ILLEGAL_ECN);
        assertThat(decapsulator.resultLength()).isZero();
        assertThat(decapsulator.wasAuthentic()).isTrue();
    }
}
