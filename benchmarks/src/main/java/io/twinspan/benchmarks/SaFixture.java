package io.twinspan.benchmarks;

import io.twinspan.crypto.esp.EspKeys;
import io.twinspan.crypto.esp.EspSaParameters;
import io.twinspan.crypto.esp.ReplayWindow;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Security associations for measurements, with keys that everybody knows. */
public final class SaFixture {
    private static final int SEED = 42;

    private SaFixture() {}

    /** Every ESP suite. */
    public static List<EspSuite> suites() {
        return Stream.of(EncryptionAlgorithm.values())
                .flatMap(encryption -> Stream.of(IntegrityAlgorithm.values())
                        .filter(integrity -> encryption.isAead() == (integrity == IntegrityAlgorithm.NONE))
                        .flatMap(integrity -> Stream.of(SequenceNumbers.values())
                                .map(numbers -> new EspSuite(encryption, integrity, numbers))))
                .toList();
    }

    /**
     * The suite of a label, such as {@code aes-gcm-16-128} or {@code aes-cbc-128/hmac-sha1-96}.
     *
     * @throws IllegalArgumentException where there is no such suite
     */
    public static EspSuite suite(String label) {
        return suites().stream()
                .filter(suite -> suite.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no suite is called " + label + "; there are "
                        + suites().stream().map(EspSuite::label).toList()));
    }

    /** One direction of a child SA for any traffic. Every call makes the same keys, so two ends agree. */
    public static EspSaParameters parameters(EspSuite suite, int spi) {
        EncryptionAlgorithm encryption = suite.encryption();
        EntropySource source = entropy();
        EspKeys keys = new EspKeys(
                SecretBytes.copyOf(source.bytes(encryption.keyBytes() + encryption.saltBytes())),
                SecretBytes.copyOf(source.bytes(suite.integrity().keyBytes())));
        return new EspSaParameters(spi, suite, keys, anywhere(), anywhere(), ReplayWindow.DEFAULT_PACKETS);
    }

    /** A fast, guessable source: a measurement protects nothing. */
    public static EntropySource entropy() {
        return new Random(SEED)::nextBytes;
    }

    private static List<TrafficSelector> anywhere() {
        return Stream.of("0.0.0.0/0", "::/0")
                .map(IpPrefix::parse)
                .map(TrafficSelector::ofPrefix)
                .toList();
    }
}
