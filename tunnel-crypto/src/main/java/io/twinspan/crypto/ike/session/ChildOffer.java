package io.twinspan.crypto.ike.session;

/**
 * What we proposed for a child SA.
 *
 * @param replaces inbound SPI of the child to be replaced, or {@link #NOTHING}
 * @param inboundSpi our SPI for the new one
 * @param nonce our nonce of the exchange
 * @param pfs our half of its key exchange
 * @param tries how many requests were made, the ones with another group included
 */
record ChildOffer(int replaces, int inboundSpi, byte[] nonce, Pfs pfs, int tries) {
    /** No SPI: 0 is reserved for local use (RFC 4303 section 2.1). */
    static final int NOTHING = 0;
}
