package io.twinspan.config.model;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * How a tunnel's path is probed from inside the tunnel.
 *
 * @param enabled false leaves the tunnel's death to IKE's liveness checks
 * @param targets who is asked, at least one; by default AWS's inside address
 * @param quorum how many of them must be dead before the path is
 * @param interval between probes while nothing goes out
 * @param activeInterval silence of the peer after which it is asked while packets go out
 * @param burstInterval between probes once something looks wrong
 * @param timeout longest wait for an answer
 * @param falseAlarm chance that a suspicion ends in "down" by random loss alone
 * @param degradedLoss share of lost probes, 0 to 1, above which the tunnel is degraded
 */
public record ProbeConfig(
        boolean enabled,
        List<InetAddress> targets,
        int quorum,
        Duration interval,
        Duration activeInterval,
        Duration burstInterval,
        Duration timeout,
        double falseAlarm,
        double degradedLoss) {
    public ProbeConfig {
        targets = List.copyOf(targets);
    }
}
