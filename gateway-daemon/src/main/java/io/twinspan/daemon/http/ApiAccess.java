package io.twinspan.daemon.http;

import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.LoginKeys;
import io.twinspan.daemon.access.RequestBudget;
import io.twinspan.daemon.access.Sessions;
import io.twinspan.daemon.access.Sessions.Session;
import io.twinspan.daemon.access.TokenFile;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Who is logged in, who tries to be, and how often. Admin loop only. */
final class ApiAccess {
    /** Requests of one peer at once, and a minute afterwards: a dashboard with several pages open stays far below. */
    static final int REQUEST_BURST = 300;

    static final int REQUESTS_PER_MINUTE = 1_200;

    /** Files of the dashboard, which is some thirty of them: whoever looks again and again still may ask and act. */
    static final int FILE_BURST = 1_000;

    static final int FILES_PER_MINUTE = 1_200;

    /** Wrong tokens and links of one peer. */
    static final int FAILURE_BURST = 10;

    static final int FAILURES_PER_MINUTE = 6;

    private final AdminClock clock;
    private final TokenCheck tokens;
    private final Sessions sessions = new Sessions();
    private final Watchers<Session> ofSessions = new Watchers<>();
    private final Watchers<Grant> ofGrants = new Watchers<>();
    private final LoginKeys keys = new LoginKeys();
    private final RequestBudget requests = new RequestBudget(REQUEST_BURST, REQUESTS_PER_MINUTE);
    private final RequestBudget files = new RequestBudget(FILE_BURST, FILES_PER_MINUTE);
    private final RequestBudget failures = new RequestBudget(FAILURE_BURST, FAILURES_PER_MINUTE);

    ApiAccess(AdminClock clock, TokenCheck tokens) {
        this.clock = clock;
        this.tokens = tokens;
    }

    /** What came of a login. */
    sealed interface Answer {
        /** It is somebody. */
        record Granted(Grant grant) implements Answer {}

        /** It is nobody, or nobody looked. */
        record Refused(ApiResponse response) implements Answer {}
    }

    /** Takes one request from a peer's budget; an answer where none is left. */
    @Nullable
    ApiResponse tooMany(InetAddress peer) {
        return takenFrom(requests, peer);
    }

    /** The same for a file that anybody may read. */
    @Nullable
    ApiResponse tooManyFiles(InetAddress peer) {
        return takenFrom(files, peer);
    }

    private @Nullable ApiResponse takenFrom(RequestBudget budget, InetAddress peer) {
        String key = RequestBudget.keyOf(peer);
        return budget.take(key, now())
                ? null
                : slower("too many requests from " + peer.getHostAddress(), budget.retrySeconds(key, now()));
    }

    /** The session of a cookie. */
    Optional<Session> session(String id) {
        return sessions.find(id, now());
    }

    /** A key for a link that opens a session with this grant. */
    String issueKey(Grant grant) {
        return keys.issue(grant, clock.entropy().bytes(LoginKeys.KEY_OCTETS), now());
    }

    /** Uses up a key. A good one is good however many wrong ones came from the same address: behind it may be many people. */
    Answer redeemKey(InetAddress peer, String key) {
        return keys.redeem(key, now())
                .<Answer>map(Answer.Granted::new)
                .orElseGet(() -> failed(peer, "this link was used already, or is older than a minute"));
    }

    /** Begins a session. */
    Sessions.Opened open(Grant grant) {
        Sessions.Opened opened = sessions.open(grant, clock.entropy().bytes(Sessions.RANDOM_OCTETS), now());
        opened.ended().forEach(ofSessions::end);
        return opened;
    }

    /** Takes another file's tokens; sessions and connections of tokens that are no more end. */
    void use(TokenFile file) {
        tokens.use(file);
        sessions.closeAll(session -> file.revokes(session.grant())).forEach(ofSessions::end);
        ofGrants.endAll(file::revokes);
    }

    /** Ends a session, and what it is watching. */
    void close(String id) {
        sessions.find(id, now()).ifPresent(ofSessions::end);
        var _ = sessions.close(id);
    }

    /**
     * Remembers how to end a connection that a session opened.
     *
     * @return what forgets it again
     */
    Runnable watch(Session session, Runnable end) {
        return ofSessions.add(session, end);
    }

    /**
     * Remembers how to end a connection that a token opened by itself.
     *
     * @return what forgets it again
     */
    Runnable watch(Grant grant, Runnable end) {
        return ofGrants.add(grant, end);
    }

    /** Nanoseconds until a session ends by itself. */
    long leftNanos(Session session) {
        return session.leftNanos(now());
    }

    /** When a session ends. */
    Instant endOf(Session session) {
        return clock.now().get().plusNanos(session.leftNanos(now()));
    }

    /** Whether a token is good; completes on the admin loop. Good ones cost nothing of the budget for failures. */
    CompletableFuture<Answer> token(InetAddress peer, Optional<BearerToken> token) {
        Optional<Grant> remembered = token.flatMap(tokens::remembered);
        if (remembered.isPresent()) {
            return CompletableFuture.completedFuture(new Answer.Granted(remembered.get()));
        }
        if (token.isEmpty()) {
            return CompletableFuture.completedFuture(failed(peer, "this is no token of a gateway"));
        }
        try {
            return tokens.check(token.get())
                    .thenApply(grant -> grant.<Answer>map(Answer.Granted::new)
                            .orElseGet(() -> failed(peer, "this token is unknown or was removed")));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(
                    new Answer.Refused(slower("too many tokens wait to be checked", 1)));
        }
    }

    private Answer failed(InetAddress peer, String reason) {
        if (!failures.take(RequestBudget.keyOf(peer), now())) {
            return tooManyFailures(peer);
        }
        return new Answer.Refused(ApiResponse.error(
                        401, reason, "'twinspan dashboard' prints a link; 'twinspan token create' makes a token", false)
                .with("WWW-Authenticate", "Bearer realm=\"twinspan\", error=\"invalid_token\""));
    }

    private Answer tooManyFailures(InetAddress peer) {
        return new Answer.Refused(slower(
                "too many wrong logins from " + peer.getHostAddress(),
                failures.retrySeconds(RequestBudget.keyOf(peer), now())));
    }

    private static ApiResponse slower(String message, int seconds) {
        return ApiResponse.error(429, message, "try again in " + seconds + " s", false)
                .with("Retry-After", Integer.toString(seconds));
    }

    private long now() {
        return clock.nanos().getAsLong();
    }
}
