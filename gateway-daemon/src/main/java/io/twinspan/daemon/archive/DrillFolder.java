package io.twinspan.daemon.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillHandOver;
import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a history: for each drill its summary, its reports, and while it runs a mark that says so. */
final class DrillFolder {
    private static final String PREFIX = "drill-";
    private static final String RECORD = ".record";
    private static final String RUNNING = ".running";
    private static final String HANDED_OVER = ".handed-over";
    private static final String MODE = "rwxr-x---";

    /** What names a drill. */
    static final String ID = "[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{4,8}";

    private final Path path;

    private DrillFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens a folder, making it where there is none.
     *
     * @throws IOException where it cannot be made or written
     */
    static DrillFolder open(Path path) throws IOException {
        Files.createDirectories(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        if (!Files.isWritable(path)) {
            throw new IOException("not writable");
        }
        return new DrillFolder(path);
    }

    Path path() {
        return path;
    }

    List<DrillRecord> records() throws IOException {
        return all(RECORD);
    }

    List<DrillRecord> unfinished() throws IOException {
        return all(RUNNING);
    }

    private List<DrillRecord> all(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .flatMap(file -> readOrNothing(file).flatMap(RecordFile::read).stream())
                    .filter(record -> record.id().matches(ID))
                    .toList();
        }
    }

    void begin(DrillRecord record) throws IOException {
        write(record.id() + RUNNING, RecordFile.write(record));
    }

    /** A process that ends in the middle leaves no half of it. */
    void leave(DrillHandOver left) throws IOException {
        Path unfinished = file(left.id() + HANDED_OVER + ".new");
        Files.write(unfinished, HandOverFile.write(left));
        Files.move(unfinished, file(left.id() + HANDED_OVER), StandardCopyOption.ATOMIC_MOVE);
    }

    void withdraw(String id) throws IOException {
        Files.deleteIfExists(file(id + HANDED_OVER));
    }

    /**
     * What was left, which is here no more: were it what kills the process, it must not kill the next one too.
     *
     * @throws IOException where it cannot be removed; then it must not be used
     */
    List<DrillHistory.Inherited> inherit() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(path)) {
            left = files.filter(file -> file.getFileName().toString().endsWith(HANDED_OVER))
                    .sorted()
                    .toList();
        }
        List<DrillHistory.Inherited> inherited = new ArrayList<>();
        for (Path file : left) {
            String name = file.getFileName().toString();
            String id = name.substring(Math.min(PREFIX.length(), name.length())).replace(HANDED_OVER, "");
            byte[] octets = content(file);
            Files.delete(file);
            inherited.add(new DrillHistory.Inherited(
                    id,
                    HandOverFile.read(octets).filter(it -> it.id().equals(id)).orElse(null)));
        }
        return inherited;
    }

    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new byte[0];
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HandOverFile.MAX_OCTETS + 1);
        }
    }

    /** The summary comes last: where it is, the reports are whole. */
    void finish(DrillRecord record, Map<DrillForm, String> texts) throws IOException {
        for (Map.Entry<DrillForm, String> text : texts.entrySet()) {
            write(record.id() + "." + text.getKey().suffix(), text.getValue());
        }
        write(record.id() + RECORD, RecordFile.write(record));
        Files.deleteIfExists(file(record.id() + RUNNING));
    }

    void delete(String id) throws IOException {
        for (DrillForm form : DrillForm.values()) {
            Files.deleteIfExists(file(id + "." + form.suffix()));
        }
        Files.deleteIfExists(file(id + RECORD));
        Files.deleteIfExists(file(id + RUNNING));
    }

    Optional<String> text(String id, DrillForm form) {
        return readOrNothing(file(id + "." + form.suffix()));
    }

    private static Optional<String> readOrNothing(Path file) {
        try {
            return Optional.of(Files.readString(file, UTF_8));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Nobody ever sees half a file. */
    private void write(String name, String text) throws IOException {
        Path unfinished = file(name + ".new");
        Files.writeString(unfinished, text, UTF_8);
        Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(String name) {
        return path.resolve(PREFIX + name);
    }
}
