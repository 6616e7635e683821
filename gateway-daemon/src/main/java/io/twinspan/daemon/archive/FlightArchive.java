package io.twinspan.daemon.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of fail-overs in a folder, one folder each, the newest of them within bounds. Files are written on a thread of its
 * own; {@link #save} may be called from any.
 */
public final class FlightArchive implements AutoCloseable {
    /** Records kept. */
    static final int MAX_RECORDS = 64;

    /** Octets kept in all; the newest record stays whatever its size. */
    static final long MAX_OCTETS = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FlightArchive.class);
    private static final String UNFINISHED = ".part";

    private final Path folder;
    private final ExecutorService files = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("twinspan-flight").unstarted(task));

    /** @param folder is made with the first record */
    public FlightArchive(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes a record and makes room for it.
     *
     * @param name of its folder: letters, digits, dashes
     * @param content files by name; asked for on the archive's thread
     * @param saved told where it is, on the archive's thread; not told where it could not be written, which is logged
     */
    public void save(String name, Supplier<Map<String, byte[]>> content, Consumer<Path> saved) {
        try {
            files.execute(() -> {
                try {
                    saved.accept(write(name, content.get()));
                } catch (IOException | UncheckedIOException e) {
                    LOG.warn("The record {} of a fail-over was not kept: {}", name, e.toString());
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The archive is closed; the record {} is not kept.", name, e);
        }
    }

    private Path write(String name, Map<String, byte[]> content) throws IOException {
        // Inner addresses and ports are the users' business.
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, owner);
        Path part = Files.createDirectories(folder.resolve(name + UNFINISHED), owner);
        for (Map.Entry<String, byte[]> file : content.entrySet()) {
            Files.write(part.resolve(file.getKey()), file.getValue());
        }
        Path whole = folder.resolve(name);
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        bound();
        return whole;
    }

    /** Names begin with the time, so the oldest come first. */
    private void bound() throws IOException {
        List<Path> records;
        try (Stream<Path> entries = Files.list(folder)) {
            records = entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
        }
        long octets = 0;
        int kept = 0;
        for (Path record : records) {
            octets += size(record);
            boolean fits = kept == 0 || (kept < MAX_RECORDS && octets <= MAX_OCTETS);
            if (fits && !record.toString().endsWith(UNFINISHED)) {
                kept++;
            } else {
                delete(record);
            }
        }
    }

    private static long size(Path record) throws IOException {
        try (Stream<Path> files = Files.list(record)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path record) throws IOException {
        try (Stream<Path> files = Files.list(record)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(record);
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        files.close();
    }
}
