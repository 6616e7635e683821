package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EspOverheadTest {
    private static EspSuite suite(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        return new EspSuite(encryption, integrity, SequenceNumbers.SHORT_32);
    }

    /** The table of the AWS user guide, "best practices for your customer gateway device", uplink 1500, IPv4 outside. */
    @ParameterizedTest
    @CsvSource({
        "AES_GCM_16_128, NONE,              false, 1446, 1406, 1386",
        "AES_GCM_16_256, NONE,              false, 1446, 1406, 1386",
        "AES_GCM_16_128, NONE,              true,  1438, 1398, 1378",
        "AES_GCM_16_256, NONE,              true,  1438, 1398, 1378",
        "AES_CBC_128,    HMAC_SHA1_96,      false, 1438, 1398, 1378",
        "AES_CBC_256,    HMAC_SHA1_96,      false, 1438, 1398, 1378",
        "AES_CBC_128,    HMAC_SHA2_256_128, false, 1438, 1398, 1378",
        "AES_CBC_256,    HMAC_SHA2_256_128, false, 1438, 1398, 1378",
        "AES_CBC_128,    HMAC_SHA1_96,      true,  1422, 1382, 1362",
        "AES_CBC_256,    HMAC_SHA1_96,      true,  1422, 1382, 1362",
        "AES_CBC_128,    HMAC_SHA2_256_128, true,  1422, 1382, 1362",
        "AES_CBC_256,    HMAC_SHA2_256_128, true,  1422, 1382, 1362",
        "AES_CBC_128,    HMAC_SHA2_384_192, false, 1422, 1382, 1362",
        "AES_CBC_256,    HMAC_SHA2_384_192, false, 1422, 1382, 1362",
        "AES_CBC_128,    HMAC_SHA2_384_192, true,  1422, 1382, 1362",
        "AES_CBC_256,    HMAC_SHA2_384_192, true,  1422, 1382, 1362",
        "AES_CBC_128,    HMAC_SHA2_512_256, false, 1422, 1382, 1362",
        "AES_CBC_256,    HMAC_SHA2_512_256, false, 1422, 1382, 1362",
        "AES_CBC_128,    HMAC_SHA2_512_256, true,  1406, 1366, 1346",
        "AES_CBC_256,    HMAC_SHA2_512_256, true,  1406, 1366, 1346"
    })
    void reproducesTheTableOfAws(
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            boolean udp,
            int mtu,
            int mssIpv4,
            int mssIpv6) {
        int inner = EspOverhead.of(suite(encryption, integrity), udp, false).innerMtuBytes(1500);
        assertThat(inner).isEqualTo(mtu);
        assertThat(EspOverhead.mssIpv4Bytes(inner)).isEqualTo(mssIpv4);
        assertThat(EspOverhead.mssIpv6Bytes(inner)).isEqualTo(mssIpv6);
    }

    /** Columns: IPv4 outside, IPv4 with UDP, IPv6 outside, IPv6 with UDP. */
    @ParameterizedTest
    @CsvSource({
        "1500, AES_GCM_16_256, NONE,              1446, 1438, 1426, 1418",
        "1500, AES_CBC_256,    HMAC_SHA1_96,      1438, 1422, 1422, 1406",
        "1500, AES_CBC_256,    HMAC_SHA2_256_128, 1438, 1422, 1406, 1406",
        "1500, AES_CBC_256,    HMAC_SHA2_512_256, 1422, 1406, 1390, 1390",
        "1492, AES_GCM_16_256, NONE,              1438, 1430, 1418, 1410",
        "1492, AES_CBC_256,    HMAC_SHA1_96,      1422, 1422, 1406, 1406",
        "1492, AES_CBC_256,    HMAC_SHA2_256_128, 1422, 1422, 1406, 1390",
        "1492, AES_CBC_256,    HMAC_SHA2_512_256, 1406, 1406, 1390, 1374",
        "1480, AES_GCM_16_256, NONE,              1426, 1418, 1406, 1398",
        "1480, AES_CBC_256,    HMAC_SHA1_96,      1422, 1406, 1390, 1390",
        "1480, AES_CBC_256,    HMAC_SHA2_256_128, 1406, 1406, 1390, 1390",
        "1480, AES_CBC_256,    HMAC_SHA2_512_256, 1390, 1390, 1374, 1374",
        "1400, AES_GCM_16_256, NONE,              1346, 1338, 1326, 1318",
        "1400, AES_CBC_256,    HMAC_SHA1_96,      1342, 1326, 1310, 1310",
        "1400, AES_CBC_256,    HMAC_SHA2_256_128, 1326, 1326, 1310, 1310",
        "1400, AES_CBC_256,    HMAC_SHA2_512_256, 1310, 1310, 1294, 1294"
    })
    void reproducesOtherUplinks(
            int uplink,
            EncryptionAlgorithm encryption,
            IntegrityAlgorithm integrity,
            int ipv4,
            int ipv4Udp,
            int ipv6,
            int ipv6Udp) {
        EspSuite suite = suite(encryption, integrity);
        assertThat(EspOverhead.of(suite, false, false).innerMtuBytes(uplink)).isEqualTo(ipv4);
        assertThat(EspOverhead.of(suite, true, false).innerMtuBytes(uplink)).isEqualTo(ipv4Udp);
        assertThat(EspOverhead.of(suite, false, true).innerMtuBytes(uplink)).isEqualTo(ipv6);
        assertThat(EspOverhead.of(suite, true, true).innerMtuBytes(uplink)).isEqualTo(ipv6Udp);
    }

    @Provide
    Arbitrary<EspSuite> suites() {
        return Arbitraries.of(EspFixture.allSuites());
    }

    @Property(tries = 500)
    void isTightOneOctetMoreWouldNotFitTheUplink(
            @ForAll("suites") EspSuite suite,
            @ForAll boolean udp,
            @ForAll boolean outerIpv6,
            @ForAll @IntRange(min = 576, max = 9001) int uplink) {
        EspOverhead overhead = EspOverhead.of(suite, udp, outerIpv6);
        int outerHeaders = (outerIpv6 ? 40 : 20) + (udp ? 8 : 0);
        int mtu = overhead.innerMtuBytes(uplink);
        OutboundSa sa = EspFixture.outbound(suite);

        int fits = outerHeaders + EspFixture.sealed(sa, EspFixture.ipv4(mtu, 0)).length;
        assertThat(fits).isLessThanOrEqualTo(uplink).isEqualTo(overhead.outerLengthBytes(mtu));
        int tooLong = outerHeaders + EspFixture.sealed(sa, EspFixture.ipv4(mtu + 1, 0)).length;
        assertThat(tooLong).isGreaterThan(uplink).isEqualTo(overhead.outerLengthBytes(mtu + 1));
    }

    @Test
    void aTinyUplinkHasRoomForNothing() {
        EspOverhead overhead = EspOverhead.of(EspFixture.CBC, true, true);
        for (int uplink : new int[] {Integer.MIN_VALUE + 1000, -1, 0, 40, 88}) {
            assertThat(overhead.innerMtuBytes(uplink)).isZero();
        }
        assertThat(EspOverhead.mssIpv4Bytes(0)).isZero();
        assertThat(EspOverhead.mssIpv6Bytes(30)).isZero();
    }
}
