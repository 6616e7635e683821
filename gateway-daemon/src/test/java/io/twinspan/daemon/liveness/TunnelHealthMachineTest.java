package io.twinspan.daemon.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class TunnelHealthMachineTest {
    private TunnelHealth health = TunnelHealthMachine.initial(true);

    @Test
    void comesUpWithItsChildSaAndFallsWithAReason() {
        apply(new HealthEvent.Connecting(1), new HealthEvent.Established());
        assertThat(health.verdict()).isEqualTo(HealthVerdict.UP);
        apply(new HealthEvent.Lost("the peer sent a DELETE"));
        assertThat(health).isEqualTo(new TunnelHealth.Down("the peer sent a DELETE"));
        assertThat(health.verdict()).isEqualTo(HealthVerdict.DOWN);
    }

    @Test
    void furtherAttemptKeepsTheReasonOfTheLossInView() {
        apply(new HealthEvent.Lost("no answer for 30 s"), new HealthEvent.Connecting(4));
        assertThat(health.reason()).isEqualTo("attempt 4 after: no answer for 30 s");
    }

    @Test
    void aDeadPathIsDownAlthoughTheSaStandsAndAnAnswerHeals() {
        apply(new HealthEvent.Established(), silent());
        assertThat(health.verdict()).isEqualTo(HealthVerdict.DOWN);
        assertThat(health.hasSa()).isTrue();
        apply(new HealthEvent.PathUp());
        assertThat(health.verdict()).isEqualTo(HealthVerdict.UP);
        apply(silent(), new HealthEvent.Lost("no answer for 30 s"));
        assertThat(health.hasSa()).isFalse();
    }

    @Test
    void lossDegradesAndIsPassedOnTheWayUpFromADeadPath() {
        apply(new HealthEvent.Established(), new HealthEvent.PathLossy("5 of 100 probes lost"));
        assertThat(health.verdict()).isEqualTo(HealthVerdict.DEGRADED);
        apply(silent(), new HealthEvent.PathLossy("answers again"));
        assertThat(health.verdict()).isEqualTo(HealthVerdict.DEGRADED);
        apply(new HealthEvent.PathUp());
        assertThat(health.verdict()).isEqualTo(HealthVerdict.UP);
    }

    private static HealthEvent silent() {
        return new HealthEvent.PathDown("no answer", new LossTimes(1, 2, 3), false);
    }

    @Test
    void suspicionSaysNothingAboutATunnelThatIsNotUp() {
        apply(silent());
        assertThat(health).isEqualTo(TunnelHealthMachine.initial(true));
    }

    @Test
    void disabledTunnelStaysDownWhateverThePeerDoes() {
        apply(new HealthEvent.Disabled("operator"), new HealthEvent.Established(), new HealthEvent.PathUp());
        assertThat(health).isEqualTo(new TunnelHealth.Disabled("operator"));
        apply(new HealthEvent.Enabled(), new HealthEvent.Established());
        assertThat(health.verdict()).isEqualTo(HealthVerdict.UP);
    }

    @Property
    void lossAlwaysMeansDownAndEveryEventIsIdempotent(@ForAll("histories") List<HealthEvent> history) {
        for (HealthEvent event : history) {
            apply(event);
            assertThat(TunnelHealthMachine.step(health, event)).isEqualTo(health);
            if (event instanceof HealthEvent.Lost || event instanceof HealthEvent.Disabled) {
                assertThat(health.verdict()).isEqualTo(HealthVerdict.DOWN);
            }
        }
    }

    @Provide
    Arbitrary<List<HealthEvent>> histories() {
        return Arbitraries.<HealthEvent>of(
                        new HealthEvent.Enabled(),
                        new HealthEvent.Disabled("operator"),
                        new HealthEvent.Connecting(2),
                        new HealthEvent.Established(),
                        new HealthEvent.Lost("gone"),
                        silent(),
                        new HealthEvent.PathLossy("5 %"),
                        new HealthEvent.PathUp())
                .list()
                .ofMaxSize(30);
    }

    private void apply(HealthEvent... events) {
        for (HealthEvent event : events) {
            health = TunnelHealthMachine.step(health, event);
        }
    }
}
