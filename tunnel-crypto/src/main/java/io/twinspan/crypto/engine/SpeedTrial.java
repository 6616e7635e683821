package io.twinspan.crypto.engine;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times native engines against each other for a few milliseconds. The texts are long, so that what the Java around the
 * call costs before it is compiled weighs little; the engines take turns and only the best round of each counts, so that
 * other work on the host does not decide.
 *
 * <p>The JDK's engine has no place here: its ciphers reach their speed when the compiler has got around to them, which on a
 * busy host takes longer than anyone wants to wait for a start.
 */
final class SpeedTrial {
    private static final int TEXT_BYTES = 65_000;
    private static final long TEXT_KILOBITS = TEXT_BYTES * 8L / 1000;
    private static final int ROUNDS = 40;
    private static final long NANOS_PER_MILLISECOND = 1_000_000;

    private final LongSupplier nanoTime;

    SpeedTrial(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The speed of each candidate, in their order. */
    List<CipherSpeed> race(List<Candidate> candidates, EncryptionAlgorithm algorithm) {
        List<Runner> runners = candidates.stream()
                .map(candidate -> new Runner(EngineAgreement.cipher(candidate.engine(), algorithm)))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            runners.forEach(Runner::runRound);
        }
        return runners.stream().map(Runner::speed).toList();
    }

    private final class Runner {
        private final PacketCipher cipher;
        private final byte[] packet;
        private long sealNanos = Long.MAX_VALUE;
        private long openNanos = Long.MAX_VALUE;

        Runner(PacketCipher cipher) {
            this.cipher = cipher;
            packet = new byte[PacketCipher.ESP_HEADER_BYTES + cipher.ivBytes() + TEXT_BYTES + cipher.icvBytes()];
        }

        void runRound() {
            packet[PacketCipher.ESP_HEADER_BYTES]++;
            long start = nanoTime.getAsLong();
            cipher.seal(packet, 0, PacketCipher.ESP_HEADER_BYTES, TEXT_BYTES);
            long sealed = nanoTime.getAsLong();
            cipher.open(packet, 0, PacketCipher.ESP_HEADER_BYTES, TEXT_BYTES);
            long opened = nanoTime.getAsLong();
            sealNanos = Math.min(sealNanos, Math.max(1, sealed - start));
            openNanos = Math.min(openNanos, Math.max(1, opened - sealed));
        }

        CipherSpeed speed() {
            return new CipherSpeed(
                    TEXT_KILOBITS * NANOS_PER_MILLISECOND / sealNanos,
                    TEXT_KILOBITS * NANOS_PER_MILLISECOND / openNanos);
        }
    }
}
