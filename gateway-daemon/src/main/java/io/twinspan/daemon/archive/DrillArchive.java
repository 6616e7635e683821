package io.twinspan.daemon.archive;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillOrder;
import io.twinspan.daemon.drill.DrillRecord;
import io.twinspan.daemon.drill.DrillReport;
import io.twinspan.daemon.drill.DrillVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history of drills. What {@link DrillHistory} offers belongs to the control loop; files belong to the archive's thread. */
public final class DrillArchive implements DrillHistory, AutoCloseable {
    /** Drills kept. */
    public static final int MAX_RECORDS = 200;

    /** Reports kept in memory, for a daemon without a state folder. */
    private static final int MAX_REPORTS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(DrillArchive.class);
    private static final String UNFINISHED = "the daemon ended while it ran";

    private final @Nullable DrillFolder folder;
    private final BiFunction<DrillForm, DrillReport, String> rendering;
    private final ExecutorService files = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("twinspan-drills").unstarted(task));
    private final List<DrillRecord> records = new ArrayList<>();
    private final Map<String, DrillReport> reports = new LinkedHashMap<>();
    /** Begun by the process before and left to this one, by their ids. */
    private final Map<String, DrillRecord> left = new LinkedHashMap<>();

    private List<Inherited> inherited = List.of();

    private DrillArchive(@Nullable DrillFolder folder, BiFunction<DrillForm, DrillReport, String> rendering) {
        this.folder = folder;
        this.rendering = rendering;
    }

    /** An archive that forgets everything when it ends. */
    public static DrillArchive inMemory(BiFunction<DrillForm, DrillReport, String> rendering) {
        return new DrillArchive(null, rendering);
    }

    /**
     * An archive in a folder, which is made where there is none. A folder that cannot be used is said in the log, and the
     * archive is one in memory.
     */
    public static DrillArchive open(Path folder, BiFunction<DrillForm, DrillReport, String> rendering) {
        try {
            DrillFolder files = DrillFolder.open(folder);
            DrillArchive archive = new DrillArchive(files, rendering);
            archive.inherited = files.inherit();
            Set<String> waiting = archive.inherited.stream().map(Inherited::id).collect(Collectors.toUnmodifiableSet());
            for (DrillRecord record : files.unfinished()) {
                if (waiting.contains(record.id())) {
                    archive.left.put(record.id(), record);
                } else {
                    files.finish(aborted(record, UNFINISHED), Map.of());
                }
            }
            archive.records.addAll(files.records());
            archive.bound();
            return archive;
        } catch (IOException e) {
            LOG.warn("Reports of drills are kept in memory only: {} cannot be used ({}).", folder, e.toString());
            return inMemory(rendering);
        }
    }

    private static DrillRecord aborted(DrillRecord running, String reason) {
        return new DrillRecord(
                running.id(),
                running.scenario(),
                running.connection(),
                running.tunnel(),
                running.startedAt(),
                DrillVerdict.ABORTED,
                reason,
                running.limitNanos(),
                0,
                0,
                0,
                0);
    }

    @Override
    public String begin(DrillOrder order, int tunnel, Instant now) {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        int number = 1
                + records.stream()
                        .filter(record -> record.id().startsWith(day + "-"))
                        .mapToInt(record -> Integer.parseInt(
                                record.id().substring(day.toString().length() + 1)))
                        .max()
                        .orElse(0);
        String id = String.format(Locale.ROOT, "%s-%04d", day, number);
        DrillRecord record = new DrillRecord(
                id,
                order.scenario().text(),
                order.connection(),
                tunnel,
                now,
                DrillVerdict.ABORTED,
                UNFINISHED,
                order.limitNanos(),
                0,
                0,
                0,
                0);
        onFiles(it -> it.begin(record));
        return id;
    }

    @Override
    public void keep(DrillReport report, Consumer<String> kept) {
        records.addFirst(report.summary());
        reports.put(report.id(), report);
        bound();
        files.execute(() -> kept.accept(write(report)));
    }

    private String write(DrillReport report) {
        if (folder == null) {
            return "";
        }
        try {
            Map<DrillForm, String> texts = new LinkedHashMap<>();
            for (DrillForm form : DrillForm.values()) {
                texts.put(form, rendering.apply(form, report));
            }
            folder.finish(report.summary(), texts);
            return folder.path().toString();
        } catch (IOException | RuntimeException e) {
            // Whoever waits for the report must hear of it, whatever went wrong.
            LOG.warn("The report of drill {} was not written: {}", report.id(), e.toString());
            return "";
        }
    }

    @Override
    public boolean outlivesTheProcess() {
        return folder != null;
    }

    @Override
    public void leave(DrillHandOver notes, Consumer<Boolean> written) {
        DrillFolder place = folder;
        if (place == null) {
            written.accept(false);
            return;
        }
        files.execute(() -> {
            boolean done = false;
            try {
                place.leave(notes);
                done = true;
            } catch (IOException | RuntimeException e) {
                LOG.warn("What drill {} leaves was not written to {}: {}", notes.id(), place.path(), e.toString());
            }
            written.accept(done);
        });
    }

    @Override
    public void withdraw(String id) {
        onFiles(it -> it.withdraw(id));
    }

    @Override
    public List<Inherited> inherited() {
        List<Inherited> once = inherited;
        inherited = List.of();
        return once;
    }

    @Override
    public void discard(String id, String reason) {
        DrillRecord record = left.remove(id);
        if (record != null) {
            DrillRecord aborted = aborted(record, reason);
            records.addFirst(aborted);
            bound();
            onFiles(it -> it.finish(aborted, Map.of()));
        }
    }

    @Override
    public List<DrillRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void find(String id, DrillForm form, Consumer<Optional<Document>> found) {
        Optional<DrillRecord> record = records.stream()
                .filter(it -> id.isEmpty() || it.id().equals(id))
                .findFirst();
        DrillReport report = record.map(it -> reports.get(it.id())).orElse(null);
        files.execute(() -> found.accept(record.flatMap(it -> document(it, report, form))));
    }

    private Optional<Document> document(DrillRecord record, @Nullable DrillReport report, DrillForm form) {
        if (report != null) {
            return Optional.of(new Document(record, rendering.apply(form, report)));
        }
        return folder == null
                ? Optional.empty()
                : folder.text(record.id(), form).map(text -> new Document(record, text));
    }

    private void bound() {
        records.sort(Comparator.comparing(DrillRecord::id).reversed());
        while (records.size() > MAX_RECORDS) {
            DrillRecord oldest = oldest();
            records.remove(oldest);
            onFiles(it -> it.delete(oldest.id()));
        }
        while (reports.size() > MAX_REPORTS) {
            reports.remove(reports.keySet().iterator().next());
        }
    }

    /** When a connection's standby was last proved must not be forgotten because another connection drills more often. */
    private Set<DrillRecord> lastPassed() {
        Map<String, DrillRecord> newest = new LinkedHashMap<>();
        records.stream()
                .filter(record -> record.verdict() == DrillVerdict.PASSED)
                .forEach(record -> newest.putIfAbsent(record.connection(), record));
        return Set.copyOf(newest.values());
    }

    private DrillRecord oldest() {
        Set<DrillRecord> kept = lastPassed();
        return records.reversed().stream()
                .filter(record -> !kept.contains(record))
                .findFirst()
                .orElseGet(records::getLast);
    }

    private void onFiles(FileTask task) {
        DrillFolder place = folder;
        if (place == null) {
            return;
        }
        files.execute(() -> {
            try {
                task.run(place);
            } catch (IOException e) {
                LOG.warn("The history of drills in {} cannot be kept: {}", place.path(), e.toString());
            }
        });
    }

    /** Ends after what is under way was written. */
    @Override
    public void close() {
        files.close();
    }

    @FunctionalInterface
    private interface FileTask {
        void run(DrillFolder folder) throws IOException;
    }
}
