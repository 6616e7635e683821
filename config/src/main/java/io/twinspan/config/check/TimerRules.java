package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.Durations;
import io.twinspan.config.bind.Key;
import io.twinspan.config.bind.ModelBuilder;
import io.twinspan.config.bind.Section;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.source.ProblemSink;
import java.time.Duration;

/** Lifetimes and liveness against AWS's own. AWS's upper limits on lifetimes are the keys' own ranges. */
final class TimerRules {
    /** AWS's lowest lifetime of either phase. */
    private static final Duration AWS_MIN_LIFETIME = Duration.ofMinutes(15);

    /** AWS asks after this much silence. */
    private static final Duration AWS_LIVENESS_INTERVAL = Duration.ofSeconds(10);

    /** AWS's lowest DPD timeout, and the older of its two documented defaults. */
    private static final Duration AWS_LIVENESS_TIMEOUT = Duration.ofSeconds(30);

    private TimerRules() {}

    static void check(TunnelView tunnel, ProblemSink problems) {
        warnBelowAws(tunnel, ConfigKeys.IKE_SECTION, ConfigKeys.IKE_LIFETIME, problems);
        warnBelowAws(tunnel, ConfigKeys.ESP_SECTION, ConfigKeys.ESP_LIFETIME, problems);
        Duration ike = ModelBuilder.ikeLifetime(tunnel);
        tunnel.find(ConfigKeys.ESP_SECTION, ConfigKeys.ESP_LIFETIME)
                .filter(esp -> esp.value().compareTo(ike) > 0)
                .ifPresent(esp -> problems.error(
                        esp.at(),
                        esp.path(),
                        Durations.shown(esp.value()) + " is longer than the IKE SA lives, " + Durations.shown(ike)));
        warnAboveAws(
                tunnel,
                ConfigKeys.LIVENESS_INTERVAL,
                AWS_LIVENESS_INTERVAL,
                "AWS asks after " + Durations.shown(AWS_LIVENESS_INTERVAL),
                problems);
        warnAboveAws(
                tunnel,
                ConfigKeys.LIVENESS_TIMEOUT,
                AWS_LIVENESS_TIMEOUT,
                "AWS gives up after " + Durations.shown(AWS_LIVENESS_TIMEOUT) + ", failover would be AWS's choice",
                problems);
    }

    private static void warnBelowAws(
            TunnelView tunnel, Key<Section> phase, Key<Duration> lifetime, ProblemSink problems) {
        tunnel.find(phase, lifetime)
                .filter(given -> given.value().compareTo(AWS_MIN_LIFETIME) < 0)
                .ifPresent(given -> problems.warn(
                        given.at(),
                        given.path(),
                        Durations.shown(given.value()) + " is shorter than AWS's shortest lifetime, "
                                + Durations.shown(AWS_MIN_LIFETIME),
                        "rekeying that often only costs"));
    }

    private static void warnAboveAws(
            TunnelView tunnel, Key<Duration> key, Duration limit, String why, ProblemSink problems) {
        tunnel.find(ConfigKeys.LIVENESS_SECTION, key)
                .filter(given -> given.value().compareTo(limit) > 0)
                .ifPresent(given ->
                        problems.warn(given.at(), given.path(), Durations.shown(given.value()) + " is long", why));
    }
}
