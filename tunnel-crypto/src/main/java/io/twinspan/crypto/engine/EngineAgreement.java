package io.twinspan.crypto.engine;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.primitive.PrimitiveSelfTest;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.util.Arrays;
import java.util.List;

/**
 * Whether an engine may be trusted with a family of AEAD ciphers: its known answers are right, and for texts around the
 * sizes at which such code takes another way it seals to the same octets as the JDK, opens them, and refuses them with
 * one bit changed.
 */
final class EngineAgreement {
    private static final int[] TEXT_BYTES = {0, 1, 15, 16, 17, 64, 257, 1_400, 9_000};
    private static final int SEQUENCE_HIGH = 0x01020304;

    private final CipherFamily family;
    private final List<Sample> samples;

    /** Seals the samples with the JDK: once, because before it is compiled that is the slow part. */
    EngineAgreement(CipherFamily family) {
        this.family = family;
        samples = family.members().stream()
                .flatMap(algorithm -> {
                    PacketCipher reference = cipher(PacketCipherEngine.jdk(), algorithm);
                    return Arrays.stream(TEXT_BYTES).mapToObj(length -> Sample.of(reference, algorithm, length));
                })
                .toList();
    }

    boolean holdsFor(PacketCipherEngine engine) {
        try {
            return family.members().stream()
                            .allMatch(algorithm -> PrimitiveSelfTest.passes(engine, algorithm, IntegrityAlgorithm.NONE))
                    && samples.stream().allMatch(sample -> sample.agrees(cipher(engine, sample.algorithm)));
        } catch (RuntimeException | LinkageError e) {
            // Whatever an engine throws, it is not one to be trusted.
            return false;
        }
    }

    static PacketCipher cipher(PacketCipherEngine engine, EncryptionAlgorithm algorithm) {
        byte[] key = counting(algorithm.keyBytes() + algorithm.saltBytes());
        return engine.cipher(
                algorithm, IntegrityAlgorithm.NONE, SecretBytes.copyOf(key), SecretBytes.copyOf(new byte[0]));
    }

    private static byte[] counting(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) i;
        }
        return octets;
    }

    private record Sample(EncryptionAlgorithm algorithm, int textBytes, byte[] plain, byte[] sealed) {
        /** The IV is the length of the text, so that none comes twice. */
        static Sample of(PacketCipher reference, EncryptionAlgorithm algorithm, int textBytes) {
            int textOffset = PacketCipher.ESP_HEADER_BYTES + reference.ivBytes();
            byte[] plain = counting(textOffset + textBytes + reference.icvBytes());
            for (int i = 1; i <= Integer.BYTES; i++) {
                plain[textOffset - i] = (byte) (textBytes >> (Byte.SIZE * (i - 1)));
            }
            byte[] sealed = plain.clone();
            reference.sealExtended(sealed, 0, textBytes, SEQUENCE_HIGH);
            return new Sample(algorithm, textBytes, plain, sealed);
        }

        boolean agrees(PacketCipher cipher) {
            byte[] packet = plain.clone();
            byte[] forged = sealed.clone();
            forged[forged.length - 1] ^= 1;
            byte[] refused = forged.clone();
            int textEnd = plain.length - cipher.icvBytes();
            return cipher.sealExtended(packet, 0, textBytes, SEQUENCE_HIGH)
                    && Arrays.equals(packet, sealed)
                    && !cipher.openExtended(refused, 0, textBytes, SEQUENCE_HIGH)
                    && Arrays.equals(refused, forged)
                    && cipher.openExtended(packet, 0, textBytes, SEQUENCE_HIGH)
                    && Arrays.equals(packet, 0, textEnd, plain, 0, textEnd);
        }
    }
}
