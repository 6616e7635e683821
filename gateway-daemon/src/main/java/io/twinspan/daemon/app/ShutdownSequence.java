package io.twinspan.daemon.app;

import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a gateway: DELETE on every tunnel, a bounded wait for the answers, then everything is undone. Keeper thread. */
final class ShutdownSequence {
    /** How long the peers may take to answer our DELETEs. */
    static final long FAREWELL_MILLIS = 2_000;

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Gateway gateway;
    private final CountDownLatch quiet = new CountDownLatch(1);

    ShutdownSequence(Gateway gateway) {
        this.gateway = gateway;
    }

    void run() {
        gateway.service().stopping("saying farewell to the peers");
        gateway.loop().execute(this::sayFarewell);
        try {
            var _ = quiet.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.teardown().run();
        // Last, so that no route leads into a device that is gone.
        gateway.service().keepNothing();
    }

    private void sayFarewell() {
        gateway.journal().record(GatewayEvent.of(Severity.INFO, "gateway.stopping", "", 0, "the gateway shuts down"));
        gateway.api().stopAll("the gateway shuts down");
        look();
    }

    private void look() {
        if (gateway.api().isQuiet()) {
            quiet.countDown();
        } else {
            gateway.loop().schedule(POLL_NANOS, this::look);
        }
    }
}
