package io.twinspan.daemon.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a daemon that starts again must know of changes: the last confirmed configuration, the one before it, and which text
 * of the file is not to be trusted, because it was on trial when the daemon ended or was rolled back. Holds the texts of
 * configuration files, which name files with keys but hold none; readable by the daemon's user only. Keeper thread.
 */
final class ConfigStore {
    private static final String CONFIRMED = "confirmed.yaml";
    private static final String PREVIOUS = "previous.yaml";
    private static final String UNTRUSTED = "untrusted";

    private final Path folder;

    /** @param folder made where it does not exist */
    ConfigStore(Path folder) {
        this.folder = folder;
    }

    /** What counts in place of a file's text: empty where the text itself does. */
    Optional<String> insteadOf(String text) {
        return read(UNTRUSTED).map(String::strip).filter(digest(text)::equals).flatMap(_ -> read(CONFIRMED));
    }

    /** The text that was confirmed before the last. */
    Optional<String> previous() {
        return read(PREVIOUS);
    }

    /** From now on until {@link #keep}, a daemon that starts must not trust this text. */
    void distrust(String text) {
        write(UNTRUSTED, digest(text) + "\n");
    }

    /** This text counts from now on. */
    void keep(String text) {
        Optional<String> before = read(CONFIRMED);
        if (!before.equals(Optional.of(text))) {
            before.ifPresent(old -> write(PREVIOUS, old));
            write(CONFIRMED, text);
        }
        try {
            Files.deleteIfExists(folder.resolve(UNTRUSTED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(folder.resolve(name), StandardCharsets.UTF_8));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whole or not at all: the daemon may end at any moment. */
    private void write(String name, String text) {
        try {
            Files.createDirectories(folder);
            Path fresh = folder.resolve(name + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(
                    fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
