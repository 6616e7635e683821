package io.twinspan.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.ike.TunnelName;
import io.twinspan.daemon.liveness.HealthEvent;
import io.twinspan.daemon.liveness.LossTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReturnPullTest {
    private static final TunnelName NAME = new TunnelName("prod", 1);

    private final TestControlLoop loop = new TestControlLoop();
    private final List<TunnelName> restarted = new ArrayList<>();
    private final ReturnPull pull = new ReturnPull(loop.loop(), tunnel -> restarted.add(tunnel.name()));
    private final TunnelControl silent = new TunnelControl(
            NAME,
            ConnectionControlTest.connection(true).tunnels().getFirst(),
            ConnectionControlTest.address("192.0.2.1"),
            new ReportJournal(NAME, _ -> {}),
            Instant.EPOCH);
    private LossTimes loss = new LossTimes(0, 0, 0);
    private long otherHeardNanos = Long.MIN_VALUE;

    @BeforeEach
    void fallSilent() {
        loop.advance(TimeUnit.SECONDS.toNanos(1));
        long now = loop.loop().nowNanos();
        loss = new LossTimes(now - millis(200), now - millis(150), now);
        silent.step(new HealthEvent.Established());
        silent.step(new HealthEvent.PathDown("no answer", loss, false));
        silent.lost(loss, false);
    }

    @Test
    void whereTheOtherTunnelLivedMeanwhileTheSilentOneIsDeletedAtOnce() {
        otherHeardNanos = loss.suspectedNanos() + millis(12);
        begin();
        assertThat(restarted).containsExactly(NAME);
    }

    @Test
    void whereTheOtherIsHeardOnlyLaterTheSilentOneGetsTimeToComeBackAsWell() {
        begin();
        loop.advance(millis(100));
        otherHeardNanos = loop.loop().nowNanos();
        loop.advance(millis(100));
        assertThat(restarted).isEmpty();
        loop.advance(millis(1_000));
        assertThat(restarted).containsExactly(NAME);
    }

    @Test
    void oneThatComesBackWithTheOtherKeepsItsSa() {
        begin();
        otherHeardNanos = loop.loop().nowNanos();
        loop.advance(millis(100));
        silent.step(new HealthEvent.PathUp());
        loop.advance(millis(5_000));
        assertThat(restarted).isEmpty();
    }

    @Test
    void whereNeitherIsHeardNothingIsDeleted() {
        begin();
        for (int i = 0; i < 200; i++) {
            loop.advance(millis(50));
        }
        otherHeardNanos = loop.loop().nowNanos();
        loop.advance(millis(5_000));
        assertThat(restarted).isEmpty();
    }

    private void begin() {
        pull.begin(silent, loss, () -> otherHeardNanos);
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
