package io.twinspan.crypto.ipsecmb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.testing.CipherEngines;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IpsecMbEngineTest {
    private static final int PACKETS = 100_000;
    private static final int TEXT_BYTES = 256;
    private static final long A_FEW_KILOBYTES = 8192;

    static Iterable<IpsecMbEngine> engines() {
        return CipherEngines.ipsecMb();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void makesNoGarbageForSealedOpenedOrForgedPackets(IpsecMbEngine engine) {
        PacketCipher cipher = cipher(engine);
        byte[] packet = new byte[100 + TEXT_BYTES];
        seal(cipher, packet, 0);
        open(cipher, packet);
        refuse(cipher, packet);

        long before = allocated();
        seal(cipher, packet, PACKETS);
        long afterSeal = allocated();
        open(cipher, packet);
        long afterOpen = allocated();
        refuse(cipher, packet);
        long afterRefusal = allocated();

        assertThat(afterSeal - before).isLessThan(A_FEW_KILOBYTES);
        assertThat(afterOpen - afterSeal).isLessThan(A_FEW_KILOBYTES);
        assertThat(afterRefusal - afterOpen).isLessThan(A_FEW_KILOBYTES);
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void seal(PacketCipher cipher, byte[] packet, int firstIv) {
        for (int iv = firstIv; iv < firstIv + PACKETS; iv++) {
            packet[12] = (byte) (iv >> 16);
            packet[13] = (byte) (iv >> 8);
            packet[14] = (byte) iv;
            require(cipher.seal(packet, 0, 8, TEXT_BYTES));
        }
    }

    /** Opens and seals by turns, since a packet can be opened in place only once; extended and not. */
    private static void open(PacketCipher cipher, byte[] packet) {
        for (int i = 0; i < PACKETS; i++) {
            packet[15] = (byte) (i + 1);
            boolean extended = (i & 2) != 0;
            require(extended ? cipher.sealExtended(packet, 0, TEXT_BYTES, i) : cipher.seal(packet, 0, 8, TEXT_BYTES));
            require(extended ? cipher.openExtended(packet, 0, TEXT_BYTES, i) : cipher.open(packet, 0, 8, TEXT_BYTES));
        }
    }

    private static void refuse(PacketCipher cipher, byte[] packet) {
        packet[16 + TEXT_BYTES] ^= 1;
        for (int i = 0; i < PACKETS; i++) {
            require(!cipher.open(packet, 0, 8, TEXT_BYTES));
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("not as it should be");
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void tellsWhatItIs(IpsecMbEngine engine) {
        assertThat(engine.version()).matches("[12]\\.[0-9]+\\.[0-9]+.*");
        assertThat(engine).hasToString("ipsec-mb " + engine.version() + " " + engine.flavour());
    }

    @Test
    void doesAesGcmItselfAndLeavesTheRestToTheJdk() {
        IpsecMbEngine engine = CipherEngines.ipsecMb().getFirst();
        assertThat(engine.isNative(EncryptionAlgorithm.AES_GCM_16_256)).isTrue();
        assertThat(engine.isNative(EncryptionAlgorithm.AES_CBC_128)).isFalse();
        PacketCipher cbc = engine.cipher(
                EncryptionAlgorithm.AES_CBC_128,
                IntegrityAlgorithm.HMAC_SHA1_96,
                SecretBytes.copyOf(new byte[16]),
                SecretBytes.copyOf(new byte[20]));
        assertThat(cbc.ivBytes()).isEqualTo(16);
        assertThat(cbc.seal(new byte[100], 0, 8, 32)).isTrue();
    }

    @Test
    void keysAreErasedFromNativeMemory() {
        CipherEngines.ipsecMb();
        IpsecMbLibrary library = IpsecMbLibrary.open().orElseThrow();
        GcmFunctions functions = library.gcm(GcmFlavour.SSE, 128).orElseThrow();
        byte[] keyAndSalt = new byte[20];
        keyAndSalt[3] = 7;
        GcmState state = new GcmState(functions, keyAndSalt);
        MemorySegment memory = MemorySegment.ofAddress(state.keyData()).reinterpret(state.tag() - state.keyData());

        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).startsWith(0, 0, 0, 7);
        state.erase();
        assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void theKeyItselfIsNotLeftBesideItsSchedule() {
        CipherEngines.ipsecMb();
        GcmFunctions functions =
                IpsecMbLibrary.open().orElseThrow().gcm(GcmFlavour.SSE, 256).orElseThrow();
        byte[] keyAndSalt = new byte[36];
        Arrays.fill(keyAndSalt, (byte) 9);
        GcmState state = new GcmState(functions, keyAndSalt);
        long scratchBytes = state.nonce() - state.context();
        assertThat(MemorySegment.ofAddress(state.context())
                        .reinterpret(scratchBytes)
                        .toArray(ValueLayout.JAVA_BYTE))
                .containsOnly(0);
    }

    @Test
    void aLibraryThatIsNotThereIsNoError() {
        assertThat(IpsecMbLibrary.open("libIPSec_MB.so.0")).isEmpty();
    }

    @Test
    void aProcessorWithoutAesGetsNoEngine() {
        CipherEngines.ipsecMb();
        IpsecMbLibrary library = IpsecMbLibrary.open().orElseThrow();
        assertThat(library.engines(CpuFlags.parse(List.of("flags : fpu sse2")))).isEmpty();
    }

    private static PacketCipher cipher(IpsecMbEngine engine) {
        return engine.cipher(
                EncryptionAlgorithm.AES_GCM_16_256,
                IntegrityAlgorithm.NONE,
                SecretBytes.copyOf(new byte[36]),
                SecretBytes.copyOf(new byte[0]));
    }
}
