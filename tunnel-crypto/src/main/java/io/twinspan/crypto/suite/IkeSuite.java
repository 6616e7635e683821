package io.twinspan.crypto.suite;

/** The algorithms of one established IKE SA. Integrity is {@code NONE} exactly when the encryption is AEAD. */
public record IkeSuite(
        EncryptionAlgorithm encryption,
        IntegrityAlgorithm integrity,
        PseudorandomFunction pseudorandomFunction,
        KeyExchangeMethod keyExchange) {
    public IkeSuite {
        if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
            throw new IllegalArgumentException("integrity goes with CBC and only with CBC");
        }
    }

    /** For people: {@code aes-gcm-16-256/hmac-sha2-384/20}. */
    public String label() {
        String cipher = encryption.isAead() ? encryption.label() : encryption.label() + "/" + integrity.label();
        return cipher + "/" + pseudorandomFunction.label() + "/" + keyExchange.label();
    }
}
