package io.twinspan.daemon.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.dataplane.CrewRig;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingThreadsTest {
    private static final int SUPER_PACKETS = 3_000;
    private static final int REKEY_EVERY = 500;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyPacketLeavesOnceAndInOrder(int workers) throws InterruptedException {
        CrewRig rig = new CrewRig(workers);
        LinkedBlockingQueue<Runnable> loop = new LinkedBlockingQueue<>();
        try (SealingThreads _ =
                SealingThreads.start(rig.crew(), () -> loop.add(() -> rig.crew().collectTold(0)))) {
            rig.activate(1);
            for (int i = 0; i < SUPER_PACKETS; i++) {
                if (i % REKEY_EVERY == 0) {
                    rig.child(1, 1000 + i);
                    rig.removeAllBut(1, 1000 + i);
                }
                while (!rig.send("10.2.0.9", 1 + i % 40, 1000, 0)) {
                    loop.take().run();
                }
            }
            // A wake-up that gets lost leaves this waiting for ever.
            while (rig.openedCount() < rig.given()) {
                loop.take().run();
            }
        }
        assertThat(rig.openedCount()).isEqualTo(rig.given());
        assertThat(rig.slotsOut()).isZero();
    }
}
