package io.twinspan.daemon.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinspan.daemon.drill.DrillForm;
import io.twinspan.daemon.drill.DrillRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a history: for each drill its summary, its reports, and while it runs a mark that says so. */
final class DrillFolder {
    private static final String PREFIX = "drill-";
    private static final String RECORD = ".record";
    private static final String RUNNING = ".running";
    private static final String MODE = "rwxr-x---";

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
                    .filter(record -> record.id().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{4,8}"))
                    .toList();
        }
    }

    void begin(DrillRecord record) throws IOException {
        write(record.id() + RUNNING, RecordFile.write(record));
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
