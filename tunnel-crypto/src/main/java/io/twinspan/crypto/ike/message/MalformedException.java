package io.twinspan.crypto.ike.message;

/** Ends the reading of a malformed message; caught in {@link IkeMessageDecoder} and never seen outside. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    MalformedException(String reason, int offset) {
        // Without a stack trace: a stranger's bad octets must not cost more than reading them.
        super(reason, null, false, false);
        this.offset = offset;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    int offset() {
        return offset;
    }
}
