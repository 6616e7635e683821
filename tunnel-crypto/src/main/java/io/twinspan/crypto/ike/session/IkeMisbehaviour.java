package io.twinspan.crypto.ike.session;

/** Ways in which a peer, or somebody who forges its address, breaks RFC 7296; each is a counter. */
public enum IkeMisbehaviour {
    /** Shorter than a header, or a length field that disagrees with the datagram (section 3.1). */
    MALFORMED_HEADER,
    /** Payload chain that does not parse (section 3.2). */
    MALFORMED_PAYLOAD,
    /** Major version other than 2 (section 2.5). */
    UNSUPPORTED_VERSION,
    /** Unknown payload with the critical bit (section 2.5). */
    UNSUPPORTED_CRITICAL_PAYLOAD,
    /** SPIs that name no IKE SA (section 2.21.4). */
    UNKNOWN_SPI,
    /** Integrity check failed on a protected message (section 3.14). */
    INTEGRITY_FAILED,
    /** A protected exchange came in the clear, or a clear one protected (section 2.21). */
    WRONGLY_PROTECTED,
    /** Request with a message id outside the window (section 2.3). */
    MESSAGE_ID_OUTSIDE_WINDOW,
    /** A repeated message id with other octets (section 2.1). */
    MESSAGE_ID_REUSED,
    /** Response to a request that is not outstanding (section 2.1). */
    UNEXPECTED_RESPONSE,
    /** A payload that must be there is not, or one is there too often (section 1.2 to 1.4). */
    PAYLOAD_RULE_BROKEN,
    /** Key exchange data of a wrong length, range or subgroup (RFC 6989). */
    INVALID_KEY_EXCHANGE_DATA,
    /** Nonce shorter than 16 or longer than 256 octets, or under half the PRF key (section 2.10). */
    INVALID_NONCE,
    /** The chosen proposal is none that was offered (section 2.7). */
    PROPOSAL_NOT_OFFERED,
    /** Traffic selectors wider than offered, or of another family (section 2.9). */
    SELECTORS_NOT_OFFERED,
    /** AUTH payload that does not verify, or of another method (section 2.15). */
    AUTHENTICATION_FAILED,
    /** An identity other than the configured one (RFC 4301 section 4.4.3.2). */
    IDENTITY_MISMATCH,
    /** An error notify outside the protection of an IKE SA that needs it (section 2.21). */
    UNPROTECTED_ERROR_IGNORED,
    /** Fragment numbers or totals that make no sense (RFC 7383 section 2.6). */
    INVALID_FRAGMENT,
    /** More half-open negotiations than allowed without a cookie (section 2.6). */
    TOO_MANY_HALF_OPEN
}
