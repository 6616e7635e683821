package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.ike.IkeSaManager;
import io.twinspan.daemon.loop.ControlLoop;
import io.twinspan.daemon.observe.EventJournal;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Both halves of a drill that has the daemon restart: what one process leaves, and what the next takes up. Control loop only. */
final class DrillRestart {
    private static final String IDLE = "idle";

    private final ControlLoop loop;
    private final ControlPlane control;
    private final IkeSaManager ike;
    private final EventJournal journal;
    private final DrillParts parts;
    private Supplier<String> reload = () -> IDLE;

    DrillRestart(ControlLoop loop, ControlPlane control, IkeSaManager ike, EventJournal journal, DrillParts parts) {
        this.loop = loop;
        this.control = control;
        this.ike = ike;
        this.journal = journal;
        this.parts = parts;
    }

    /** @param state where a change of the configuration stands */
    void reloads(Supplier<String> state) {
        reload = state;
    }

    /** Why this daemon cannot restart under a drill; empty where it can. */
    String refusal() {
        String ofProcess = parts.succession().refusal();
        if (!ofProcess.isEmpty()) {
            return ofProcess;
        }
        if (!parts.history().outlivesTheProcess()) {
            return "daemon-restart needs a folder for what its two halves tell each other, and reports are kept in memory only"
                    + " here: see the daemon's log, or give it one with 'run --state-dir DIR'";
        }
        return reload.get().equals(IDLE)
                ? ""
                : "a change of the configuration is not settled, and a restart would undo it: 'twinspan config confirm' or"
                        + " 'twinspan config rollback' first";
    }

    /** Writes down what the next process needs, and tells the run whether that is done. */
    void leave(String id, Instant startedAt, DrillRun run) {
        parts.history().leave(handOver(id, startedAt, run), written -> loop.execute(() -> run.left(written)));
    }

    private DrillHandOver handOver(String id, Instant startedAt, DrillRun run) {
        long now = loop.nowNanos();
        run.sample(now);
        Set<String> connections = run.tcp().known();
        return new DrillHandOver(
                id,
                run.plan(),
                startedAt,
                parts.succession().now(),
                run.diary().beginNanos() - now,
                run.flow().toPeer().traces(now),
                run.flow().toTarget().traces(now),
                run.traffic().looks(now),
                run.diary().moments(),
                SaInventory.take(control, ike),
                connections == null || connections.size() > DrillHandOver.MAX_CONNECTIONS ? null : connections);
    }

    void withdraw(String id) {
        parts.history().withdraw(id);
    }

    /** Ends this process. */
    void begin(String id, String connection) {
        journal.record(GatewayEvent.of(
                        Severity.INFO,
                        "drill.left",
                        connection,
                        0,
                        "the daemon restarts, and the next process goes on with the drill")
                .with("drill", id));
        parts.succession().begin();
    }

    /**
     * Left by the process before, to be gone on with.
     *
     * @param agoNanos when it was written
     * @param lost which SAs are gone since, as a sentence; empty for none
     */
    record Half(DrillHandOver left, ConnectionControl connection, long agoNanos, String lost) {}

    /** What there is to go on with; whatever else was left is given up, with an event. */
    Optional<Half> inherited() {
        Optional<Half> found = Optional.empty();
        for (DrillHistory.Inherited inherited : parts.history().inherited()) {
            DrillHandOver left = inherited.left();
            if (left == null) {
                giveUp(inherited.id(), "", "what the process before left of it is damaged or of another version");
            } else if (found.isPresent()) {
                giveUp(inherited.id(), left.plan().order().connection(), "another drill was left as well");
            } else {
                found = half(left);
            }
        }
        return found;
    }

    private Optional<Half> half(DrillHandOver left) {
        String name = left.plan().order().connection();
        OptionalLong ago = left.ageNanos(parts.succession().now());
        Optional<ConnectionControl> connection = control.connection(name)
                .filter(it -> it.tunnel(left.plan().tunnel()).isPresent()
                        && it.tunnel(left.plan().other()).isPresent());
        if (ago.isEmpty()) {
            giveUp(left.id(), name, "the restart took more than two minutes, or the machine itself has restarted");
        } else if (connection.isEmpty()) {
            giveUp(left.id(), name, "its connection is no longer configured with both tunnels");
        } else {
            return Optional.of(new Half(
                    left, connection.orElseThrow(), ago.getAsLong(), left.lost(SaInventory.take(control, ike))));
        }
        return Optional.empty();
    }

    private void giveUp(String id, String connection, String reason) {
        parts.history().discard(id, reason);
        journal.record(
                GatewayEvent.of(Severity.WARN, "drill.not-taken-up", connection, 0, "a drill does not go on: " + reason)
                        .with("drill", id));
    }
}
