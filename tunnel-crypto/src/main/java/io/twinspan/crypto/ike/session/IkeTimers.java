package io.twinspan.crypto.ike.session;

import java.time.Duration;

/**
 * All durations of a peer, in nanoseconds unless named otherwise.
 *
 * @param livenessNanos silence after which a liveness check is sent (RFC 7296 section 2.4); 10 s as AWS does
 * @param retransmitNanos first retransmission of an unanswered request
 * @param retransmitFactorPercent growth of each further interval; 180 means times 1.8
 * @param retransmitMaxNanos cap of one interval
 * @param giveUpNanos total time after which an unanswered request means a dead peer
 * @param ikeLifetimeNanos hard end of an IKE SA; AWS's default is 28,800 s
 * @param childLifetimeNanos hard end of a child SA; AWS's default is 3,600 s
 * @param rekeyPercent when to rekey, as a share of the lifetime, before AWS's own margin
 * @param rekeyJitterPercent how much earlier than that at random, as a share of the lifetime
 * @param reconnectFirstNanos first pause after a loss; doubles up to {@code reconnectMaxNanos}
 * @param reconnectMaxNanos longest pause
 * @param reconnectJitterPercent random addition to each pause
 * @param natKeepaliveNanos interval of keepalives while we are behind a NAT (RFC 3948 section 4)
 */
public record IkeTimers(
        long livenessNanos,
        long retransmitNanos,
        int retransmitFactorPercent,
        long retransmitMaxNanos,
        long giveUpNanos,
        long ikeLifetimeNanos,
        long childLifetimeNanos,
        int rekeyPercent,
        int rekeyJitterPercent,
        long reconnectFirstNanos,
        long reconnectMaxNanos,
        int reconnectJitterPercent,
        long natKeepaliveNanos) {
    /** The defaults, which suit AWS's defaults. */
    public static IkeTimers defaults() {
        return new IkeTimers(
                Duration.ofSeconds(10).toNanos(),
                Duration.ofMillis(500).toNanos(),
                180,
                Duration.ofSeconds(8).toNanos(),
                Duration.ofSeconds(30).toNanos(),
                Duration.ofSeconds(28_800).toNanos(),
                Duration.ofSeconds(3_600).toNanos(),
                82,
                4,
                Duration.ofSeconds(1).toNanos(),
                Duration.ofSeconds(15).toNanos(),
                20,
                Duration.ofSeconds(20).toNanos());
    }
}
