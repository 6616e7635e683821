package io.twinspan.daemon.http;

import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.TokenFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Holds tokens against the hashes of the file, on a thread of its own because that is slow by design, and remembers for a
 * minute which were good. Admin loop only, but for the hashing.
 */
final class TokenCheck implements AutoCloseable {
    /** Checks that wait; further ones are refused rather than piled up. */
    static final int MAX_WAITING = 16;

    private static final int MAX_REMEMBERED = 256;
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final AdminClock clock;
    private final Executor adminLoop;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> Thread.ofPlatform().name("twinspan-tokens").daemon().unstarted(task));
    private final Map<String, Good> good = new LinkedHashMap<>();
    private TokenFile file = TokenFile.parse("");

    TokenCheck(AdminClock clock, Executor adminLoop) {
        this.clock = clock;
        this.adminLoop = adminLoop;
        worker.allowCoreThreadTimeOut(true);
    }

    /** Takes another file's tokens; what the old one's allowed is forgotten. */
    void use(TokenFile other) {
        file = other;
        good.clear();
    }

    /** What a token allows, where that was found a moment ago. */
    Optional<Grant> remembered(BearerToken token) {
        return Optional.ofNullable(good.get(token.digest()))
                .filter(it -> clock.nanos().getAsLong() - it.sinceNanos() < REMEMBERED_NANOS)
                .map(Good::grant);
    }

    /**
     * What a token allows; completes on the admin loop.
     *
     * @throws RejectedExecutionException where too many wait
     */
    CompletableFuture<Optional<Grant>> check(BearerToken token) {
        TokenFile against = file;
        // The file may have changed while the hash was computed: what it allowed must hold in the one that counts now.
        return CompletableFuture.supplyAsync(() -> against.grantOf(token), worker)
                .thenApplyAsync(
                        grant -> grant.filter(it -> !file.revokes(it)).map(it -> remember(token, it)), adminLoop);
    }

    private Grant remember(BearerToken token, Grant grant) {
        good.values().removeIf(it -> clock.nanos().getAsLong() - it.sinceNanos() >= REMEMBERED_NANOS);
        if (good.size() < MAX_REMEMBERED) {
            good.put(token.digest(), new Good(grant, clock.nanos().getAsLong()));
        }
        return grant;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private record Good(Grant grant, long sinceNanos) {}
}
