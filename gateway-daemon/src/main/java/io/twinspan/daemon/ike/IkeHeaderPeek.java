package io.twinspan.daemon.ike;

import java.nio.ByteBuffer;

/**
 * The few fields of an IKE header (RFC 7296 section 3.1) that tell whose datagram it is. Checks nothing else: that is the
 * machine's business.
 *
 * @param ourSpi the SPI that we chose, by the Initiator flag; 0 in a peer's first message
 */
record IkeHeaderPeek(long ourSpi) {
    /** Octets of an IKE header. */
    static final int HEADER_BYTES = 28;

    private static final int RESPONDER_SPI_OFFSET = 8;
    private static final int FLAGS_OFFSET = 19;
    private static final int FLAG_INITIATOR = 0x08;

    /** Reads the header of a message of at least {@link #HEADER_BYTES}. */
    static IkeHeaderPeek of(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        int flags = message[FLAGS_OFFSET];
        // RFC 7296 section 3.1: the Initiator flag says that the sender is the original initiator of this IKE SA, so
        // that
        // the responder's SPI is ours.
        boolean senderInitiated = (flags & FLAG_INITIATOR) != 0;
        long ourSpi = senderInitiated ? buffer.getLong(RESPONDER_SPI_OFFSET) : buffer.getLong(0);
        return new IkeHeaderPeek(ourSpi);
    }
}
