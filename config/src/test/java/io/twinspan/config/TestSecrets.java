package io.twinspan.config;

import io.twinspan.config.check.SecretSource;
import io.twinspan.crypto.secret.SecretBytes;
import java.nio.charset.StandardCharsets;

/** Secrets of tests, by file name; a name with "none" in it does not exist, one with "headers" has a header, every other a good key of its own. */
final class TestSecrets {
    private TestSecrets() {}

    static SecretSource good() {
        return name -> name.contains("none")
                ? new SecretSource.Answer.Refused("does not exist", "")
                : new SecretSource.Answer.Found(
                        name.contains("headers")
                                ? SecretBytes.copyOf(
                                        "Authorization: Bearer abc\nX-Scope: 1\n".getBytes(StandardCharsets.US_ASCII))
                                : key(name),
                        "");
    }

    static SecretBytes key(String name) {
        String text = ("Kq7_w.ZbT4xNc2Vd9LmR8sPhG5yJfA1e" + Integer.toHexString(name.hashCode()));
        return SecretBytes.copyOf(text.getBytes(StandardCharsets.US_ASCII));
    }
}
