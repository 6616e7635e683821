package io.twinspan.crypto.kdf;

import io.twinspan.crypto.secret.SecretBytes;
import java.util.Arrays;

/** Takes keys off the front of key material, one after the other. */
final class KeyCutter {
    private final byte[] material;
    private int position;

    KeyCutter(byte[] material) {
        this.material = material;
    }

    SecretBytes take(int lengthBytes) {
        SecretBytes key = SecretBytes.copyOf(material, position, lengthBytes);
        position += lengthBytes;
        return key;
    }

    /** Zeroes the material; every octet must have been taken. */
    void finish() {
        assert position == material.length : "key material left over";
        Arrays.fill(material, (byte) 0);
    }
}
