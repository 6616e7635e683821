package io.twinspan.config.awsimport;

import io.twinspan.config.bind.Defaults;
import io.twinspan.config.bind.Durations;
import java.time.Duration;
import java.util.List;

/**
 * Lifetimes, liveness and replay window. We rekey first: AWS starts its own rekey inside a margin before the end, earlier
 * still with fuzz, and two rekeys at once only make work.
 */
final class TimerSettings {
    /** Share of a lifetime at which we rekey at the latest, in percent. */
    private static final int REKEY_PERCENT = 82;

    private static final int MIN_SECONDS = 10;
    private static final int WHOLE_MINUTES_FROM = 600;
    private static final int MAX_REPLAY_WINDOW = 4_096;

    private TimerSettings() {}

    static List<Setting> of(TunnelSource tunnel) {
        Sourced<Integer> phase1 =
                lifetime(tunnel, "Phase1LifetimeSeconds", AwsDefaults.PHASE1_LIFETIME_SECONDS, Defaults.IKE_LIFETIME);
        Sourced<Integer> phase2 =
                lifetime(tunnel, "Phase2LifetimeSeconds", AwsDefaults.PHASE2_LIFETIME_SECONDS, Defaults.ESP_LIFETIME);
        int phase2Seconds = Math.min(phase1.value(), phase2.value());
        Sourced<Integer> dpd = tunnel.numberOr("DpdTimeoutSeconds", AwsDefaults.DPD_TIMEOUT_SECONDS);
        int timeout = Math.clamp(dpd.value(), MIN_SECONDS, (int) Defaults.LIVENESS_TIMEOUT.toSeconds());
        Sourced<Integer> window = tunnel.numberOr("ReplayWindowSize", AwsDefaults.REPLAY_WINDOW_PACKETS);
        int packets = Math.clamp(window.value(), Defaults.REPLAY_WINDOW_PACKETS, MAX_REPLAY_WINDOW);
        return List.of(
                new Setting("ike", "lifetime", shown(phase1.value()), phase1.origin()),
                new Setting("esp", "lifetime", shown(phase2Seconds), phase2.origin()),
                new Setting(
                        "esp",
                        "replay-window",
                        Integer.toString(packets),
                        window.value() == packets ? window.origin() : window.origin() + " is smaller, ours stays"),
                new Setting("liveness", "interval", Durations.shown(Defaults.LIVENESS_INTERVAL), "as AWS does"),
                new Setting(
                        "liveness",
                        "timeout",
                        shown(timeout),
                        dpd.value() == timeout
                                ? dpd.origin()
                                : "our default; " + dpd.origin() + " is " + dpd.value() + "s"));
    }

    private static Sourced<Integer> lifetime(TunnelSource tunnel, String member, int awsDefault, Duration ours) {
        Sourced<Integer> aws = tunnel.numberOr(member, awsDefault);
        int total = Math.clamp(aws.value(), MIN_SECONDS, awsDefault);
        int margin = tunnel.numberOr("RekeyMarginTimeSeconds", AwsDefaults.REKEY_MARGIN_SECONDS)
                .value();
        int fuzz = tunnel.numberOr("RekeyFuzzPercentage", AwsDefaults.REKEY_FUZZ_PERCENT)
                .value();
        long earliest = total - (long) margin * (100L + fuzz) / 100;
        // Where margin and fuzz eat more than half, only the margin itself is certain.
        long beforeAws = earliest * 2 > total ? earliest : Math.max(total - (long) margin, total / 2);
        int limit = (int) Math.min(total, beforeAws * 100 / REKEY_PERCENT);
        int whole = limit < total && limit > WHOLE_MINUTES_FROM ? limit - limit % 60 : limit;
        int seconds = Math.clamp(whole, MIN_SECONDS, (int) ours.toSeconds());
        return new Sourced<>(
                seconds,
                seconds < total
                        ? aws.origin() + " is " + total + "s, shortened to rekey before AWS's margin"
                        : aws.origin());
    }

    private static String shown(int seconds) {
        return Durations.shown(Duration.ofSeconds(seconds));
    }
}
