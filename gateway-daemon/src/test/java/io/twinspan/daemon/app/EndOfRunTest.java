package io.twinspan.daemon.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.app.EndOfRun.Ending;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndOfRunTest {
    private final AtomicInteger halts = new AtomicInteger();

    @Test
    void inTheForegroundEitherSignalEndsItCleanlyAndASecondOneAtOnce() throws Exception {
        EndOfRun byTerm = of(false);
        byTerm.terminated();
        assertThat(byTerm.await()).isEqualTo(Ending.CLEAN);
        byTerm.interrupted();
        assertThat(halts).hasValue(1);

        EndOfRun byInt = of(false);
        byInt.interrupted();
        assertThat(byInt.await()).isEqualTo(Ending.CLEAN);
        byInt.terminated();
        assertThat(halts).hasValue(2);
    }

    @Test
    void underSystemdTermHandsOver() throws Exception {
        EndOfRun end = of(true);
        end.terminated();
        assertThat(end.await()).isEqualTo(Ending.HAND_OVER);
    }

    @Test
    void underSystemdIntEndsItCleanlyAndTheTermThatFollowsChangesNothing() throws Exception {
        EndOfRun end = of(true);
        end.interrupted();
        end.terminated();
        assertThat(end.await()).isEqualTo(Ending.CLEAN);
        assertThat(halts).hasValue(0);
        end.interrupted();
        assertThat(halts).hasValue(1);
    }

    private EndOfRun of(boolean managed) {
        return new EndOfRun(managed, halts::incrementAndGet);
    }
}
