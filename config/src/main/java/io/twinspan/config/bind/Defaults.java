package io.twinspan.config.bind;

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
    public static final Duration HOLD_DOWN = Duration.ofSeconds(30);
    public static final int REPLAY_WINDOW_PACKETS = 1_024;
    public static final int UPLINK_MTU_BYTES = 1_500;

    private Defaults() {}
}
