package io.twinspan.daemon.routing;

/** The host's own routes and the configuration do not go together; the message says which and what to change. */
public final class RouteConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RouteConflictException(String message) {
        super(message);
    }
}
