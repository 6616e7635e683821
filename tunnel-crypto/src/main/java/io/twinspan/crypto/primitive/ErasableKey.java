package io.twinspan.crypto.primitive;

import io.twinspan.crypto.secret.SecretBytes;
import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key for the JCA that, unlike SecretKeySpec, can be erased. It never prints its octets. */
final class ErasableKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient byte[] octets;
    private boolean destroyed;

    /** Takes a copy of the first {@code length} octets of the secret. */
    ErasableKey(String algorithm, SecretBytes secret, int length) {
        byte[] exposed = secret.expose();
        this.algorithm = algorithm;
        this.octets = Arrays.copyOf(exposed, length);
        Arrays.fill(exposed, (byte) 0);
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    /** A copy, which the provider erases or keeps as it sees fit. All zeros after {@link #destroy}. */
    @Override
    public byte[] getEncoded() {
        return octets.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(octets, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }
}
