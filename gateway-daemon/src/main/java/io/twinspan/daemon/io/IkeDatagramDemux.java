package io.twinspan.daemon.io;

import io.twinspan.daemon.sys.ReceiveBatch;

/** Tells apart what arrives on port 4500 (RFC 3948 section 2). */
final class IkeDatagramDemux {
    /** The four zero octets in front of IKE on port 4500, where an SPI would stand. */
    static final int NON_ESP_MARKER_OCTETS = 4;

    private IkeDatagramDemux() {}

    /** What a datagram is. */
    enum Kind {
        ESP,
        IKE,
        KEEPALIVE
    }

    /** The kind of one datagram within a message; what is neither IKE nor a keepalive is for ESP to judge. */
    static Kind kindOf(ReceiveBatch batch, int index, int from, int length) {
        // RFC 3948 section 2.3: one octet 0xff.
        if (length == 1 && batch.octet(index, from) == (byte) 0xff) {
            return Kind.KEEPALIVE;
        }
        if (length < NON_ESP_MARKER_OCTETS) {
            return Kind.ESP;
        }
        int bits = 0;
        for (int i = 0; i < NON_ESP_MARKER_OCTETS; i++) {
            bits |= batch.octet(index, from + i);
        }
        return bits == 0 ? Kind.IKE : Kind.ESP;
    }
}
