package io.twinspan.crypto.ike.message;

import java.util.List;

/**
 * One proposal of an SA payload (RFC 7296 section 3.3.1).
 *
 * @param number 1, 2, 3 ... in an offer; the number of the accepted one in an answer
 * @param protocolId see {@link SecurityProtocol}; other numbers are kept
 * @param spi the sender's SPI: empty, 4 octets (ESP) or 8 (IKE, when rekeying)
 * @param transforms in the order of the wire
 */
public record Proposal(int number, int protocolId, Octets spi, List<Transform> transforms) {
    public Proposal {
        if (number < 0 || number > 0xff || protocolId < 0 || protocolId > 0xff || spi.length() > 0xff) {
            throw new IllegalArgumentException("proposal " + number + " for protocol " + protocolId);
        }
        transforms = List.copyOf(transforms);
    }

    /** The transforms of one type. */
    public List<Transform> ofType(int transformType) {
        return transforms.stream()
                .filter(transform -> transform.type() == transformType)
                .toList();
    }
}
