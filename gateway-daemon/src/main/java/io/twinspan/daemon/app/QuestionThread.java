package io.twinspan.daemon.app;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread for questions that block. Few may wait: those that find no room fail with {@link RejectedExecutionException}. Any
 * thread may ask.
 */
final class QuestionThread implements AutoCloseable {
    /** Each may take a second or so, and nobody waits for a minute. */
    static final int MAX_WAITING = 16;

    private final ThreadPoolExecutor worker;

    /** The thread lives in its maker's network namespace, so it is made at once. */
    QuestionThread(String name) {
        worker = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                task -> Thread.ofPlatform().daemon().name(name).unstarted(task));
        worker.prestartAllCoreThreads();
    }

    <T> CompletableFuture<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, worker);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    /** A question whose answer is the same for all who ask while it is being sought. */
    static final class Shared<T> {
        private final Supplier<CompletableFuture<T>> question;
        private @Nullable CompletableFuture<T> sought;

        Shared(Supplier<CompletableFuture<T>> question) {
            this.question = question;
        }

        /** A future of the asker's own: what one does with it touches nobody else. */
        synchronized CompletableFuture<T> ask() {
            CompletableFuture<T> running = sought;
            if (running == null || running.isDone()) {
                running = question.get();
                sought = running;
            }
            return running.copy();
        }
    }
}
