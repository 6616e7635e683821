package io.twinspan.crypto.suite;

import java.util.List;

/**
 * What one IKE proposal offers: any one of each list, most wanted first (RFC 7296 section 3.3).
 *
 * @param encryption at least one; all AEAD or none of them, because the two kinds cannot share a proposal
 * @param integrity empty exactly when the encryption is AEAD
 * @param pseudorandomFunctions at least one
 * @param keyExchange at least one
 */
public record IkeProposal(
        List<EncryptionAlgorithm> encryption,
        List<IntegrityAlgorithm> integrity,
        List<PseudorandomFunction> pseudorandomFunctions,
        List<KeyExchangeMethod> keyExchange) {
    public IkeProposal {
        encryption = List.copyOf(encryption);
        integrity = List.copyOf(integrity);
        pseudorandomFunctions = List.copyOf(pseudorandomFunctions);
        keyExchange = List.copyOf(keyExchange);
        EspProposal.requireConsistent(encryption, integrity);
        if (pseudorandomFunctions.isEmpty() || keyExchange.isEmpty()) {
            throw new IllegalArgumentException("an IKE proposal needs a PRF and a key exchange method");
        }
    }
}
