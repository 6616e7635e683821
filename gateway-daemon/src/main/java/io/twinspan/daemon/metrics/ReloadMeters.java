package io.twinspan.daemon.metrics;

import io.twinspan.daemon.control.ReloadFacts;

/** What became of the last change of the configuration. Metrics thread, but for what a scrape reads. */
final class ReloadMeters {
    private static final double MILLIS_PER_SECOND = 1e3;

    private volatile double successful = Double.NaN;
    private volatile double successSeconds = Double.NaN;

    ReloadMeters(MeterSet meters) {
        meters.gauge(
                "twinspan.config.last.reload.successful",
                "1 where the last change of the configuration was taken, 0 where it was refused or rolled back",
                () -> successful);
        meters.gauge(
                "twinspan.config.last.reload.success.timestamp.seconds",
                "When a configuration was last taken, the one of the start included",
                () -> successSeconds);
    }

    void update(ReloadFacts facts) {
        successful = facts.lastSuccessful() ? 1 : 0;
        if (facts.lastSuccessful()) {
            successSeconds = facts.lastAt().toEpochMilli() / MILLIS_PER_SECOND;
        }
    }
}
