package io.twinspan.daemon.control;

import io.twinspan.crypto.ike.session.IkeReport;
import io.twinspan.daemon.liveness.HealthEvent;
import io.twinspan.daemon.liveness.LossTimes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an IKE report means for a tunnel's health. */
final class ReportTranslator {
    /**
     * Transmissions of one request without an answer after which the path counts as dead. The second can be chance; the third
     * means more than a second of silence.
     */
    static final int SUSPICIOUS_TRANSMISSIONS = 3;

    /** A peer whose packets came this lately may be slow to answer, but its path is not dead. */
    private static final long SIGN_OF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private ReportTranslator() {}

    /** True where the report tells how the path does, and not whether there is a child SA. */
    static boolean isAboutThePath(IkeReport report) {
        return report instanceof IkeReport.Retransmitted
                || report instanceof IkeReport.PeerAlive
                || report instanceof IkeReport.ChildSaRekeyed
                || report instanceof IkeReport.IkeSaRekeyed;
    }

    private static boolean isFresh(long lastGoodNanos, long nowNanos) {
        return lastGoodNanos != Long.MIN_VALUE && nowNanos - lastGoodNanos < SIGN_OF_LIFE_NANOS;
    }

    /**
     * At most one event.
     *
     * @param lastGoodNanos when ESP of the tunnel last proved authentic
     */
    static List<HealthEvent> healthOf(IkeReport report, long lastGoodNanos, long nowNanos) {
        return switch (report) {
            case IkeReport.Connecting(int attempt) -> List.of(new HealthEvent.Connecting(attempt));
            case IkeReport.ChildSaEstablished _ -> List.of(new HealthEvent.Established());
            case IkeReport.Resumed resumed -> resumed.carries() ? List.of(new HealthEvent.Resumed()) : List.of();
            case IkeReport.Down(IkeReport.DownCause _, String detail) -> List.of(new HealthEvent.Lost(detail));
            case IkeReport.Retransmitted(String exchange, int transmission) ->
                transmission < SUSPICIOUS_TRANSMISSIONS || isFresh(lastGoodNanos, nowNanos)
                        ? List.of()
                        : List.of(new HealthEvent.PathDown(
                                "no answer to " + transmission + " transmissions of " + exchange,
                                new LossTimes(lastGoodNanos, nowNanos, nowNanos),
                                false));
            case IkeReport.PeerAlive _, IkeReport.ChildSaRekeyed _, IkeReport.IkeSaRekeyed _ ->
                List.of(new HealthEvent.PathUp());
            case IkeReport.IkeSaEstablished _,
                    IkeReport.ChildSaDeleted _,
                    IkeReport.BackingOff _,
                    IkeReport.Misbehaved _,
                    IkeReport.NegotiationFailed _,
                    IkeReport.ExchangeEnded _,
                    IkeReport.PeerEndpointChanged _ -> List.of();
        };
    }
}
