package io.twinspan.crypto.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrimitiveSelfTestTest {
    private static final PacketCipherEngine ENGINE = PacketCipherEngine.jdk();

    @Test
    void everyAlgorithmGivesItsKnownAnswerHere() {
        SupportedAlgorithms supported = all(new PrimitiveSelfTest(ENGINE));
        assertThat(supported.encryption()).containsExactlyInAnyOrder(EncryptionAlgorithm.values());
        assertThat(supported.integrity()).containsExactlyInAnyOrder(IntegrityAlgorithm.values());
        assertThat(supported.pseudorandomFunctions()).containsExactlyInAnyOrder(PseudorandomFunction.values());
        assertThat(supported.keyExchange()).containsExactlyInAnyOrder(KeyExchangeMethod.values());
    }

    @Test
    void a13_aCipherWhoseProviderThrowsIsNotOffered() {
        PacketCipherEngine withoutGcm = (encryption, integrity, encryptionKey, integrityKey) -> {
            if (encryption == EncryptionAlgorithm.AES_GCM_16_256) {
                throw new IllegalStateException("no such algorithm in this provider");
            }
            return ENGINE.cipher(encryption, integrity, encryptionKey, integrityKey);
        };
        assertThat(all(new PrimitiveSelfTest(withoutGcm, function -> true, method -> true))
                        .encryption())
                .hasSize(EncryptionAlgorithm.values().length - 1)
                .doesNotContain(EncryptionAlgorithm.AES_GCM_16_256);
    }

    @Test
    void a13_aCipherThatComputesWronglyIsNotOffered() {
        PacketCipherEngine shortKeys =
                (encryption, integrity, encryptionKey, integrityKey) -> encryption == EncryptionAlgorithm.AES_CBC_256
                        ? new WrongCipher(ENGINE.cipher(encryption, integrity, encryptionKey, integrityKey))
                        : ENGINE.cipher(encryption, integrity, encryptionKey, integrityKey);
        SupportedAlgorithms supported = all(new PrimitiveSelfTest(shortKeys, function -> true, method -> true));
        assertThat(supported.encryption())
                .doesNotContain(EncryptionAlgorithm.AES_CBC_256)
                .contains(EncryptionAlgorithm.AES_CBC_128);
        assertThat(supported.integrity()).containsExactlyInAnyOrder(IntegrityAlgorithm.values());
    }

    @Test
    void a13_aPrfOrKeyExchangeThatFailsOrThrowsIsNotOffered() {
        SupportedAlgorithms supported =
                all(new PrimitiveSelfTest(ENGINE, function -> function != PseudorandomFunction.HMAC_SHA1, method -> {
                    if (method == KeyExchangeMethod.ECP_521) {
                        throw new ArithmeticException("broken library");
                    }
                    return true;
                }));
        assertThat(supported.pseudorandomFunctions()).hasSize(3).doesNotContain(PseudorandomFunction.HMAC_SHA1);
        assertThat(supported.keyExchange()).hasSize(13).doesNotContain(KeyExchangeMethod.ECP_521);
    }

    @Test
    void aProposalKeepsWhatWorksInItsOrder() {
        IkeProposal proposal = new IkeProposal(
                List.of(EncryptionAlgorithm.AES_GCM_16_256, EncryptionAlgorithm.AES_GCM_16_128),
                List.of(),
                List.of(PseudorandomFunction.HMAC_SHA2_384),
                List.of(KeyExchangeMethod.ECP_384, KeyExchangeMethod.ECP_256, KeyExchangeMethod.MODP_2048));
        assertThat(some(KeyExchangeMethod.MODP_2048, KeyExchangeMethod.ECP_384).offerable(proposal))
                .hasValue(new IkeProposal(
                        List.of(EncryptionAlgorithm.AES_GCM_16_128),
                        List.of(),
                        List.of(PseudorandomFunction.HMAC_SHA2_384),
                        List.of(KeyExchangeMethod.ECP_384, KeyExchangeMethod.MODP_2048)));
        assertThat(some(KeyExchangeMethod.CURVE25519).offerable(proposal)).isEmpty();
    }

    @Test
    void aProposalWithPfsNeverTurnsIntoOneWithout() {
        EspProposal withPfs = new EspProposal(
                List.of(EncryptionAlgorithm.AES_GCM_16_128),
                List.of(),
                List.of(KeyExchangeMethod.ECP_256),
                List.of(SequenceNumbers.SHORT_32));
        EspProposal withoutPfs =
                new EspProposal(withPfs.encryption(), List.of(), List.of(), List.of(SequenceNumbers.SHORT_32));
        assertThat(some(KeyExchangeMethod.MODP_2048).offerable(withPfs)).isEmpty();
        assertThat(some(KeyExchangeMethod.ECP_256).offerable(withPfs)).hasValue(withPfs);
        assertThat(some(KeyExchangeMethod.MODP_2048).offerable(withoutPfs)).hasValue(withoutPfs);
    }

    @Test
    void onlyWhatIsToBeOfferedIsTestedAndThatOnce() {
        List<Object> tested = new ArrayList<>();
        PacketCipherEngine recording = (encryption, integrity, encryptionKey, integrityKey) -> {
            tested.add(encryption);
            return ENGINE.cipher(encryption, integrity, encryptionKey, integrityKey);
        };
        PrimitiveSelfTest test = new PrimitiveSelfTest(recording, tested::add, method -> {
            tested.add(method);
            return method != KeyExchangeMethod.ECP_256;
        });
        IkeProposal proposal = new IkeProposal(
                List.of(EncryptionAlgorithm.AES_GCM_16_128),
                List.of(),
                List.of(PseudorandomFunction.HMAC_SHA2_256),
                List.of(KeyExchangeMethod.ECP_256, KeyExchangeMethod.ECP_384));
        IkeProposal offered = new IkeProposal(
                proposal.encryption(), List.of(), proposal.pseudorandomFunctions(), List.of(KeyExchangeMethod.ECP_384));
        assertThat(test.offerable(proposal)).hasValue(offered);
        assertThat(test.offerable(proposal)).hasValue(offered);
        assertThat(tested)
                .containsExactly(
                        EncryptionAlgorithm.AES_GCM_16_128,
                        PseudorandomFunction.HMAC_SHA2_256,
                        KeyExchangeMethod.ECP_256,
                        KeyExchangeMethod.ECP_384);
    }

    private static SupportedAlgorithms all(PrimitiveSelfTest test) {
        return test.among(
                List.of(EncryptionAlgorithm.values()),
                List.of(IntegrityAlgorithm.values()),
                List.of(PseudorandomFunction.values()),
                List.of(KeyExchangeMethod.values()));
    }

    private static SupportedAlgorithms some(KeyExchangeMethod... methods) {
        return new SupportedAlgorithms(
                Set.of(EncryptionAlgorithm.AES_GCM_16_128),
                Set.of(IntegrityAlgorithm.NONE),
                Set.of(PseudorandomFunction.HMAC_SHA2_384),
                Set.of(methods));
    }

    /** Opens and seals consistently, but one octet of every sealed packet differs from the standard. */
    private record WrongCipher(PacketCipher right) implements PacketCipher {
        @Override
        public int ivBytes() {
            return right.ivBytes();
        }

        @Override
        public int icvBytes() {
            return right.icvBytes();
        }

        @Override
        public int blockBytes() {
            return right.blockBytes();
        }

        @Override
        public boolean seal(byte[] packet, int offset, int headerLength, int textLength) {
            boolean sealed = right.seal(packet, offset, headerLength, textLength);
            packet[packet.length - 1] ^= 1;
            return sealed;
        }

        @Override
        public boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
            return right.sealExtended(packet, offset, textLength, sequenceHigh);
        }

        @Override
        public boolean open(byte[] packet, int offset, int headerLength, int textLength) {
            packet[packet.length - 1] ^= 1;
            return right.open(packet, offset, headerLength, textLength);
        }

        @Override
        public boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
            return right.openExtended(packet, offset, textLength, sequenceHigh);
        }

        @Override
        public void destroy() {
            right.destroy();
        }
    }
}
