package io.twinspan.daemon.interop;

import static io.twinspan.crypto.suite.EncryptionAlgorithm.AES_GCM_16_256;

import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;

/** One choice of algorithms for both phases, in the words of both programs. */
record Suite(Phase ike, PseudorandomFunction prf, Phase esp) {
    /** What an import from AWS offers by default. */
    static final Suite DEFAULT = new Suite(
            new Phase(AES_GCM_16_256, IntegrityAlgorithm.NONE, KeyExchangeMethod.ECP_384),
            PseudorandomFunction.HMAC_SHA2_384,
            new Phase(AES_GCM_16_256, IntegrityAlgorithm.NONE, KeyExchangeMethod.ECP_384));

    /** Cipher, integrity ({@code NONE} with an AEAD cipher) and group of one phase. */
    record Phase(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity, KeyExchangeMethod group) {
        private String yaml() {
            String integrityPart = encryption.isAead() ? "" : ", integrity: " + integrity.label();
            return "encryption: " + encryption.label() + integrityPart + ", groups: " + group.label();
        }

        private String strongSwanCipher() {
            return switch (encryption) {
                case AES_CBC_128 -> "aes128-" + strongSwanIntegrity();
                case AES_CBC_256 -> "aes256-" + strongSwanIntegrity();
                case AES_GCM_16_128 -> "aes128gcm16";
                case AES_GCM_16_256 -> "aes256gcm16";
                case CHACHA20_POLY1305 -> "chacha20poly1305";
            };
        }

        private String strongSwanIntegrity() {
            return switch (integrity) {
                case HMAC_SHA1_96 -> "sha1";
                case HMAC_SHA2_256_128 -> "sha256";
                case HMAC_SHA2_384_192 -> "sha384";
                case HMAC_SHA2_512_256 -> "sha512";
                case NONE -> throw new IllegalArgumentException(encryption + " needs an integrity algorithm");
            };
        }

        private String strongSwanGroup() {
            return switch (group) {
                case MODP_1024 -> "modp1024";
                case MODP_1536 -> "modp1536";
                case MODP_2048 -> "modp2048";
                case MODP_3072 -> "modp3072";
                case MODP_4096 -> "modp4096";
                case MODP_6144 -> "modp6144";
                case MODP_8192 -> "modp8192";
                case ECP_256 -> "ecp256";
                case ECP_384 -> "ecp384";
                case ECP_521 -> "ecp521";
                case MODP_1024_160 -> "modp1024s160";
                case MODP_2048_224 -> "modp2048s224";
                case MODP_2048_256 -> "modp2048s256";
                case CURVE25519 -> "curve25519";
            };
        }
    }

    /** The {@code ike} and {@code esp} lines of a tunnel in {@code twinspan.yaml}. */
    String yaml(String indent) {
        return indent + "ike: {" + ike.yaml() + ", prf: " + prf.label() + "}\n" + indent + "esp: {" + esp.yaml()
                + "}\n";
    }

    /** The {@code proposals} line of strongSwan. */
    String strongSwanIke() {
        String prfName = switch (prf) {
            case HMAC_SHA1 -> "prfsha1";
            case HMAC_SHA2_256 -> "prfsha256";
            case HMAC_SHA2_384 -> "prfsha384";
            case HMAC_SHA2_512 -> "prfsha512";
        };
        return ike.strongSwanCipher() + "-" + prfName + "-" + ike.strongSwanGroup();
    }

    /** The {@code esp_proposals} line of strongSwan. */
    String strongSwanEsp() {
        return esp.strongSwanCipher() + "-" + esp.strongSwanGroup();
    }

    /** How {@code swanctl --list-sas} ends the algorithms of a child SA that had a key exchange of its own. */
    String peerGroupLabel() {
        return "/"
                + (esp.group() == KeyExchangeMethod.CURVE25519
                        ? "CURVE_25519"
                        : esp.group().name());
    }

    @Override
    public String toString() {
        return strongSwanIke() + " / " + strongSwanEsp();
    }
}
