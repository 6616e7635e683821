package io.twinspan.daemon.diagnosis;

import io.twinspan.crypto.esp.EspSaKeys;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Keys of ESP SAs as lines of Wireshark's table {@code esp_sa}. Secret: for the file of an admin, and nothing else. */
public final class WiresharkKeys {
    private static final int IPV4_OCTETS = 4;

    private WiresharkKeys() {}

    /** A line for each SA; destroys the copies that it is given. */
    public static String of(List<EspSaKeys> associations) {
        String text = associations.stream().map(WiresharkKeys::line).collect(Collectors.joining());
        associations.forEach(it -> it.keys().destroy());
        return text;
    }

    /** The cipher's key has its salt behind it, as RFC 4106 section 8.1 has it and Wireshark expects it. */
    private static String line(EspSaKeys sa) {
        EspSuite suite = sa.suite();
        String spi = String.format(Locale.ROOT, "0x%08x", sa.spi());
        if (suite.encryption() == EncryptionAlgorithm.CHACHA20_POLY1305) {
            // A name that Wireshark 4.0 does not know would cost it the whole table.
            return "# " + spi + ": Wireshark opens no ChaCha20-Poly1305\n";
        }
        List<String> cells = List.of(
                sa.destination().getAddress().length == IPV4_OCTETS ? "IPv4" : "IPv6",
                address(sa.source()),
                address(sa.destination()),
                spi,
                cipher(suite),
                hex(sa.keys().encryption()),
                integrity(suite),
                hex(sa.keys().integrity()));
        return cells.stream().map(it -> '"' + it + '"').collect(Collectors.joining(",", "", "\n"));
    }

    private static String address(InetAddress address) {
        return address.getHostAddress();
    }

    private static String cipher(EspSuite suite) {
        return switch (suite.encryption()) {
            case AES_CBC_128, AES_CBC_256 -> "AES-CBC [RFC3602]";
            case AES_GCM_16_128, AES_GCM_16_256 -> "AES-GCM with 16 octet ICV [RFC4106]";
            case CHACHA20_POLY1305 -> throw new IllegalArgumentException("not in Wireshark's table");
        };
    }

    private static String integrity(EspSuite suite) {
        return switch (suite.integrity()) {
            case NONE -> "NULL";
            case HMAC_SHA1_96 -> "HMAC-SHA-1-96 [RFC2404]";
            case HMAC_SHA2_256_128 -> "HMAC-SHA-256-128 [RFC4868]";
            case HMAC_SHA2_384_192 -> "HMAC-SHA-384-192 [RFC4868]";
            case HMAC_SHA2_512_256 -> "HMAC-SHA-512-256 [RFC4868]";
        };
    }

    private static String hex(SecretBytes secret) {
        if (secret.length() == 0) {
            return "";
        }
        byte[] octets = secret.expose();
        try {
            return "0x" + HexFormat.of().formatHex(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
