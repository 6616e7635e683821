package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Child SAs with keys made from their SPI, so that both ends agree. */
public final class TestKeys {
    /** AES-256-GCM with 32-bit sequence numbers. */
    public static final EspSuite SUITE =
            new EspSuite(EncryptionAlgorithm.AES_GCM_16_256, IntegrityAlgorithm.NONE, SequenceNumbers.SHORT_32);

    private static final int KEY_AND_SALT_OCTETS = 36;

    private TestKeys() {}

    /** A seeded source: tests need no surprises. */
    public static EntropySource entropy() {
        Random random = new Random(7);
        return random::nextBytes;
    }

    /** Parameters of an SA for any traffic of both families. */
    public static EspSaParameters aead(int spi) {
        List<TrafficSelector> any = List.of(
                TrafficSelector.ofPrefix(IpPrefix.parse("0.0.0.0/0")),
                TrafficSelector.ofPrefix(IpPrefix.parse("::/0")));
        return aead(spi, any, any);
    }

    /** Parameters of an SA for some traffic. */
    public static EspSaParameters aead(int spi, List<TrafficSelector> local, List<TrafficSelector> remote) {
        byte[] key = new byte[KEY_AND_SALT_OCTETS];
        Arrays.fill(key, (byte) spi);
        EspKeys keys = new EspKeys(SecretBytes.copyOf(key), SecretBytes.copyOf(new byte[0]));
        return new EspSaParameters(spi, SUITE, keys, local, remote, 1024);
    }
}
