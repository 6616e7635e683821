package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.history.HistoryRange;
import io.twinspan.daemon.observe.JournalEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What operators may ask and order. Callable from any thread; every future completes on the control loop, so whoever needs
 * another thread must hop.
 */
public interface GatewayApi {
    /** The state of everything. */
    CompletableFuture<GatewayStatus> status();

    /** What a connection was like; empty where there is no such connection. */
    CompletableFuture<Optional<ConnectionHistory>> history(String connection, HistoryRange range);

    /** The newest sample of each connection. */
    CompletableFuture<List<LiveSample>> samples();

    /** Journal entries with a higher sequence number than this one, oldest first. */
    CompletableFuture<List<JournalEntry>> eventsSince(long sequence);

    /**
     * Hands over past entries with a higher number than this one and then every further one, without a gap, on the control
     * loop.
     *
     * @return what ends it; runs from any thread
     */
    CompletableFuture<Runnable> follow(long sequence, Consumer<JournalEntry> follower);

    /** Lets tunnels come up and stay up. */
    CompletableFuture<CommandOutcome> up(TunnelTarget target);

    /** Moves traffic away, deletes the tunnels' SAs and keeps them down. */
    CompletableFuture<CommandOutcome> down(TunnelTarget target);

    /** Moves a connection's traffic to a tunnel; completes when the data loop has switched. */
    CompletableFuture<CommandOutcome> switchTo(TunnelTarget target);

    /** As {@link #switchTo}, watches the traffic for up to a second, and tells what the move did to it. */
    CompletableFuture<CommandOutcome> switchMeasured(TunnelTarget target, Optional<Duration> hold);

    /**
     * As {@link #down}, after the traffic was moved to another tunnel and until nothing comes through these any more, or for
     * so long at most. Refused where no other tunnel can carry the traffic.
     */
    CompletableFuture<CommandOutcome> drain(TunnelTarget target, Duration patience);

    /** Sends through the tunnel that the peer sends through, or as configured again, until the daemon ends. */
    CompletableFuture<CommandOutcome> followPeer(String connection, boolean follow);

    /** Starts a drill; the follower hears how it goes on. */
    CompletableFuture<DrillAnswer> drill(DrillOrder order, DrillFollower follower);

    /**
     * Has somebody hear how the drill that runs goes on, with what was noted in this process before; false where no drill of
     * this id runs. To go away changes nothing.
     */
    CompletableFuture<Boolean> followDrill(String id, DrillFollower follower);

    /** Ends the drill that runs, whoever started it. */
    CompletableFuture<CommandOutcome> stopDrill();

    /** Drills now and then. */
    CompletableFuture<DrillOverview> drills();

    /** The report of a drill; of the newest for an empty id. */
    CompletableFuture<Optional<DrillHistory.Document>> drillReport(String id, DrillForm form);

    /** Leaves the choice of the tunnel to the policy again, after {@link #switchTo}. */
    CompletableFuture<CommandOutcome> release(String connection);

    /** Rekeys now. */
    CompletableFuture<CommandOutcome> rekey(TunnelTarget target, RekeyKind kind);

    /** Measures what the outside paths of tunnels carry, now; completes when it is known, in up to a minute. */
    CompletableFuture<MtuAnswer> measureMtu(TunnelTarget target);
}
