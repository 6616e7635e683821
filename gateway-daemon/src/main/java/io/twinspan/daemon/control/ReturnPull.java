package io.twinspan.daemon.control;

import io.twinspan.daemon.liveness.LossTimes;
import io.twinspan.daemon.loop.ControlLoop;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Gets the peer to send through the tunnel that we have moved to. AWS takes 30 to 40 seconds to see for itself that a tunnel
 * is dead; a DELETE that reaches it moves its traffic at once, and it does reach it wherever only the way from AWS to us is
 * broken. Control loop only.
 *
 * <p>Where both tunnels have fallen silent it is the uplink that is down: then nothing is deleted, and traffic goes on with
 * the SAs that stand once the uplink is back. So the other tunnel has to prove that it lived while this one did not answer;
 * where it is heard only later, this one gets the time to come back as well.
 */
final class ReturnPull {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** What ended one silence ends the other within a few probes. */
    private static final long COMMON_CAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ControlLoop loop;
    private final Consumer<TunnelControl> restart;

    /** @param restart deletes the SAs of a tunnel and connects anew */
    ReturnPull(ControlLoop loop, Consumer<TunnelControl> restart) {
        this.loop = loop;
        this.restart = restart;
    }

    /**
     * Traffic has left a silent tunnel.
     *
     * @param otherHeardNanos when the tunnel that took over was last heard
     */
    void begin(TunnelControl silent, LossTimes loss, LongSupplier otherHeardNanos) {
        if (isHeardSince(loss, otherHeardNanos)) {
            restart.accept(silent);
        } else {
            await(silent, loss, otherHeardNanos, loop.nowNanos() + PATIENCE_NANOS);
        }
    }

    private void await(TunnelControl silent, LossTimes loss, LongSupplier otherHeardNanos, long until) {
        if (isHeardSince(loss, otherHeardNanos)) {
            loop.schedule(COMMON_CAUSE_NANOS, () -> {
                if (isStillSilent(silent, loss)) {
                    restart.accept(silent);
                }
            });
        } else if (loop.nowNanos() - until < 0 && isStillSilent(silent, loss)) {
            loop.schedule(LOOK_NANOS, () -> await(silent, loss, otherHeardNanos, until));
        }
    }

    private static boolean isHeardSince(LossTimes loss, LongSupplier otherHeardNanos) {
        long heard = otherHeardNanos.getAsLong();
        return heard != Long.MIN_VALUE && heard - loss.suspectedNanos() > 0;
    }

    private static boolean isStillSilent(TunnelControl silent, LossTimes loss) {
        return loss.equals(silent.loss()) && silent.isSilent();
    }
}
