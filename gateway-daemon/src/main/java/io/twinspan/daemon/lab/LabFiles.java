package io.twinspan.daemon.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The lab's files: a temporary folder, secrets with the right mode, configurations through the real loader. */
final class LabFiles {
    /** The lab's liveness is quicker than AWS's 10 s and 30 s, so that a lesson takes seconds. */
    static final String LIVENESS_INTERVAL = "1s";

    static final String LIVENESS_TIMEOUT = "2s";
    static final String HOLD_DOWN = "3s";

    private LabFiles() {}

    /** A fresh folder that only we may enter. */
    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("twinspan-lab-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a tunnel's key lies, beside the configuration. */
    static String secretName(int tunnel) {
        return "aws-" + tunnel + ".psk";
    }

    /** Writes one key file for each tunnel, mode 0600. */
    static void writeSecrets(Path folder, List<String> preSharedKeys) {
        for (int i = 0; i < preSharedKeys.size(); i++) {
            Path file = folder.resolve(secretName(i + 1));
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            write(file, preSharedKeys.get(i) + "\n");
        }
    }

    /** Writes a text file and returns it. */
    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a folder and all in it. */
    static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
