package io.twinspan.crypto.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.primitive.PrimitiveSelfTest;
import io.twinspan.crypto.primitive.SupportedAlgorithms;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.testing.CipherEngines;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EngineChooserTest {
    private static final String ABSENT = "the library is not there";

    private long nowNanos;

    /** An engine whose packets take so long by this test's clock, and whose octets may be wrong. */
    private Candidate engine(String flavour, long nanos, boolean right) {
        PacketCipherEngine engine = (encryption, integrity, encryptionKey, integrityKey) -> new SlowCipher(
                PacketCipherEngine.jdk().cipher(encryption, integrity, encryptionKey, integrityKey), nanos, right);
        return new Candidate(new EngineName("ipsec-mb", "9.9", flavour), engine);
    }

    private EngineChooser chooser(Candidate... natives) {
        return new EngineChooser(List.of(natives), ABSENT, () -> nowNanos);
    }

    private static FamilyChoice gcm(EngineChoice choice) {
        return choice.report().of(CipherFamily.AES_GCM);
    }

    @Test
    void theFastestNativeEngineIsTakenForAesGcmAndTheJdkForTheRest() throws Exception {
        Candidate fast = engine("fast", 50_000, true);
        EngineChoice choice = chooser(engine("wide", 100_000, true), fast, engine("old", 200_000, true))
                .choose(EngineWish.AUTO);

        assertThat(choice.engine()).isSameAs(fast.engine());
        assertThat(gcm(choice).engine().flavour()).isEqualTo("fast");
        assertThat(gcm(choice).speed()).isEqualTo(new CipherSpeed(10_400, 10_400));
        assertThat(gcm(choice).others())
                .extracting(other -> other.engine().flavour() + ": " + other.reason())
                .containsExactly(
                        "wide: slower on this processor", "old: slower on this processor", ": slower than native code");
        assertThat(choice.report().engineOf(EncryptionAlgorithm.AES_GCM_16_128).name())
                .isEqualTo("ipsec-mb");
        assertThat(choice.report().engineOf(EncryptionAlgorithm.AES_CBC_256).name())
                .isEqualTo("jdk");
        assertThat(choice.report()
                        .engineOf(EncryptionAlgorithm.CHACHA20_POLY1305)
                        .name())
                .isEqualTo("jdk");
    }

    @Test
    void aSmallLeadDoesNotTurnTheOrderAround() throws Exception {
        assertThat(gcm(chooser(engine("wide", 100_000, true), engine("other", 97_000, true))
                                .choose(EngineWish.AUTO))
                        .engine()
                        .flavour())
                .isEqualTo("wide");
    }

    @Test
    void anEngineThatComputesWronglyIsPassedOverHoweverFastItIs() throws Exception {
        EngineChoice choice = chooser(engine("wrong", 1, false), engine("right", 100_000, true))
                .choose(EngineWish.IPSEC_MB);
        assertThat(gcm(choice).engine().flavour()).isEqualTo("right");
        assertThat(gcm(choice).others())
                .anySatisfy(other -> assertThat(other.toString()).contains("wrong", "self-test failed"));
    }

    @Test
    void anEngineThatThrowsIsPassedOver() throws Exception {
        PacketCipherEngine broken = (encryption, integrity, encryptionKey, integrityKey) -> {
            throw new IllegalStateException("broken");
        };
        EngineChoice choice = chooser(new Candidate(new EngineName("ipsec-mb", "0", "x"), broken))
                .choose(EngineWish.AUTO);
        assertThat(choice.engine()).isSameAs(PacketCipherEngine.jdk());
        assertThat(gcm(choice).others()).hasSize(1);
    }

    @Test
    void withoutNativeEnginesItIsTheJdkAndItSaysWhy() throws Exception {
        EngineChoice choice = chooser().choose(EngineWish.AUTO);
        assertThat(choice.engine()).isSameAs(PacketCipherEngine.jdk());
        assertThat(choice.report().families())
                .hasSize(CipherFamily.values().length)
                .allSatisfy(family -> assertThat(family.engine().name()).isEqualTo("jdk"));
        assertThat(gcm(choice).others())
                .singleElement()
                .satisfies(other -> assertThat(other.reason()).isEqualTo(ABSENT));
    }

    @Test
    void anEngineAskedForByNameMustWork() {
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> chooser().choose(EngineWish.IPSEC_MB))
                .withMessageContaining(ABSENT)
                .satisfies(e -> assertThat(e.hint()).contains("libipsec-mb1"));
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> chooser(engine("wrong", 1, false)).choose(EngineWish.IPSEC_MB))
                .withMessageContaining("self-test");
    }

    @Test
    void theJdkAskedForByNameIsTakenWithoutATrial() throws Exception {
        EngineChoice choice = chooser(engine("fast", 1, true)).choose(EngineWish.JDK);
        assertThat(choice.engine()).isSameAs(PacketCipherEngine.jdk());
        assertThat(gcm(choice).speed()).isEqualTo(CipherSpeed.UNMEASURED);
        assertThat(gcm(choice).others())
                .singleElement()
                .satisfies(other -> assertThat(other.reason()).contains("set to jdk"));
        assertThat(nowNanos).isZero();
    }

    @Test
    void whereTheLibraryIsInstalledItIsTakenAndDoesEveryAlgorithmRight() throws Exception {
        CipherEngines.ipsecMb();
        EngineChoice choice = EngineChooser.ofThisHost(System::nanoTime).choose(EngineWish.AUTO);
        assertThat(gcm(choice).engine().name()).isEqualTo("ipsec-mb");
        assertThat(gcm(choice).speed().sealMegabitsPerSecond()).isPositive();
        SupportedAlgorithms right = new PrimitiveSelfTest(choice.engine())
                .among(
                        List.of(EncryptionAlgorithm.values()),
                        List.of(IntegrityAlgorithm.values()),
                        List.of(),
                        List.of());
        assertThat(right.encryption()).containsExactlyInAnyOrder(EncryptionAlgorithm.values());
        assertThat(right.integrity()).containsExactlyInAnyOrder(IntegrityAlgorithm.values());
    }

    private final class SlowCipher implements PacketCipher {
        private final PacketCipher cipher;
        private final long nanos;
        private final boolean right;

        SlowCipher(PacketCipher cipher, long nanos, boolean right) {
            this.cipher = cipher;
            this.nanos = nanos;
            this.right = right;
        }

        @Override
        public int ivBytes() {
            return cipher.ivBytes();
        }

        @Override
        public int icvBytes() {
            return cipher.icvBytes();
        }

        @Override
        public int blockBytes() {
            return cipher.blockBytes();
        }

        @Override
        public boolean seal(byte[] packet, int offset, int headerLength, int textLength) {
            nowNanos += nanos;
            return cipher.seal(packet, offset, headerLength, textLength);
        }

        @Override
        public boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
            // Right for what the known answers hold, and wrong beyond.
            boolean spoilt = !right && textLength > 1000;
            return cipher.sealExtended(packet, offset, textLength, spoilt ? sequenceHigh + 1 : sequenceHigh);
        }

        @Override
        public boolean open(byte[] packet, int offset, int headerLength, int textLength) {
            nowNanos += nanos;
            return cipher.open(packet, offset, headerLength, textLength);
        }

        @Override
        public boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
            return cipher.openExtended(packet, offset, textLength, sequenceHigh);
        }

        @Override
        public void destroy() {
            cipher.destroy();
        }
    }
}
