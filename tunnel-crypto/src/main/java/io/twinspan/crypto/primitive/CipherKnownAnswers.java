package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.IntegrityAlgorithm;
import java.util.Arrays;

/**
 * Known answers of every pair of cipher and integrity, from an independent implementation: the SHA-256 of one packet
 * sealed plainly and once more with extended sequence numbers. Keys, header, IV and text are the octets
 * 1, 2, 3, …; the second packet's IV begins at 2.
 */
final class CipherKnownAnswers {
    private static final int TEXT_BYTES = 64;
    private static final int SEQUENCE_HIGH = 0x090a0b0c;

    private CipherKnownAnswers() {}

    /** True where the engine seals as expected, opens what it sealed and refuses it with one bit changed. */
    static boolean passes(PacketCipherEngine engine, EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        PacketCipher cipher = engine.cipher(
                encryption,
                integrity,
                SecretBytes.copyOf(KnownOctets.counting(encryption.keyBytes() + encryption.saltBytes())),
                SecretBytes.copyOf(KnownOctets.counting(integrity.keyBytes())));
        byte[] plain = packet(cipher, 0);
        byte[] extended = packet(cipher, 1);
        boolean sealed = cipher.seal(plain, 0, PacketCipher.ESP_HEADER_BYTES, TEXT_BYTES)
                && cipher.sealExtended(extended, 0, TEXT_BYTES, SEQUENCE_HIGH);
        return sealed
                && KnownOctets.digest(plain, extended).equals(answer(encryption, integrity))
                && refusesChanged(cipher, plain)
                && opens(cipher, plain, extended);
    }

    /** Header, IV and text; the IV begins at another octet for each packet, because no engine may see one twice. */
    private static byte[] packet(PacketCipher cipher, int ivStart) {
        int headBytes = PacketCipher.ESP_HEADER_BYTES + cipher.ivBytes();
        byte[] packet = Arrays.copyOf(
                KnownOctets.counting(PacketCipher.ESP_HEADER_BYTES), headBytes + TEXT_BYTES + cipher.icvBytes());
        byte[] iv = KnownOctets.counting(ivStart + cipher.ivBytes());
        System.arraycopy(iv, ivStart, packet, PacketCipher.ESP_HEADER_BYTES, cipher.ivBytes());
        System.arraycopy(KnownOctets.counting(TEXT_BYTES), 0, packet, headBytes, TEXT_BYTES);
        return packet;
    }

    private static boolean refusesChanged(PacketCipher cipher, byte[] sealed) {
        byte[] changed = sealed.clone();
        changed[changed.length - 1] ^= 1;
        return !cipher.open(changed, 0, PacketCipher.ESP_HEADER_BYTES, TEXT_BYTES);
    }

    private static boolean opens(PacketCipher cipher, byte[] plain, byte[] extended) {
        int from = PacketCipher.ESP_HEADER_BYTES + cipher.ivBytes();
        byte[] text = KnownOctets.counting(TEXT_BYTES);
        return cipher.open(plain, 0, PacketCipher.ESP_HEADER_BYTES, TEXT_BYTES)
                && cipher.openExtended(extended, 0, TEXT_BYTES, SEQUENCE_HIGH)
                && Arrays.equals(plain, from, from + TEXT_BYTES, text, 0, TEXT_BYTES)
                && Arrays.equals(extended, from, from + TEXT_BYTES, text, 0, TEXT_BYTES);
    }

    private static String answer(EncryptionAlgorithm encryption, IntegrityAlgorithm integrity) {
        return switch (encryption) {
            case AES_CBC_128 -> cbc128Answer(integrity);
            case AES_CBC_256 -> cbc256Answer(integrity);
            case AES_GCM_16_128 -> "5d1591fe8cec43ca32e48191e9ded6a41fbcc367efd8771b30d765668483b67c";
            case AES_GCM_16_256 -> "2a90aa07fcbe5a1b9d3dd1ddd8d6ede86bef6c1d458ba2ee0c50a375fb2a8518";
            case CHACHA20_POLY1305 -> "2650a85d536d97c95f773a60cd32e26d3cdbd030c73c8f0b3d7641f81ce0eefe";
        };
    }

    private static String cbc128Answer(IntegrityAlgorithm integrity) {
        return switch (integrity) {
            case NONE -> "";
            case HMAC_SHA1_96 -> "e096e26286db641e581db723b711ecfd968e4ca9f69540426bb6986fb3f46c49";
            case HMAC_SHA2_256_128 -> "7677f9793415537cf57237e61b55d618a0e4c13e25f5c5736249e78484434089";
            case HMAC_SHA2_384_192 -> "6f06f767626bcab35085e21b4d3aca5085f754de762d00bb1f52d430597ee5c0";
            case HMAC_SHA2_512_256 -> "039c308872a0cf4d105adc4b26476f2d6a526e73f6d15ac0549a0b8cc3d36559";
        };
    }

    private static String cbc256Answer(IntegrityAlgorithm integrity) {
        return switch (integrity) {
            case NONE -> "";
            case HMAC_SHA1_96 -> "8877a4fcd405f81cc0b9d7b0ed3c930f7101175bdc20f662c474ebd2be45f98e";
            case HMAC_SHA2_256_128 -> "6789e8b61b1511c5f127b37bfe5a690b4a6de13ddd43ca9af1d5d3828d055435";
            case HMAC_SHA2_384_192 -> "04eae38b1e9cf27406afa0b166120947de821a38bd049c1dc4c911f16146ccc9";
            case HMAC_SHA2_512_256 -> "b8eef231d7c352120117118d9e60ee4b283d8092725b3f9e945a02484f6f9d62";
        };
    }
}
