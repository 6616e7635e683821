package io.twinspan.daemon.control;

import io.twinspan.config.model.FailoverConfig;
import io.twinspan.crypto.time.Deadline;
import io.twinspan.daemon.failover.FailoverPolicy;
import io.twinspan.daemon.failover.FailoverPolicy.Mode;
import java.util.List;

/** From the words of the configuration to the rules of the fail-over machine. */
final class FailoverPolicies {
    private FailoverPolicies() {}

    static FailoverPolicy of(FailoverConfig config, List<Integer> tunnels) {
        Mode mode = switch (config.policy()) {
            case ACTIVE_STANDBY -> Mode.ACTIVE_STANDBY;
            case ACTIVE_ACTIVE -> Mode.ACTIVE_ACTIVE;
            case FOLLOW_AWS -> Mode.FOLLOW_PEER;
        };
        return new FailoverPolicy(
                mode,
                tunnels,
                config.preferredTunnel(),
                config.holdDown().toNanos(),
                config.maxHoldDown().toNanos(),
                config.failBack().isZero() ? Deadline.NEVER : config.failBack().toNanos());
    }
}
