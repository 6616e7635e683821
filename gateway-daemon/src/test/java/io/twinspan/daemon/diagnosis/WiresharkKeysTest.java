package io.twinspan.daemon.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That Wireshark opens packets with them is proved in the lab; here is what the lab's suite does not have. */
class WiresharkKeysTest {
    private static EspSaKeys sa(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        return new EspSaKeys(
                0xc1f00001,
                new EspSuite(encryption, integrity, SequenceNumbers.EXTENDED_64),
                new EspKeys(
                        octets(encryption.keyBytes() + encryption.saltBytes(), 0xab), octets(integrity.keyBytes(), 1)),
                IpPrefix.parseAddress("192.0.2.1"),
                IpPrefix.parseAddress("203.0.113.10"));
    }

    private static SecretBytes octets(int count, int value) {
        byte[] octets = new byte[count];
        Arrays.fill(octets, (byte) value);
        return SecretBytes.copyOf(octets);
    }

    @Test
    void cbcHasTheKeyOfItsIntegrityToo() {
        EspSaKeys sa = sa(EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA1_96);
        assertThat(WiresharkKeys.of(List.of(sa)))
                .isEqualTo("\"IPv4\",\"192.0.2.1\",\"203.0.113.10\",\"0xc1f00001\",\"AES-CBC [RFC3602]\",\"0x"
                        + "ab".repeat(16) + "\",\"HMAC-SHA-1-96 [RFC2404]\",\"0x" + "01".repeat(20) + "\"\n");
    }

    @Test
    void whatWiresharkCannotOpenIsAComment() {
        EspSaKeys sa = sa(EncryptionAlgorithm.CHACHA20_POLY1305, IntegrityAlgorithm.NONE);
        assertThat(WiresharkKeys.of(List.of(sa)))
                .startsWith("# 0xc1f00001: ")
                .doesNotContain("abab")
                .endsWith("\n");
    }

    @Test
    void theCopiesAreDestroyed() {
        EspSaKeys sa = sa(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE);
        assertThat(WiresharkKeys.of(List.of(sa))).contains("\"0x" + "ab".repeat(36) + "\",\"NULL\",\"\"");
        assertThat(sa.keys().encryption().expose()).containsOnly(0);
    }
}
