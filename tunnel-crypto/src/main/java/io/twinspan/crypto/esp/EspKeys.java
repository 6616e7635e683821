package io.twinspan.crypto.esp;

import io.twinspan.crypto.secret.SecretBytes;

/**
 * Keys of one direction of a child SA, cut from KEYMAT as RFC 7296 section 2.17 says.
 *
 * @param encryption cipher key followed by the salt where the cipher has one
 * @param integrity integrity key; zero octets long for an AEAD cipher
 */
public record EspKeys(SecretBytes encryption, SecretBytes integrity) {
    /** The same keys in memory of their own, to be destroyed by another owner. */
    public EspKeys copy() {
        return new EspKeys(encryption.copy(), integrity.copy());
    }

    /** Zeroes both. */
    public void destroy() {
        encryption.destroy();
        integrity.destroy();
    }
}
