package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;

/** Key pairs of private keys that are written down. */
final class KnownKeys {
    private KnownKeys() {}

    static KeyExchange pair(KeyExchangeMethod method, byte[] privateKey) {
        return KeyExchange.restore(method, SecretBytes.copyOf(privateKey)).orElseThrow();
    }
}
