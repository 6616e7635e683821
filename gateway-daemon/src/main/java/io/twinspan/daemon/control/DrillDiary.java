package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillMoment;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What happens during a drill, for its timeline: its own deeds, and what the journal says of the connection. */
final class DrillDiary {
    /** Lines kept; a rekey storm of five minutes stays below. */
    static final int MAX_MOMENTS = 1_000;

    /** What another event of the same instant tells as well: the tunnel's new state has the path's reason in it. */
    private static final Set<String> QUIET =
            Set.of("connection.degraded", "connection.up", "tunnel.path-down", "tunnel.path-degraded");

    private final String connection;
    private final Consumer<DrillMoment> follower;
    private final List<DrillMoment> moments = new ArrayList<>();
    /** How many of them another process has noted. */
    private int takenUp;

    private boolean begun;
    private long beginNanos;

    DrillDiary(String connection, Consumer<DrillMoment> follower) {
        this.connection = connection;
        this.follower = follower;
    }

    /** From now on everything is told by its distance from this instant. */
    void begin(long nowNanos) {
        begun = true;
        beginNanos = nowNanos;
    }

    /** Goes on with what another process has noted. */
    void takeUp(long faultBeganNanos, List<DrillMoment> noted) {
        begin(faultBeganNanos);
        moments.addAll(noted);
        takenUp = noted.size();
    }

    /** What this process has noted so far, in order. */
    List<DrillMoment> ownMoments() {
        return inOrder(moments.subList(takenUp, moments.size()));
    }

    boolean hasBegun() {
        return begun;
    }

    long beginNanos() {
        return beginNanos;
    }

    /** Writes a line about an instant. */
    void note(long atNanos, int tunnel, String text) {
        if (!begun || moments.size() == MAX_MOMENTS) {
            return;
        }
        DrillMoment moment = new DrillMoment(atNanos - beginNanos, tunnel, text);
        moments.add(moment);
        follower.accept(moment);
    }

    /** Takes over what the journal says of this connection. */
    void hear(JournalEntry entry) {
        GatewayEvent event = entry.event();
        if (!begun || !event.connection().equals(connection) || event.type().startsWith("drill.")) {
            return;
        }
        if (!QUIET.contains(event.type())) {
            String tunnel = event.tunnel() == 0 ? "" : "tunnel " + event.tunnel() + ": ";
            String reason = event.fields().getOrDefault("reason", "");
            note(
                    entry.monotonicNanos(),
                    event.tunnel(),
                    tunnel + event.message() + (reason.isEmpty() ? "" : " (" + reason + ")"));
        }
    }

    List<DrillMoment> moments() {
        return inOrder(moments);
    }

    private static List<DrillMoment> inOrder(List<DrillMoment> moments) {
        return moments.stream()
                .sorted(Comparator.comparingLong(DrillMoment::atNanos))
                .toList();
    }
}
