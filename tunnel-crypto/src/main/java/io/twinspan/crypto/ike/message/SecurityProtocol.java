package io.twinspan.crypto.ike.message;

/** Protocol ids of proposals, notifies and deletes (RFC 7296 section 3.3.1). */
public final class SecurityProtocol {
    /** In a notify that concerns no SA. */
    public static final int NONE = 0;

    public static final int IKE = 1;
    public static final int AH = 2;
    public static final int ESP = 3;

    private SecurityProtocol() {}
}
