package io.twinspan.crypto.ike.message;

/** What {@link IkeMessageDecoder#decodeHeader} made of the first octets of a datagram. */
public sealed interface HeaderResult {
    /**
     * A version 2 header whose length field equals the datagram's.
     *
     * @param firstPayloadType 0..255, 0 for an empty message
     */
    record Read(IkeHeader header, int firstPayloadType) implements HeaderResult {}

    /** No usable header; never {@link DecodeResult.Decoded}. */
    record Refused(DecodeResult because) implements HeaderResult {}
}
