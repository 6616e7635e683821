package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.session.IkeReport.IkeSaRekeyed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.Established.Stage;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import io.twinspan.crypto.time.Deadline;
import java.util.ArrayList;
import java.util.List;

/** Puts a new IKE SA in the place of an old one (RFC 7296 section 2.8). */
final class IkeHandover {
    private final Turn turn;
    private final Continuity continuity;

    IkeHandover(Turn turn) {
        this.turn = turn;
        this.continuity = new Continuity(turn);
    }

    /** A new IKE SA over the path of the old one, whose message ids begin at 0 (section 2.8). */
    void add(SaCore core, SaPath path, Stage stage) {
        turn.put(new Established(
                core,
                path,
                new Free(0),
                ResponseCache.expecting(0),
                Reassembly.empty(core.fragmentation()),
                List.of(),
                new Lifetimes(turn).ikeSa(),
                stage));
    }

    /** The new one takes over child SAs and wishes; whoever began the rekey deletes the old one. */
    void complete(long oldSpi, long newSpi, boolean byUs) {
        List<Task> wishes = new ArrayList<>();
        turn.established(oldSpi)
                .ifPresent(old -> old.tasks().stream()
                        .filter(task -> !task.equals(new Task.RekeyIke()))
                        .forEach(wishes::add));
        turn.set(turn.facts().with(Patience.fresh()));
        turn.update(
                oldSpi,
                old -> old.with(List.<Task>of())
                        .in(Stage.REPLACED, turn.now() + turn.timers().giveUpNanos()));
        turn.update(newSpi, next -> next.with(wishes).in(Stage.ACTIVE, Deadline.NEVER));
        continuity.inherit(oldSpi, newSpi);
        turn.report(new IkeSaRekeyed(oldSpi, newSpi, byUs));
        if (byUs) {
            continuity.deleteReplaced(oldSpi);
        }
    }
}
