package io.twinspan.crypto.suite;

/** The algorithms of one ESP security association. Integrity is {@code NONE} exactly when the encryption is AEAD. */
public record EspSuite(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity, SequenceNumbers sequenceNumbers) {
    public EspSuite {
        if (encryption.isAead() != (integrity == IntegrityAlgorithm.NONE)) {
            throw new IllegalArgumentException("integrity goes with CBC and only with CBC");
        }
    }

    /** Octets of integrity check value behind every packet. */
    public int icvBytes() {
        return encryption.isAead() ? encryption.icvBytes() : integrity.icvBytes();
    }

    /** For people: {@code aes-gcm-16-256} or {@code aes-cbc-128/hmac-sha1-96}, with {@code +esn} where extended. */
    public String label() {
        String cipher = encryption.isAead() ? encryption.label() : encryption.label() + "/" + integrity.label();
        return sequenceNumbers == SequenceNumbers.EXTENDED_64 ? cipher + "+esn" : cipher;
    }
}
