package io.twinspan.crypto.esp;

/**
 * What became of one packet. Every value but {@link #OK} means the packet is dropped, and is the name of the counter of
 * such drops. None of them is ever answered to the sender.
 */
public enum EspVerdict {
    /** Sealed or opened; the result range is valid. */
    OK,

    /** Outbound: the last sequence number was used; nothing more is sent on this SA (RFC 4303 section 3.3.3). */
    SEQUENCE_EXHAUSTED,
    /** Outbound: the buffer has too little room before or behind the inner packet. */
    NO_ROOM,
    /** Outbound: the cipher engine refused; the packet was not sealed. */
    CIPHER_REFUSED,

    /** Inbound: shorter than ESP header, IV, trailer and ICV together. */
    TOO_SHORT,
    /** Inbound: the encrypted part is no whole number of cipher blocks, or longer than IP allows. */
    BAD_LENGTH,
    /** Inbound: SPI 0..255, which no SA may have (RFC 4303 section 2.1). */
    RESERVED_SPI,
    /** Inbound: the SPI is not the one of this SA. */
    WRONG_SPI,
    /** Inbound: the sequence number was seen before, or is 0. */
    REPLAYED,
    /** Inbound: the sequence number lies before the replay window. */
    BEFORE_WINDOW,
    /** Inbound: not authentic. */
    BAD_ICV,
    /** Inbound, authentic: padding longer than the payload or not 1, 2, 3 and so on (RFC 4303 section 2.4). */
    BAD_PADDING,
    /** Inbound, authentic: a dummy packet, next header 59, to be discarded without a word (RFC 4303 section 2.6). */
    DUMMY,
    /** Inbound, authentic: the next header is neither IPv4 nor IPv6. */
    UNSUPPORTED_NEXT_HEADER,
    /** Inbound, authentic: inner Not-ECT under an outer Congestion Experienced (RFC 6040 section 4.2). */
    ILLEGAL_ECN,

    /** Either way: the inner packet is no IPv4 or IPv6 packet of the length and version it claims. */
    INNER_MALFORMED,
    /** Either way: the inner addresses, protocol or ports are not what was agreed (RFC 4301 sections 5.1 and 5.2). */
    SELECTOR_MISMATCH
}
