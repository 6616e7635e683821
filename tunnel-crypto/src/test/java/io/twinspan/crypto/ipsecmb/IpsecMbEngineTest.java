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
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IpsecMbEngineTest {
    private static final int PACKETS = 100_000;
    private static final int TEXT_BYTES = 256;
    private static final long A_FEW_KILOBYTES = 8192;
    private static final int ROUNDS = 50;
    private static final CpuFlags WESTMERE = CpuFlags.parse(List.of("flags : aes pclmulqdq ssse3 sse4_1 sse4_2"));

    static Iterable<IpsecMbEngine> engines() {
        return CipherEngines.ipsecMb();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void makesNoGarbageForSealedOpenedOrForgedPackets(IpsecMbEngine engine) {
        PacketCipher cipher = cipher(engine);
        byte[] packet = new byte[100 + TEXT_BYTES];
        assertThat(octetsWhenWarm(round -> seal(cipher, packet, round * PACKETS)))
                .isLessThan(A_FEW_KILOBYTES);
        assertThat(octetsWhenWarm(round -> open(cipher, packet))).isLessThan(A_FEW_KILOBYTES);
        packet[16 + TEXT_BYTES] ^= 1;
        assertThat(octetsWhenWarm(round -> refuse(cipher, packet))).isLessThan(A_FEW_KILOBYTES);
    }

    /** What the best of many rounds allocates: the compiler gets there when it has the time, and then for good. */
    private static long octetsWhenWarm(IntConsumer hundredThousandPackets) {
        long least = Long.MAX_VALUE;
        for (int round = 1; round <= ROUNDS && least >= A_FEW_KILOBYTES; round++) {
            long before = allocated();
            hundredThousandPackets.accept(round);
            least = Math.min(least, allocated() - before);
        }
        return least;
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
    void keyAndTextAreErasedFromNativeMemory() {
        byte[] keyAndSalt = new byte[20];
        keyAndSalt[3] = 7;
        GcmState state = new GcmState(sse(128), keyAndSalt);
        state.putText(new byte[] {1, 2, 3}, 0, 3);
        assertThat(octets(state.keyData(), 4)).containsExactly(0, 0, 0, 7);
        assertThat(octets(state.text(), 3)).containsExactly(1, 2, 3);

        state.erase();
        assertThat(octets(state.keyData(), state.tag() - state.keyData())).containsOnly(0);
        assertThat(octets(state.text(), 3)).containsOnly(0);
    }

    @Test
    void theKeyItselfIsNotLeftBesideItsSchedule() {
        byte[] keyAndSalt = new byte[36];
        Arrays.fill(keyAndSalt, (byte) 9);
        GcmState state = new GcmState(sse(256), keyAndSalt);
        assertThat(octets(state.text(), 32)).containsOnly(0);
    }

    private static byte[] octets(long address, long count) {
        return MemorySegment.ofAddress(address).reinterpret(count).toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void whereThereIsNoEngineItSaysWhy() {
        List<String> absent = List.of("libIPSec_MB.so.0");
        assertThat(IpsecMbHost.of(WESTMERE, absent).whyNone()).contains("libIPSec_MB.so.0", "loaded");
        assertThat(IpsecMbHost.of(CpuFlags.parse(List.of("flags : fpu sse2")), absent)
                        .whyNone())
                .contains("processor");
    }

    @Test
    void onlyFlavoursThatTheProcessorRunsAreThere() {
        CipherEngines.ipsecMb();
        assertThat(IpsecMbHost.of(WESTMERE, IpsecMbLibrary.FILES).engines())
                .extracting(IpsecMbEngine::flavour)
                .containsExactly("sse");
    }

    private static GcmFunctions sse(int keyBits) {
        CipherEngines.ipsecMb();
        return IpsecMbLibrary.FILES.stream()
                .flatMap(file -> IpsecMbLibrary.open(file).stream())
                .flatMap(library -> library.gcm(GcmFlavour.SSE, keyBits).stream())
                .findFirst()
                .orElseThrow();
    }

    private static PacketCipher cipher(IpsecMbEngine engine) {
        return engine.cipher(
                EncryptionAlgorithm.AES_GCM_16_256,
                IntegrityAlgorithm.NONE,
                SecretBytes.copyOf(new byte[36]),
                SecretBytes.copyOf(new byte[0]));
    }
}
