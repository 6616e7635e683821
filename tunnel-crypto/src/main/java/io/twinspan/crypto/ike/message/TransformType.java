package io.twinspan.crypto.ike.message;

/** Numbers of RFC 7296 section 3.3 that proposals are made of. */
public final class TransformType {
    public static final int ENCRYPTION = 1;
    public static final int PSEUDORANDOM_FUNCTION = 2;
    public static final int INTEGRITY = 3;
    public static final int KEY_EXCHANGE = 4;
    public static final int SEQUENCE_NUMBERS = 5;

    private TransformType() {}
}
