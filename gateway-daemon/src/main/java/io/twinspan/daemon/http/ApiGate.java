package io.twinspan.daemon.http;

import java.util.Set;
import java.util.concurrent.Executor;

/** Where a request goes whose sender is known: past the proof of the page, past the audit trail, to its route. Admin loop. */
record ApiGate(Router router, ApiAccess access, AuditTrail trail, Executor adminLoop) {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** A request that only its sender can have meant. */
    void serve(ApiRequest request, ApiStream stream) {
        router.serve(request, isChange(request) ? new AuditedStream(stream, request, trail, adminLoop) : stream);
    }

    /**
     * A request for which a browser vouches without having asked anybody.
     *
     * @param proved true where it carries what only a page of ours can have read
     */
    void serveBrowser(ApiRequest request, boolean proved, ApiStream stream) {
        if (isChange(request) && !proved) {
            refuse(
                    request,
                    ApiResponse.error(
                            403,
                            "this request does not show that a page of the gateway sent it",
                            "send the header " + ApiServer.CSRF_HEADER + " with the 'csrf' of GET /v1/session",
                            request.wantsText()),
                    stream);
            return;
        }
        serve(request, stream);
    }

    /** A request that goes nowhere. */
    void refuse(ApiRequest request, ApiResponse answer, ApiStream stream) {
        if (isChange(request)) {
            trail.change(request, answer.status());
        }
        stream.answer(answer);
    }

    /** RFC 9110 section 9.2.1. */
    private static boolean isChange(ApiRequest request) {
        return !SAFE.contains(request.method());
    }
}
