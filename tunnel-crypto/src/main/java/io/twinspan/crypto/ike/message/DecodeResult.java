package io.twinspan.crypto.ike.message;

/** What {@link IkeMessageDecoder} made of some octets. */
public sealed interface DecodeResult {
    /** All payloads are well formed. */
    record Decoded(IkeMessage message) implements DecodeResult {}

    /**
     * The octets break the form that RFC 7296 section 3 gives.
     *
     * @param reason a sentence without any octet of the peer
     * @param offset where, counted from the first octet given to the decoder
     */
    record Malformed(String reason, int offset) implements DecodeResult {}

    /**
     * Another major version. IKEv1 (1) is to be dropped; higher ones may be answered (section 2.5).
     *
     * @param majorVersion 0..15, never 2
     * @param header read as the layout of version 2 has it
     */
    record UnsupportedVersion(int majorVersion, IkeHeader header) implements DecodeResult {}

    /**
     * An unknown payload has the critical bit, so the whole message is refused (section 2.5).
     *
     * @param payloadType the octet that goes into the notify's data
     */
    record UnsupportedCritical(int payloadType, IkeHeader header) implements DecodeResult {}
}
