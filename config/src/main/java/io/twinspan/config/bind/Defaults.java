package io.twinspan.config.bind;

import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.DataPlaneConfig.CryptoEngine;
import io.twinspan.config.model.DataPlaneConfig.Pacing;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.config.model.MtuConfig.DfPolicy;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import io.twinspan.crypto.suite.PseudorandomFunction;
import java.time.Duration;

/**
 * What holds where the file says nothing. One strong suite per phase, because AWS picks the weakest of what it is offered;
 * times are AWS's own defaults.
 */
public final class Defaults {
    public static final EncryptionAlgorithm ENCRYPTION = EncryptionAlgorithm.AES_GCM_16_256;
    public static final PseudorandomFunction PRF = PseudorandomFunction.HMAC_SHA2_384;
    public static final KeyExchangeMethod GROUP = KeyExchangeMethod.ECP_384;
    public static final Duration IKE_LIFETIME = Duration.ofHours(8);
    public static final Duration ESP_LIFETIME = Duration.ofHours(1);
    public static final Duration LIVENESS_INTERVAL = Duration.ofSeconds(10);
    public static final Duration LIVENESS_TIMEOUT = Duration.ofSeconds(30);
    public static final FailoverConfig.Policy POLICY = FailoverConfig.Policy.ACTIVE_STANDBY;
    public static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    public static final Duration PROBE_ACTIVE_INTERVAL = Duration.ofMillis(50);
    public static final Duration PROBE_BURST_INTERVAL = Duration.ofMillis(10);
    public static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    /** Once in some hundred years, even where a probe is lost every second. */
    public static final double PROBE_FALSE_ALARM = 1e-10;

    public static final double PROBE_DEGRADED_LOSS = 0.02;
    public static final Duration HOLD_DOWN = Duration.ofSeconds(30);
    public static final Duration MAX_HOLD_DOWN = Duration.ofMinutes(30);
    public static final Duration FAIL_BACK = Duration.ofMinutes(5);
    public static final int REPLAY_WINDOW_PACKETS = 1_024;
    public static final int UPLINK_MTU_BYTES = 1_500;

    public static final MtuConfig MTU =
            new MtuConfig(DfPolicy.CLEAR, true, Duration.ofSeconds(30), Duration.ofMinutes(10));

    /** AQM times as RFC 8289 section 4.3 and 4.4 recommend them. */
    public static final DataPlaneConfig DATA_PLANE = new DataPlaneConfig(
            CryptoEngine.AUTO,
            true,
            4 << 20,
            Duration.ZERO,
            0,
            Pacing.OFF,
            Duration.ofMillis(2),
            Duration.ofMillis(100));

    private Defaults() {}
}
