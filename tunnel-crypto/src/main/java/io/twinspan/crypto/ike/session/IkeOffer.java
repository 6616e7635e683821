package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.kex.KeyExchange;

/**
 * What we proposed for an IKE SA, the first one or the next.
 *
 * @param localSpi our SPI of the new IKE SA
 * @param nonce our nonce of the exchange
 * @param keyExchange our half
 * @param tries how many requests were made, the ones with a cookie or another group included
 */
record IkeOffer(long localSpi, byte[] nonce, KeyExchange keyExchange, int tries) {}
