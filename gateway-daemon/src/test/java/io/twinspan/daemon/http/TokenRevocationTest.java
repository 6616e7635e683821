package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.model.ApiConfig;
import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.Grant;
import io.twinspan.daemon.access.Sessions;
import io.twinspan.daemon.access.TokenFile;
import io.twinspan.daemon.access.TokenHash;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a token or a session opened ends when that ends. */
final class TokenRevocationTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final BearerToken TOKEN = BearerToken.create("ops", RANDOM::nextBytes);

    private final BlockingQueue<Runnable> adminLoop = new LinkedBlockingQueue<>();
    private final AdminClock clock = new AdminClock(() -> 1, () -> SampleStatus.NOW, RANDOM::nextBytes);
    private final TokenCheck tokens = new TokenCheck(clock, adminLoop::add);
    private final ApiAccess access = new ApiAccess(clock, tokens);

    @AfterEach
    void stop() {
        tokens.close();
    }

    @Test
    void tokenThatWasRemovedWhileItWasCheckedIsRefused() throws InterruptedException {
        tokens.use(fileWith(TOKEN));
        CompletableFuture<Optional<Grant>> check = tokens.check(TOKEN);
        Runnable answer = adminLoop.poll(15, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        tokens.use(TokenFile.parse(""));
        answer.run();
        assertThat(check.join()).isEmpty();
        assertThat(tokens.remembered(TOKEN)).isEmpty();
    }

    @Test
    void whatATokenFollowsEndsOnceAnotherOneHasItsNameAndNotBefore() {
        TokenFile file = fileWith(TOKEN);
        access.use(file);
        Grant grant = file.grantOf(TOKEN).orElseThrow();
        AtomicInteger ended = new AtomicInteger();
        Runnable forget = access.watch(grant, () -> ended.addAndGet(1));
        var _ = access.watch(grant, () -> ended.addAndGet(10));
        forget.run();
        access.use(TokenFile.parse("# moved\n" + fileLine(file)));
        assertThat(ended).hasValue(0);
        access.use(fileWith(BearerToken.create("ops", RANDOM::nextBytes)));
        assertThat(ended).hasValue(10);
        access.use(TokenFile.parse(""));
        assertThat(ended).hasValue(10);
    }

    @Test
    void sessionThatMakesRoomForAnotherOneTakesWhatItFollowsAlong() {
        Grant grant = new Grant("uid 0", ApiConfig.Role.ADMIN);
        Sessions.Opened oldest = access.open(grant);
        AtomicInteger ended = new AtomicInteger();
        var _ = access.watch(oldest.session(), ended::incrementAndGet);
        for (int i = 1; i < Sessions.MAX_SESSIONS; i++) {
            var _ = access.open(grant);
        }
        assertThat(ended).hasValue(0);
        var _ = access.open(grant);
        assertThat(ended).hasValue(1);
        assertThat(access.session(oldest.id())).isEmpty();
    }

    private static TokenFile fileWith(BearerToken token) {
        byte[] salt = new byte[TokenHash.SALT_OCTETS];
        RANDOM.nextBytes(salt);
        TokenHash hash = TokenHash.of(token, salt);
        return TokenFile.parse(TokenFile.added("", token.name(), new TokenFile.Entry(ApiConfig.Role.OPERATOR, hash)));
    }

    private static String fileLine(TokenFile file) {
        TokenFile.Entry entry = file.entries().values().iterator().next();
        return TokenFile.added("", TOKEN.name(), entry);
    }
}
