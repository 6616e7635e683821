package io.twinspan.daemon.http;

import java.util.Map;
import java.util.concurrent.Executor;

/** Tells the audit trail what became of a change, once, and passes everything on. */
final class AuditedStream implements ApiStream {
    private final ApiStream stream;
    private final ApiRequest request;
    private final AuditTrail trail;
    private final Executor adminLoop;

    AuditedStream(ApiStream stream, ApiRequest request, AuditTrail trail, Executor adminLoop) {
        this.stream = stream;
        this.request = request;
        this.trail = trail;
        this.adminLoop = adminLoop;
    }

    @Override
    public void answer(ApiResponse response) {
        tell(response.status());
        stream.answer(response);
    }

    @Override
    public void fail(Throwable bug) {
        tell(500);
        stream.fail(bug);
    }

    @Override
    public void begin(String contentType, Map<String, String> headers) {
        tell(200);
        stream.begin(contentType, headers);
    }

    @Override
    public void send(String piece) {
        stream.send(piece);
    }

    @Override
    public void end() {
        stream.end();
    }

    @Override
    public void onEnd(Runnable action) {
        stream.onEnd(action);
    }

    private void tell(int status) {
        adminLoop.execute(() -> trail.change(request, status));
    }
}
