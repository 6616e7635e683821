package io.twinspan.crypto.ike.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.testing.CaptureFile;
import io.twinspan.crypto.testing.CapturedDatagrams;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CapturedMessagesTest {
    @ParameterizedTest
    @MethodSource("version2")
    void readsAndRewritesEveryMessageOfOtherDaemons(String file) {
        List<byte[]> messages = CapturedDatagrams.ike(file);
        assertThat(messages).isNotEmpty();
        for (byte[] datagram : messages) {
            assertThat(IkeMessageDecoder.decode(datagram))
                    .isInstanceOfSatisfying(
                            DecodeResult.Decoded.class,
                            decoded -> assertThat(IkeMessageEncoder.encode(decoded.message()))
                                    .as(decoded.message().header().label())
                                    .isEqualTo(datagram));
        }
    }

    @Test
    void a19_capturedIkev1IsDroppedByTheVersionOctet() {
        int seen = 0;
        for (String file : IkeCaptures.HOSTILE) {
            for (byte[] datagram : CapturedDatagrams.ike(file)) {
                DecodeResult result = IkeMessageDecoder.decode(datagram);
                if (datagram.length >= IkeHeader.BYTES && datagram[17] >> 4 == 1) {
                    seen++;
                    assertThat(result)
                            .as(file)
                            .isInstanceOfSatisfying(
                                    DecodeResult.UnsupportedVersion.class,
                                    refused ->
                                            assertThat(refused.majorVersion()).isEqualTo(1));
                } else {
                    assertThat(result).as(file).isNotInstanceOf(DecodeResult.UnsupportedVersion.class);
                }
            }
        }
        assertThat(seen).isEqualTo(3);
    }

    @Test
    void damagedCaptureFramesAreReadOrRefusedAsAnyPayload() {
        IkeHeader header = IkeHeader.request(ExchangeType.INFORMATIONAL, 1, 2, true, 1);
        int frames = 0;
        for (String file : IkeCaptures.HOSTILE) {
            for (CaptureFile.Frame frame : CaptureFile.read(file)) {
                frames++;
                assertThat(IkeMessageDecoder.decode(frame.octets())).isNotInstanceOf(DecodeResult.Decoded.class);
                for (PayloadType type : PayloadType.values()) {
                    assertThat(IkeMessageDecoder.decodeInner(header, type.number(), frame.octets()))
                            .isNotNull();
                }
            }
        }
        assertThat(frames).isEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a23_everyBitFlipIsReadOrRefused(byte[] datagram) {
        for (int bit = 0; bit < datagram.length * 8; bit++) {
            byte[] flipped = datagram.clone();
            flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
            requireStable(flipped);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a23_everyOctetSetToAnExtremeIsReadOrRefused(byte[] datagram) {
        for (int at = 0; at < datagram.length; at++) {
            for (int value : new int[] {0, 0x7f, 0x80, 0xff}) {
                byte[] changed = datagram.clone();
                changed[at] = (byte) value;
                requireStable(changed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a23_everyTruncationIsRefusedAlsoWithAnHonestLength(byte[] datagram) {
        for (int length = 0; length < datagram.length; length++) {
            byte[] cut = Arrays.copyOf(datagram, length);
            assertThat(IkeMessageDecoder.decode(cut)).isNotInstanceOf(DecodeResult.Decoded.class);
            if (length >= IkeHeader.BYTES) {
                Messages.setLength(cut);
                requireStable(cut);
            }
        }
    }

    /** What is read from damaged octets must itself survive a round trip, or be refused. */
    private static void requireStable(byte[] octets) {
        if (IkeMessageDecoder.decode(octets) instanceof DecodeResult.Decoded(IkeMessage message)) {
            byte[] again = IkeMessageEncoder.encode(message);
            assertThat(IkeMessageDecoder.decode(again)).isEqualTo(new DecodeResult.Decoded(message));
        }
    }

    static Stream<String> version2() {
        return Stream.concat(IkeCaptures.DECRYPTABLE.stream(), IkeCaptures.VERSION_2.stream());
    }

    static Stream<byte[]> all() {
        return IkeCaptures.all().stream();
    }
}
