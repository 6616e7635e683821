package io.twinspan.daemon.http;

import io.twinspan.daemon.control.PingAnswer;
import io.twinspan.daemon.control.PingFollower;
import io.twinspan.daemon.control.PingNews;
import io.twinspan.daemon.control.PingOrder;
import io.twinspan.daemon.control.PingStatistics;
import io.twinspan.daemon.diagnosis.CaptureAnswer;
import io.twinspan.daemon.diagnosis.CaptureFollower;
import io.twinspan.daemon.diagnosis.CaptureOrder;
import io.twinspan.daemon.diagnosis.CapturedPacket;
import io.twinspan.daemon.diagnosis.Check;
import io.twinspan.daemon.diagnosis.Diagnosis;
import io.twinspan.daemon.diagnosis.LastFailure;
import io.twinspan.daemon.diagnosis.PacketTrace;
import io.twinspan.daemon.diagnosis.Passage;
import io.twinspan.daemon.diagnosis.RouteView;
import io.twinspan.daemon.diagnosis.TraceQuery;
import io.twinspan.daemon.explain.Explanation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** Answers every question about the connection {@code prod} at once. */
final class FakeDiagnosis implements Diagnosis {
    private static final String PROD = "prod";

    private volatile boolean full;
    private volatile boolean busy;

    /** No question finds room any more. */
    void fill() {
        full = true;
    }

    /** No order makes sense any more. */
    void busy() {
        busy = true;
    }

    @Override
    public CompletableFuture<List<Check>> doctor() {
        return done(List.of(
                new Check("tun", "", new Check.Ok("/dev/net/tun")),
                new Check("clock", "", new Check.Skip("cannot be read")),
                new Check(
                        "drill", PROD, new Check.Warn("the standby is untested", "twinspan drill run blackhole prod")),
                new Check("tunnel", "prod/1", new Check.Fail("down", "twinspan up prod/1"))));
    }

    @Override
    public CompletableFuture<PacketTrace> trace(TraceQuery query) {
        List<PacketTrace.Step> steps = List.of(new PacketTrace.Step("route", "172.31.0.0/16 dev ts-prod"));
        if (query.octets() > 1_400) {
            Passage passage = new Passage("", 2, "active", 7, 2, true, false, 1_438, 1_398, "0x0badcafe", 12, false);
            return done(new PacketTrace(PacketTrace.Verdict.SENT, steps, PROD, passage));
        }
        if (query.octets() > 1_000) {
            Passage passage = new Passage("NO_OUTBOUND_SA", 0, "none", 0, 0, false, false, 0, 0, "", 0, false);
            return done(new PacketTrace(PacketTrace.Verdict.REFUSED, steps, PROD, passage));
        }
        return done(new PacketTrace(PacketTrace.Verdict.ELSEWHERE, steps, "", null));
    }

    @Override
    public CompletableFuture<List<RouteView>> routes(String connection) {
        return done(
                connection.isEmpty() || connection.equals(PROD)
                        ? List.of(
                                new RouteView(PROD, "172.31.0.0/16", "ts-prod", "1 2", "remote", 1, true, "dev x", "x"),
                                new RouteView(PROD, "169.254.1.0/30", "ts-prod", "1", "inside", -1, false, "none", ""))
                        : List.of());
    }

    @Override
    public CompletableFuture<Optional<LastFailure>> lastFailure(String subject) {
        return done(Optional.of(new LastFailure(
                        SampleStatus.NOW,
                        "prod/1",
                        "ike.negotiation-failed",
                        "no proposal chosen",
                        List.of(new LastFailure.Fact("we offered", "aes")),
                        List.of(new Explanation("NO_PROPOSAL_CHOSEN", List.of("ike"), "It means.", "Do."))))
                .filter(_ -> subject.isEmpty() || subject.startsWith(PROD)));
    }

    @Override
    public CompletableFuture<PingAnswer> ping(PingOrder order, PingFollower follower) {
        if (!order.connection().equals(PROD)) {
            return done(new PingAnswer.Unknown("no connection"));
        }
        if (busy) {
            return done(new PingAnswer.Refused("too many pings run", "wait"));
        }
        follower.happened(new PingNews.Answered(1, 2, 52, 8_000_000));
        follower.happened(new PingNews.Silent(2));
        follower.happened(new PingNews.Unsent(3));
        follower.finished(new PingStatistics(2, 1, 1, 8_000_000, 8_000_000, 8_000_000, 8_000_000, 0));
        return done(new PingAnswer.Started(() -> {}));
    }

    @Override
    public CompletableFuture<CaptureAnswer> capture(CaptureOrder order, CaptureFollower follower) {
        if (busy) {
            return done(new CaptureAnswer.Refused("a capture of prod/1 runs", "wait"));
        }
        return done(
                order.connection().equals(PROD)
                        ? new CaptureAnswer.Started(
                                () -> {
                                    follower.packet(
                                            new CapturedPacket(SampleStatus.NOW, true, true, 7, 20, new byte[20]));
                                    follower.packet(
                                            new CapturedPacket(SampleStatus.NOW, false, false, 0, 20, new byte[20]));
                                    follower.finished(2, 0);
                                },
                                () -> {})
                        : new CaptureAnswer.Unknown("no tunnel"));
    }

    @Override
    public CompletableFuture<Optional<String>> keys(String connection, int tunnel) {
        return done(Optional.of("\"IPv4\"").filter(_ -> connection.equals(PROD)));
    }

    @Override
    public CompletableFuture<Map<String, String>> bundle() {
        return done(Map.of("config.txt", "version: 1\n"));
    }

    private <T> CompletableFuture<T> done(T answer) {
        return full
                ? CompletableFuture.failedFuture(new RejectedExecutionException("no room"))
                : CompletableFuture.completedFuture(answer);
    }
}
