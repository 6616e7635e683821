package io.twinspan.crypto.esp;

import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.suite.EspSuite;
import java.util.List;

/**
 * Everything that defines one direction of a child SA (RFC 4301 section 4.4.2).
 *
 * @param spi the SPI on the wire; ours for an inbound SA, the peer's for an outbound one; never 0..255
 * @param suite algorithms
 * @param keys keys of this direction
 * @param localSelectors what was agreed for our side (inner source outbound, inner destination inbound)
 * @param remoteSelectors what was agreed for the peer's side
 * @param replayWindowPackets window size, 32..4096; used by an inbound SA only
 */
public record EspSaParameters(
        int spi,
        EspSuite suite,
        EspKeys keys,
        List<TrafficSelector> localSelectors,
        List<TrafficSelector> remoteSelectors,
        int replayWindowPackets) {
    public EspSaParameters {
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
        // RFC 4303 section 2.1: 0 is local use, 1..255 are reserved by IANA.
        if (Integer.compareUnsigned(spi, 255) <= 0) {
            throw new IllegalArgumentException("SPI " + Integer.toUnsignedString(spi) + " is reserved");
        }
    }
}
