package io.twinspan.crypto.suite;

/** Sequence number transforms (IKEv2 transform type 5, renamed by RFC 9827). */
public enum SequenceNumbers {
    SHORT_32(0),
    EXTENDED_64(1);

    private final int transformId;

    SequenceNumbers(int transformId) {
        this.transformId = transformId;
    }

    /** The IANA transform id: 0 or 1. */
    public int transformId() {
        return transformId;
    }
}
