package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class QuestionThreadTest {
    @Test
    void questionsWithoutRoomAreRefusedAndTheOthersAnswered() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (QuestionThread thread = new QuestionThread("test")) {
            CompletableFuture<Integer> first = thread.ask(() -> {
                started.countDown();
                await(go);
                return 0;
            });
            await(started);
            List<CompletableFuture<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < QuestionThread.MAX_WAITING; i++) {
                int answer = i;
                waiting.add(thread.ask(() -> answer));
            }
            assertThat(thread.ask(() -> 99))
                    .isCompletedExceptionally()
                    .failsWithin(0, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withCauseInstanceOf(RejectedExecutionException.class);
            go.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(waiting.getLast().get(10, TimeUnit.SECONDS)).isEqualTo(QuestionThread.MAX_WAITING - 1);
        }
    }

    @Test
    void whoAsksWhileTheAnswerIsSoughtSharesItAndTheNextOneLooksAnew() {
        List<CompletableFuture<Integer>> sought = new ArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        QuestionThread.Shared<Integer> doctor = new QuestionThread.Shared<>(() -> {
            looks.incrementAndGet();
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            sought.add(answer);
            return answer;
        });
        CompletableFuture<Integer> one = doctor.ask();
        CompletableFuture<Integer> two = doctor.ask();
        one.cancel(true);
        sought.getFirst().complete(7);
        assertThat(looks).hasValue(1);
        assertThat(two).isCompletedWithValue(7);
        var _ = doctor.ask();
        assertThat(looks).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
