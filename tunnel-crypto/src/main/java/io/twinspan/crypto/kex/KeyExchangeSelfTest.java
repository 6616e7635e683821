package io.twinspan.crypto.kex;

import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Known answers of every method, computed by an implementation that shares nothing with this one.
 *
 * <p>The private key is the octets 1, 2, 3, …; the answer is the SHA-256 of our public value followed by the secret that
 * this key shares with itself.
 */
public final class KeyExchangeSelfTest {
    private static final int PRIVATE_BYTES = 20;
    private static final int XDH_PRIVATE_BYTES = 32;

    private KeyExchangeSelfTest() {}

    /** True where the method gives its known answer and refuses a peer value of all zeros; a few milliseconds. */
    public static boolean passes(KeyExchangeMethod method) {
        KeyExchange exchange = withKnownKey(method);
        Optional<SecretBytes> shared = exchange.agree(exchange.publicValue());
        boolean refuses = exchange.agree(new byte[method.publicValueBytes()]).isEmpty();
        return refuses
                && shared.isPresent()
                && digest(exchange.publicValue(), shared.get()).equals(answer(method));
    }

    private static KeyExchange withKnownKey(KeyExchangeMethod method) {
        byte[] octets = new byte[XDH_PRIVATE_BYTES];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i + 1);
        }
        boolean whole = method == KeyExchangeMethod.CURVE25519;
        SecretBytes key = SecretBytes.copyOf(octets, 0, whole ? XDH_PRIVATE_BYTES : PRIVATE_BYTES);
        return KeyExchange.restore(method, key).orElseThrow();
    }

    private static String digest(byte[] publicValue, SecretBytes shared) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(publicValue);
            return HexFormat.of().formatHex(sha256.digest(shared.expose()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform cannot do SHA-256", e);
        }
    }

    private static String answer(KeyExchangeMethod method) {
        return switch (method) {
            case MODP_1024 -> "4125ebd82ec1706d87f1d7f9401c5773991a3d9d910594916f135605cdf8f135";
            case MODP_1536 -> "1217de32177f01c5ee44f6c6d3f18b5ee911352d8010f6ebb547e47c315bf221";
            case MODP_2048 -> "a09c9eeee1ecc74ca32ade3ee7bceb2a0a590a77aedb3aed83d960f75b580776";
            case MODP_3072 -> "b51d3b7098b7fa4e84cf8f1671ee1db2b575bbd6d66a3213d786b9b973ebb1ae";
            case MODP_4096 -> "261ad3e0ecf9499ef5317e0fe15b9cb3862d9b33cae5acae79012f8b890aa4f4";
            case MODP_6144 -> "6e8563b4e6095a296652b03286e4b58b6558bf9a58a5bbebe8ec952932ea7ba5";
            case MODP_8192 -> "e1722ae0c59bf2003a90bcb78f6aa4e212d8782e6aa7e805f12e2fef8f50b708";
            case MODP_1024_160 -> "93ae3cdd89a581c80a9084bc465dec3b64ff859dd4d05c8118ac265d461ed75c";
            case MODP_2048_224 -> "1a544604a299c5bb7928f504c24cfeba13000bf5715c6fec3aae9850c1e7b699";
            case MODP_2048_256 -> "99772c69abf2521462e3e4e45a39a8f7f81d2340f7e95a4848d14bbb8e68872a";
            case ECP_256 -> "aa656358354b767b63f2d48d0ac571f187613a9afc036ecbe65c5dc7832f9465";
            case ECP_384 -> "53e9086754d38a67d9ecb5b84e63d6db730dcbbe95b5e42da57cf564322808be";
            case ECP_521 -> "6e594cb8c1305276bca20d68dd9804b4f43fc289351cc6c11e1e1f8fc3de2034";
            case CURVE25519 -> "52c5cb7ca2f7ff4a931507a9e6c1612234c7a18451ba0d06ba86a62980b73017";
        };
    }
}
