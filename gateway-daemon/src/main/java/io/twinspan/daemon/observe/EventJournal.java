package io.twinspan.daemon.observe;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The last events in a ring, and those who want to hear the next ones. Control loop only; entries are immutable and may
 * travel.
 */
public final class EventJournal {
    /** Events kept. */
    public static final int CAPACITY = 4_096;

    private final Deque<JournalEntry> ring = new ArrayDeque<>();
    private final List<Consumer<JournalEntry>> followers = new ArrayList<>();
    private final LongSupplier monotonicNanos;
    private final Supplier<Instant> wallClock;
    private long lastSequence;

    /** A journal that reads these clocks. */
    public EventJournal(LongSupplier monotonicNanos, Supplier<Instant> wallClock) {
        this.monotonicNanos = monotonicNanos;
        this.wallClock = wallClock;
    }

    /** Keeps an event and tells every follower. */
    public JournalEntry record(GatewayEvent event) {
        JournalEntry entry = new JournalEntry(++lastSequence, wallClock.get(), monotonicNanos.getAsLong(), event);
        if (ring.size() == CAPACITY) {
            ring.removeFirst();
        }
        ring.addLast(entry);
        List.copyOf(followers).forEach(follower -> follower.accept(entry));
        return entry;
    }

    /**
     * Entries with a higher sequence number than this one, oldest first. A number that is still to come is from another
     * daemon's life: then all of them.
     */
    public List<JournalEntry> since(long sequence) {
        long known = sequence > lastSequence ? 0 : sequence;
        return ring.stream().filter(entry -> entry.sequence() > known).toList();
    }

    /** Calls the follower for each further entry, until the returned handle is run. */
    public Runnable follow(Consumer<JournalEntry> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }
}
