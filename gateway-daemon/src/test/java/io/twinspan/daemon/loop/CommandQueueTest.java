package io.twinspan.daemon.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommandQueueTest {
    @Test
    void deliversInOrderWithOneWakeUpForABatch() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        List<Integer> taken = new ArrayList<>();
        CommandQueue<Integer> queue = new CommandQueue<>(8, tasks::add, taken::add);
        for (int i = 0; i < 5; i++) {
            assertThat(queue.offer(i)).isTrue();
        }
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
        assertThat(queue.offer(5)).isTrue();
        tasks.remove().run();
        assertThat(taken).last().isEqualTo(5);
    }

    @Test
    void refusesAndCountsWhatDoesNotFit() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        List<Integer> taken = new ArrayList<>();
        CommandQueue<Integer> queue = new CommandQueue<>(2, tasks::add, taken::add);
        assertThat(queue.offer(1)).isTrue();
        assertThat(queue.offer(2)).isTrue();
        assertThat(queue.offer(3)).isFalse();
        assertThat(queue.refusedCount()).isEqualTo(1);
        tasks.remove().run();
        assertThat(queue.offer(4)).isTrue();
        tasks.remove().run();
        assertThat(taken).containsExactly(1, 2, 4);
    }

    @Test
    void refusesWhenTheLoopHasStopped() {
        CommandQueue<Integer> queue = new CommandQueue<>(
                2,
                task -> {
                    throw new RejectedExecutionException("stopped");
                },
                value -> {});
        assertThat(queue.offer(1)).isFalse();
    }

    @Test
    void losesNothingFromSeveralProducers() throws Exception {
        int producers = 4;
        int each = 5_000;
        List<Integer> taken = new ArrayList<>();
        ExecutorService loop = Executors.newSingleThreadExecutor();
        CommandQueue<Integer> queue = new CommandQueue<>(64, loop, taken::add);
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int first = p * each;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = first; i < first + each; i++) {
                    while (!queue.offer(i)) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        loop.shutdown();
        assertThat(loop.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(taken).hasSize(producers * each).doesNotHaveDuplicates();
        // Order is kept for each producer.
        for (int p = 0; p < producers; p++) {
            int first = p * each;
            assertThat(taken.stream().filter(i -> i >= first && i < first + each))
                    .isSorted();
        }
    }
}
