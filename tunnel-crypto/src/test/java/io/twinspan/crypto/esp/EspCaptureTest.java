package io.twinspan.crypto.esp;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.EspSuite;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;
import io.twinspan.crypto.vectors.VectorFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A tunnel between two gateways that nobody on this project wrote. */
final class EspCaptureTest {
    private static final int ETHERNET_BYTES = 14;
    private static final int IPV4_BYTES = 20;
    private static final int PROTOCOL_ESP = 50;
    private static final EspSuite SUITE =
            new EspSuite(EncryptionAlgorithm.AES_CBC_128, IntegrityAlgorithm.HMAC_SHA1_96, SequenceNumbers.SHORT_32);

    private static EspSaParameters parameters(JsonNode sa, int spi) {
        EspKeys keys = new EspKeys(
                SecretBytes.copyOf(VectorFile.hex(sa, "key")), SecretBytes.copyOf(VectorFile.hex(sa, "authKey")));
        return new EspSaParameters(spi, SUITE, keys, EspFixture.everything(), EspFixture.everything(), 32);
    }

    private static List<byte[]> espFrames() {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] frame : CaptureFile.frames("esp-capture/esp-bug-12671.pcapng.gz")) {
            boolean ipv4 = EspFixture.getShort(frame, 12) == 0x0800;
            if (ipv4 && frame[ETHERNET_BYTES + 9] == PROTOCOL_ESP) {
                frames.add(frame);
            }
        }
        return frames;
    }

    @Test
    void opensEveryPacketOfTheCaptureAndMakesTheSamePacketsAgain() {
        JsonNode capture =
                VectorFile.read("esp-capture/esp-captures.json").get("captures").get(0);
        Map<Integer, InboundSa> sas = new HashMap<>();
        capture.get("sas").properties().forEach(entry -> {
            int spi = Integer.parseUnsignedInt(entry.getKey(), 16);
            sas.put(spi, new InboundSa(parameters(entry.getValue(), spi), PacketCipherEngine.jdk()));
        });
        List<byte[]> frames = espFrames();
        JsonNode expected = capture.get("packets");
        assertThat(frames).hasSize(expected.size());
        assertThat(frames).hasSizeGreaterThan(5);

        EspDecapsulator decapsulator = new EspDecapsulator();
        int offset = ETHERNET_BYTES + IPV4_BYTES;
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i).clone();
            JsonNode packet = expected.get(i);
            int length = EspFixture.getShort(frame, ETHERNET_BYTES + 2) - IPV4_BYTES;
            InboundSa sa = Objects.requireNonNull(sas.get(EspLayout.spi(frame, offset)));
            assertThat(EspLayout.sequenceLow(frame, offset))
                    .isEqualTo(packet.get("seq").asInt());

            assertThat(decapsulator.open(sa, frame, offset, length, frame[ETHERNET_BYTES + 1]))
                    .isEqualTo(EspVerdict.OK);
            byte[] inner = Arrays.copyOfRange(
                    frame, decapsulator.resultOffset(), decapsulator.resultOffset() + decapsulator.resultLength());
            assertThat(inner).isEqualTo(VectorFile.hex(packet, "payload"));

            byte[] again = frames.get(i).clone();
            assertThat(decapsulator.open(sa, again, offset, length, 0)).isEqualTo(EspVerdict.REPLAYED);
            byte[] original = Arrays.copyOfRange(frames.get(i), offset, offset + length);
            assertThat(sealedAgain(capture, packet, inner, Arrays.copyOfRange(original, 8, 24)))
                    .isEqualTo(original);
        }
    }

    private static byte[] sealedAgain(JsonNode capture, JsonNode packet, byte[] inner, byte[] iv) {
        String spi = VectorFile.text(packet, "spi");
        EspSaParameters parameters = parameters(capture.get("sas").get(spi), Integer.parseUnsignedInt(spi, 16));
        OutboundSa sa = new OutboundSa(
                parameters,
                PacketCipherEngine.jdk(),
                target -> System.arraycopy(iv, 0, target, 0, iv.length),
                packet.get("seq").asLong() - 1);
        return EspFixture.sealed(sa, inner);
    }
}
