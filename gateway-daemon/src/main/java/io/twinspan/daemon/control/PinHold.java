package io.twinspan.daemon.control;

import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.FailoverState;
import io.twinspan.daemon.loop.Cancellable;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.function.IntConsumer;

/** For how long the operator's choice of a tunnel holds; for ever where nothing is said. Control loop only. */
final class PinHold {
    private final ControlLoop loop;
    private final IntConsumer over;
    private Cancellable timer = () -> {};
    private int tunnel = FailoverState.NO_TUNNEL;
    private long untilNanos = Deadline.NEVER;

    /** @param over hears which tunnel's choice is over */
    PinHold(ControlLoop loop, IntConsumer over) {
        this.loop = loop;
        this.over = over;
    }

    /** The choice of this tunnel, and of no other one, is over then. */
    void until(int chosen, long atNanos) {
        forget();
        tunnel = chosen;
        untilNanos = atNanos;
        timer = loop.schedule(Math.max(0, atNanos - loop.nowNanos()), () -> {
            forget();
            over.accept(chosen);
        });
    }

    /** Whatever was chosen holds for ever. */
    void forget() {
        timer.cancel();
        tunnel = FailoverState.NO_TUNNEL;
        untilNanos = Deadline.NEVER;
    }

    /** When the choice of this tunnel is over; {@link Deadline#NEVER} for no such time. */
    long endsNanos(int pinned) {
        return pinned == tunnel ? untilNanos : Deadline.NEVER;
    }
}
