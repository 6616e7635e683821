package io.twinspan.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private final HandDriven control = new HandDriven();
    private final HandDriven inbound = new HandDriven();
    private final HandDriven outbound = new HandDriven();
    private int fed;
    private final LoopWatch watch =
            new LoopWatch(Map.of("control", control, "inbound", inbound, "outbound", outbound), () -> fed++);

    @Test
    void theWatchdogIsFedOnceWhenEveryLoopHasMoved() {
        List.of(control, inbound, outbound).forEach(HandDriven::run);
        watch.tick();
        assertThat(fed).isEqualTo(1);
        watch.tick();
        assertThat(fed).isEqualTo(1);
        List.of(control, inbound, outbound).forEach(HandDriven::run);
        watch.tick();
        assertThat(fed).isEqualTo(2);
    }

    @Test
    void oneLoopThatHangsStarvesItAlthoughTheOthersMove() {
        for (int i = 0; i < 10; i++) {
            control.run();
            inbound.run();
            watch.tick();
        }
        assertThat(fed).isZero();
    }

    @Test
    void aLoopThatCatchesUpIsForgiven() {
        control.run();
        inbound.run();
        watch.tick();
        watch.tick();
        watch.tick();
        outbound.run();
        watch.tick();
        assertThat(fed).isEqualTo(1);
    }

    @Test
    void aHungLoopIsAskedOnceNotOnceATick() {
        for (int i = 0; i < 1_000; i++) {
            watch.tick();
        }
        assertThat(outbound.tasks).hasSize(1);
    }

    @Test
    void aLoopThatHasEndedStarvesIt() {
        Executor ended = _ -> {
            throw new RejectedExecutionException("ended");
        };
        LoopWatch other = new LoopWatch(Map.of("control", Runnable::run, "inbound", ended), () -> fed++);
        other.tick();
        assertThat(fed).isZero();
    }

    @Property
    void aRoundIsCompleteExactlyWhenAllHaveAnsweredInIt(@ForAll boolean a, @ForAll boolean b, @ForAll boolean late) {
        LoopRound round = LoopRound.first(java.util.Set.of("a", "b")).next(java.util.Set.of("a", "b"));
        round = round.answered("a", late ? round.number() - 1 : round.number() - (a ? 0 : 1))
                .ticked();
        round = round.answered("b", b ? round.number() : round.number() + 1);
        assertThat(round.isComplete()).isEqualTo(a && b && !late);
    }

    private static final class HandDriven implements Executor {
        final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void run() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }
    }
}
