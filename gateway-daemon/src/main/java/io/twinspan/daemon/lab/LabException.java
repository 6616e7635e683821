package io.twinspan.daemon.lab;

import org.jspecify.annotations.Nullable;

/** The lab could not be built or run; the message says what happened and what to do. */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LabException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
