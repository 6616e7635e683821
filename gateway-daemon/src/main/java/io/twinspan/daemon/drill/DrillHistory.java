package io.twinspan.daemon.drill;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** True where reports, and what a drill leaves, are there for the next process. */
    boolean outlivesTheProcess();

    /**
     * Writes down what a drill leaves to the next process.
     *
     * @param written told, on any thread, whether it could be
     */
    void leave(DrillHandOver left, Consumer<Boolean> written);

    /** Removes what was left. */
    void withdraw(String id);

    /**
     * What the process before has left; there once, whatever becomes of it. For each either {@link #keep} or {@link #discard}
     * follows.
     */
    List<Inherited> inherited();

    /** A drill that the process before has left does not go on: it counts as aborted. */
    void discard(String id, String reason);

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
     * Left by the process before.
     *
     * @param id of the drill, by the name of the file
     * @param left null where it cannot be read
     */
    record Inherited(String id, @Nullable DrillHandOver left) {}

    /**
     * A report as text.
     *
     * @param record its summary
     * @param text in the form asked for
     */
    record Document(DrillRecord record, String text) {}
}
