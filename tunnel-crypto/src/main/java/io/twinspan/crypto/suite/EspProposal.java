package io.twinspan.crypto.suite;

import java.util.List;

/**
 * What one ESP proposal offers: any one of each list, most wanted first (RFC 7296 section 3.3).
 *
 * @param encryption at least one; all AEAD or none of them
 * @param integrity empty exactly when the encryption is AEAD: no suite without integrity exists
 * @param keyExchange for PFS in CREATE_CHILD_SA; empty means no PFS
 * @param sequenceNumbers extended or not, most wanted first; at least one
 */
public record EspProposal(
        List<EncryptionAlgorithm> encryption,
        List<IntegrityAlgorithm> integrity,
        List<KeyExchangeMethod> keyExchange,
        List<SequenceNumbers> sequenceNumbers) {
    public EspProposal {
        encryption = List.copyOf(encryption);
        integrity = List.copyOf(integrity);
        keyExchange = List.copyOf(keyExchange);
        sequenceNumbers = List.copyOf(sequenceNumbers);
        requireConsistent(encryption, integrity);
        if (sequenceNumbers.isEmpty()) {
            throw new IllegalArgumentException("an ESP proposal needs a sequence number transform");
        }
    }

    static void requireConsistent(List<EncryptionAlgorithm> encryption, List<IntegrityAlgorithm> integrity) {
        if (encryption.isEmpty()) {
            throw new IllegalArgumentException("a proposal needs an encryption algorithm");
        }
        boolean aead = encryption.getFirst().isAead();
        if (encryption.stream().anyMatch(algorithm -> algorithm.isAead() != aead)) {
            throw new IllegalArgumentException("a proposal cannot mix AEAD and other ciphers (RFC 7296 section 3.3)");
        }
        if (aead != integrity.isEmpty() || integrity.contains(IntegrityAlgorithm.NONE)) {
            throw new IllegalArgumentException("integrity goes with CBC and only with CBC");
        }
    }
}
