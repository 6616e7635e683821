package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.twinspan.crypto.ipsecmb.IpsecMbEngine;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.testing.CipherEngines;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packet path makes no garbage of its own; what is left is what SunJCE makes per packet, and a native engine none. */
final class EspAllocationTest {
    private static final int PACKETS = 5_000;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EspEncapsulator encapsulator = new EspEncapsulator(true);
    private final EspDecapsulator decapsulator = new EspDecapsulator();

    private long octetsPerPacket(Runnable packet) {
        for (int i = 0; i < PACKETS; i++) {
            packet.run();
        }
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < PACKETS; i++) {
            packet.run();
        }
        return (thread.getCurrentThreadAllocatedBytes() - before) / PACKETS;
    }

    @Test
    void aPacketDroppedBeforeTheCipherAllocatesNothing() {
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM);
        byte[] sealed = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(1400, 0));
        byte[] replayed = sealed.clone();
        decapsulator.open(inbound, sealed, 0, sealed.length, 0);

        assertThat(octetsPerPacket(() -> decapsulator.open(inbound, replayed, 0, replayed.length, 0)))
                .isZero();
        assertThat(octetsPerPacket(() -> decapsulator.open(inbound, replayed, 0, 20, 0)))
                .isZero();
    }

    @Test
    void aForgedPacketWithSeparateIntegrityAllocatesOnlyTheProvidersMac() {
        InboundSa inbound = EspFixture.inbound(EspFixture.CBC);
        byte[] forged = EspFixture.sealed(EspFixture.outbound(EspFixture.CBC), EspFixture.ipv4(1400, 0));
        forged[forged.length - 1] ^= 1;
        assertThat(octetsPerPacket(() -> decapsulator.open(inbound, forged, 0, forged.length, 0)))
                .isLessThan(100);
    }

    @Test
    void sealingAllocatesFarLessThanThePacket() {
        byte[] buffer = EspFixture.around(EspFixture.ipv4(1400, 0), EspLayout.MAX_HEADROOM_BYTES);
        byte[] inner = EspFixture.ipv4(1400, 0);
        OutboundSa cbc = EspFixture.outbound(EspFixture.CBC);
        assertThat(octetsPerPacket(() -> sealAgain(cbc, buffer, inner))).isLessThan(150);
        OutboundSa gcm = EspFixture.outbound(EspFixture.GCM);
        assertThat(octetsPerPacket(() -> sealAgain(gcm, buffer, inner))).isLessThan(1400);
    }

    static Iterable<IpsecMbEngine> nativeEngines() {
        return CipherEngines.ipsecMb();
    }

    @ParameterizedTest
    @MethodSource("nativeEngines")
    void withANativeEngineNoPacketAllocatesAnything(IpsecMbEngine engine) {
        byte[] buffer = EspFixture.around(EspFixture.ipv4(1400, 0), EspLayout.MAX_HEADROOM_BYTES);
        byte[] inner = EspFixture.ipv4(1400, 0);
        for (EspSuite suite : List.of(EspFixture.GCM, EspFixture.GCM_ESN)) {
            OutboundSa outbound = EspFixture.outbound(suite, engine);
            InboundSa inbound = EspFixture.inbound(suite, engine);
            assertThat(octetsPerPacket(() -> {
                        sealAgain(outbound, buffer, inner);
                        int offset = encapsulator.resultOffset();
                        int length = encapsulator.resultLength();
                        buffer[offset + length - 1] ^= 1;
                        require(EspVerdict.BAD_ICV, decapsulator.open(inbound, buffer, offset, length, 0));
                        buffer[offset + length - 1] ^= 1;
                        require(EspVerdict.OK, decapsulator.open(inbound, buffer, offset, length, 0));
                    }))
                    .isZero();
        }
    }

    private static void require(EspVerdict expected, EspVerdict verdict) {
        if (verdict != expected) {
            throw new AssertionError(verdict);
        }
    }

    private void sealAgain(OutboundSa sa, byte[] buffer, byte[] inner) {
        System.arraycopy(inner, 0, buffer, EspLayout.MAX_HEADROOM_BYTES, inner.length);
        if (encapsulator.seal(sa, buffer, EspLayout.MAX_HEADROOM_BYTES, inner.length) != EspVerdict.OK) {
            throw new AssertionError("not sealed");
        }
    }
}
