package io.twinspan.crypto.ike.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class IkeMessageCodecTest {
    @Property(tries = 500)
    void decodingWhatWasEncodedGivesTheSameMessage(@ForAll("messages") IkeMessage message) {
        assertThat(IkeMessageDecoder.decode(IkeMessageEncoder.encode(message)))
                .isEqualTo(new DecodeResult.Decoded(message));
    }

    @Property(tries = 2_000)
    void randomOctetsBehindAHeaderAreDecodedOrRefused(
            @ForAll("firstTypes") int firstType, @ForAll byte[] octets, @ForAll boolean response) {
        IkeHeader header = new IkeHeader(1, 0, 34, response ? IkeHeader.FLAG_RESPONSE : 0, 0);
        assertThat(IkeMessageDecoder.decodeInner(header, firstType, octets)).isNotNull();
    }

    @Property(tries = 1_000)
    void randomDatagramsAreDecodedOrRefused(@ForAll byte[] octets) {
        assertThat(IkeMessageDecoder.decode(octets)).isNotNull();
    }

    @Provide
    Arbitrary<IkeMessage> messages() {
        return MessageArbitraries.messages();
    }

    @Provide
    Arbitrary<Integer> firstTypes() {
        return Arbitraries.integers().between(33, 54);
    }
}
