package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.SequenceNumbers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pitfalls of RFC 4303 and 4301 that a security association must not fall into. */
final class EspPitfallTest {
    private final EspDecapsulator decapsulator = new EspDecapsulator();

    static List<EspSuite> allSuites() {
        return EspFixture.allSuites();
    }

    private EspVerdict open(InboundSa sa, byte[] packet) {
        return decapsulator.open(sa, packet, 0, packet.length, EspDecapsulator.UNKNOWN_TOS);
    }

    @Test
    void e20_withoutExtensionTheCounterEndsAndDoesNotWrap() {
        OutboundSa outbound = EspFixture.outboundAfter(EspFixture.GCM, (1L << 32) - 3);
        assertThat(outbound.isNearlyExhausted()).isTrue();
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM);
        byte[] inner = EspFixture.ipv4(60, 0);
        for (int last : new int[] {-2, -1}) {
            byte[] packet = EspFixture.sealed(outbound, inner);
            assertThat(EspLayout.sequenceLow(packet, 0)).isEqualTo(last);
            assertThat(open(inbound, packet)).isEqualTo(EspVerdict.OK);
        }
        EspEncapsulator encapsulator = new EspEncapsulator(true);
        for (int i = 0; i < 3; i++) {
            byte[] buffer = EspFixture.around(inner, 24);
            byte[] before = buffer.clone();
            assertThat(encapsulator.seal(outbound, buffer, 24, inner.length)).isEqualTo(EspVerdict.SEQUENCE_EXHAUSTED);
            assertThat(encapsulator.resultLength()).isZero();
            assertThat(buffer).isEqualTo(before);
        }
        assertThat(outbound.lastSequence()).isEqualTo((1L << 32) - 1);
    }

    @Test
    void e20_theSoftLimitComesLongBeforeTheEnd() {
        assertThat(EspFixture.outbound(EspFixture.GCM).isNearlyExhausted()).isFalse();
        assertThat(EspFixture.outboundAfter(EspFixture.GCM, OutboundSa.SOFT_LIMIT_32 - 1)
                        .isNearlyExhausted())
                .isFalse();
        OutboundSa soft = EspFixture.outboundAfter(EspFixture.GCM, OutboundSa.SOFT_LIMIT_32);
        assertThat(soft.isNearlyExhausted()).isTrue();
        assertThat(soft.isExhausted()).isFalse();
        long packetsLeft = OutboundSa.LAST_32 - OutboundSa.SOFT_LIMIT_32;
        assertThat(packetsLeft / 140_000)
                .as("seconds left at AWS's packet rate")
                .isGreaterThan(3600);
    }

    @Test
    void e20_withExtensionTheCounterGoesOn() {
        OutboundSa outbound = EspFixture.outboundAfter(EspFixture.GCM_ESN, (1L << 32) - 2);
        assertThat(outbound.isNearlyExhausted()).isFalse();
        for (int low : new int[] {-1, 0, 1}) {
            assertThat(EspLayout.sequenceLow(EspFixture.sealed(outbound, EspFixture.ipv4(60, 0)), 0))
                    .isEqualTo(low);
        }
        OutboundSa end = EspFixture.outboundAfter(EspFixture.GCM_ESN, OutboundSa.LAST_64);
        assertThat(end.isExhausted()).isTrue();
        assertThat(new EspEncapsulator(true).seal(end, EspFixture.around(EspFixture.ipv4(60, 0), 24), 24, 60))
                .isEqualTo(EspVerdict.SEQUENCE_EXHAUSTED);
    }

    @ParameterizedTest
    @MethodSource("allSuites")
    void e21_onlyAGoodIcvMovesTheWindow(EspSuite suite) {
        OutboundSa outbound = EspFixture.outbound(suite);
        InboundSa inbound = EspFixture.inbound(suite, 64);
        byte[] inner = EspFixture.ipv4(60, 0);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            packets.add(EspFixture.sealed(outbound, inner));
        }
        assertThat(open(inbound, packets.get(99).clone())).isEqualTo(EspVerdict.OK);

        byte[] inside = packets.get(50).clone();
        inside[inside.length - 1] ^= 1;
        assertThat(open(inbound, inside)).isEqualTo(EspVerdict.BAD_ICV);
        byte[] ahead = packets.get(150).clone();
        EspLayout.putInt(ahead, 4, 0x7fff_0000);
        assertThat(open(inbound, ahead)).isEqualTo(EspVerdict.BAD_ICV);
        assertThat(inbound.highestSequence()).isEqualTo(100);

        assertThat(open(inbound, packets.get(50).clone())).isEqualTo(EspVerdict.OK);
        assertThat(open(inbound, packets.get(50).clone())).isEqualTo(EspVerdict.REPLAYED);
        assertThat(open(inbound, packets.get(100 - 64).clone())).isEqualTo(EspVerdict.OK);
        EspVerdict pastTheEdge = open(inbound, packets.get(100 - 65).clone());
        boolean extended = suite.sequenceNumbers() == SequenceNumbers.EXTENDED_64;
        // With ESN a number before the window is taken for one of the next 2^32, which the ICV disproves.
        assertThat(pastTheEdge).isEqualTo(extended ? EspVerdict.BAD_ICV : EspVerdict.BEFORE_WINDOW);
        assertThat(open(inbound, packets.get(199).clone())).isEqualTo(EspVerdict.OK);
        assertThat(open(inbound, packets.get(99).clone())).isNotEqualTo(EspVerdict.OK);
    }

    @Test
    void e21_aJumpByHalfTheSpaceIsAccepted() {
        InboundSa inbound = EspFixture.inbound(EspFixture.GCM, 64);
        byte[] inner = EspFixture.ipv4(60, 0);
        assertThat(open(inbound, EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), inner)))
                .isEqualTo(EspVerdict.OK);
        OutboundSa jumped = EspFixture.outboundAfter(EspFixture.GCM, 1L << 31);
        assertThat(open(inbound, EspFixture.sealed(jumped, inner))).isEqualTo(EspVerdict.OK);
        assertThat(inbound.highestSequence()).isEqualTo((1L << 31) + 1);
    }

    private static InboundSa inboundBetween(String local, String remote) {
        return new InboundSa(
                EspFixture.parameters(EspFixture.GCM, 64, EspFixture.selectors(local), EspFixture.selectors(remote)),
                PacketCipherEngine.jdk());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.4/32", "10.1.0.6/31", "10.3.0.0/16", "fd00:1::/32"})
    void e22_anInnerSourceOutsideTheAgreedSelectorsIsDropped(String remote) {
        byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(60, 0));
        assertThat(open(inboundBetween("10.2.0.0/16", remote), packet)).isEqualTo(EspVerdict.SELECTOR_MISMATCH);
        assertThat(decapsulator.resultLength()).isZero();
        assertThat(decapsulator.wasAuthentic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.8/32", "10.2.0.10/31", "169.254.10.0/30", "::/0"})
    void e22_anInnerDestinationOutsideTheAgreedSelectorsIsDropped(String local) {
        byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(60, 0));
        assertThat(open(inboundBetween(local, "0.0.0.0/0"), packet)).isEqualTo(EspVerdict.SELECTOR_MISMATCH);
    }

    @Test
    void e22_whatWasAgreedPasses() {
        byte[] packet = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv4(60, 0));
        assertThat(open(inboundBetween("10.2.0.9/32", "10.1.0.4/31"), packet)).isEqualTo(EspVerdict.OK);
        byte[] ipv6 = EspFixture.sealed(EspFixture.outbound(EspFixture.GCM), EspFixture.ipv6(60, 0));
        assertThat(open(inboundBetween("fd00:2::9/128", "fd00:1::/64"), ipv6)).isEqualTo(EspVerdict.OK);
    }

    @Test
    void e22_nothingOutsideTheAgreedSelectorsIsSent() {
        OutboundSa outbound = new OutboundSa(
                EspFixture.parameters(
                        EspFixture.GCM, 64, EspFixture.selectors("10.1.0.0/16"), EspFixture.selectors("10.3.0.0/16")),
                PacketCipherEngine.jdk(),
                EspFixture.entropy(1));
        byte[] buffer = EspFixture.around(EspFixture.ipv4(60, 0), 24);
        byte[] before = buffer.clone();
        assertThat(new EspEncapsulator(true).seal(outbound, buffer, 24, 60)).isEqualTo(EspVerdict.SELECTOR_MISMATCH);
        assertThat(buffer).isEqualTo(before);
        assertThat(outbound.lastSequence()).isZero();
    }
}
