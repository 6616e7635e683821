package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.kex.KeyExchange;

/** Our half of a child SA's own key exchange, where it has one (RFC 7296 section 1.3.1). */
sealed interface Pfs {
    /** Keys come from SK_d and the nonces alone. */
    record None() implements Pfs {}

    /** Fresh key exchange. */
    record Fresh(KeyExchange keyExchange) implements Pfs {}
}
