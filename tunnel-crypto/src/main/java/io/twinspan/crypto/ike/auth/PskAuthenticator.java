package io.twinspan.crypto.ike.auth;

import io.twinspan.crypto.primitive.Prf;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** AUTH by Shared Key Message Integrity Code, authentication method 2 (RFC 7296 section 2.15). */
public final class PskAuthenticator {
    private static final byte[] KEY_PAD = "Key Pad for IKEv2".getBytes(StandardCharsets.US_ASCII);

    private PskAuthenticator() {}

    /** {@code prf(prf(Shared Secret, "Key Pad for IKEv2"), octets)}, the data of the AUTH payload. */
    public static byte[] compute(PseudorandomFunction function, SecretBytes sharedKey, byte[] authOctets) {
        // RFC 7296 section 2.15: 17 ASCII characters without a terminator.
        byte[] padded = Prf.of(function, sharedKey).compute(KEY_PAD);
        byte[] auth = Prf.of(function, padded).compute(authOctets);
        Arrays.fill(padded, (byte) 0);
        return auth;
    }

    /** True where the peer's AUTH data proves the shared key; takes the same time whichever octet differs. */
    public static boolean verify(
            PseudorandomFunction function, SecretBytes sharedKey, byte[] authOctets, byte[] receivedAuth) {
        return MessageDigest.isEqual(compute(function, sharedKey, authOctets), receivedAuth);
    }
}
