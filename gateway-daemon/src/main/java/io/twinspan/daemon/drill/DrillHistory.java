package io.twinspan.daemon.drill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Drills of the past. Called on the control loop, never blocks; what it does with files happens elsewhere. */
public interface DrillHistory {
    /** Notes that a drill begins; the id it gets. Where the daemon ends before {@link #keep}, it counts as aborted. */
    String begin(DrillOrder order, int tunnel, Instant now);

    /**
     * Keeps a report.
     *
     * @param kept told, on any thread, where it lies; an empty text where it is in memory only
     */
    void keep(DrillReport report, Consumer<String> kept);

    /** What is kept, newest first. */
    List<DrillRecord> records();

    /**
     * Finds a report.
     *
     * @param id its name; empty for the newest
     * @param found told, on any thread, its record and its text in this form; nothing where there is none
     */
    void find(String id, DrillForm form, Consumer<Optional<Document>> found);

    /**
     * A report as text.
     *
     * @param record its summary
     * @param text in the form asked for
     */
    record Document(DrillRecord record, String text) {}
}
