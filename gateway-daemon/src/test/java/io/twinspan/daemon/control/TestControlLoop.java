package io.twinspan.daemon.control;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalIoHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.concurrent.TimeUnit;

/** A control loop that the test drives, on a clock that the test moves. */
public final class TestControlLoop {
    private static final int MAX_ROUNDS = 1_000;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), ticker);
    private final ControlLoop control = ControlLoop.over(loop, ticker);

    /** The loop under test. */
    public ControlLoop loop() {
        return control;
    }

    /** Runs every task that is due now. */
    public void run() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            if (loop.runNow() == 0) {
                return;
            }
        }
        throw new AssertionError("the loop does not come to rest");
    }

    /** Lets time pass and runs what has become due. */
    public void advance(long nanos) {
        ticker.advance(nanos, TimeUnit.NANOSECONDS);
        run();
    }
}
