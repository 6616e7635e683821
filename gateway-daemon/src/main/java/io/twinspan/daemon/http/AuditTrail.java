package io.twinspan.daemon.http;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.RateLimit;
import io.twinspan.daemon.observe.Severity;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells the journal who changed what, and who tried. Bodies and headers stay out of it, because secrets are in them. What
 * strangers try is told once a second, with a count of the rest, so that they cannot push the journal's other entries out.
 * Admin loop only.
 */
final class AuditTrail {
    private static final int MAX_QUERY = 200;
    /** Paths whose success {@link #session} tells. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of(SessionRoutes.LOGIN, SessionRoutes.LOGOUT);

    private static final int FIRST_REFUSAL = 400;

    /** Who asked, or how often, was the reason, and not what was asked for. */
    private static final Set<Integer> DENIALS = Set.of(401, 403, 421, 429);

    private final Consumer<GatewayEvent> journal;
    private final AdminClock clock;
    private final RateLimit strangers = new RateLimit(TimeUnit.SECONDS.toNanos(1));
    private long untold;

    /** @param journal takes events from any thread */
    AuditTrail(Consumer<GatewayEvent> journal, AdminClock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** A change, or the try, with the status of the answer. */
    void change(ApiRequest request, int status) {
        boolean refused = status >= FIRST_REFUSAL;
        if (!refused && TOLD_ELSEWHERE.contains(request.path())) {
            return;
        }
        if (refused && !request.caller().known() && !isStrangersTurn()) {
            return;
        }
        boolean denied = DENIALS.contains(status);
        String type = denied ? "audit.refused" : refused ? "audit.failed" : "audit.change";
        GatewayEvent event = event(denied ? Severity.WARN : Severity.INFO, type, request, sentence(request, status))
                .with("status", status);
        journal.accept(withUntold(event, request));
    }

    /** Somebody logged in or out. */
    void session(ApiRequest request, String type, String who) {
        journal.accept(GatewayEvent.of(
                        Severity.INFO,
                        type,
                        "",
                        0,
                        who + " from " + request.visit().address())
                .with("caller", who)
                .with("address", request.visit().address()));
    }

    private GatewayEvent event(Severity severity, String type, ApiRequest request, String message) {
        GatewayEvent event = GatewayEvent.of(severity, type, "", 0, message)
                .with("caller", request.caller().name())
                .with("address", request.visit().address())
                .with("request", request.method() + " " + request.path());
        String query = queryOf(request.parameters());
        return query.isEmpty() ? event : event.with("query", query);
    }

    private GatewayEvent withUntold(GatewayEvent event, ApiRequest request) {
        if (request.caller().known() || untold == 0) {
            return event;
        }
        GatewayEvent whole = event.with("untold", untold);
        untold = 0;
        return whole;
    }

    private boolean isStrangersTurn() {
        boolean turn = strangers.allows(clock.nanos().getAsLong());
        if (!turn) {
            untold++;
        }
        return turn;
    }

    private static String sentence(ApiRequest request, int status) {
        String what = request.caller().name() + ": " + request.method() + " " + request.path();
        return DENIALS.contains(status)
                ? what + " was refused"
                : status >= FIRST_REFUSAL ? what + " could not be done" : what;
    }

    private static String queryOf(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : " ")
                        .append(name)
                        .append('=')
                        .append(value));
        return text.length() > MAX_QUERY ? text.substring(0, MAX_QUERY) + "..." : text.toString();
    }
}
