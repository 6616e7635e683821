package io.twinspan.daemon.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that a command writes and only its user may read. */
final class PrivateFile {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    private PrivateFile() {}

    /** True for {@code -}. */
    static boolean isStandardOutput(Path file) {
        return file.equals(STANDARD_OUTPUT);
    }

    /**
     * Opens it. A file that exists is replaced by a new one, so that whoever has it open does not read along; what is no
     * file, such as a device or a pipe, is written to and stays.
     *
     * @throws IOException where it cannot be written; {@link FileTrouble} knows why
     */
    static OutputStream open(Path file) throws IOException {
        if (isStandardOutput(file)) {
            return new FileOutputStream(FileDescriptor.out);
        }
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder");
        }
        if (!Files.exists(file) || Files.isRegularFile(file)) {
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        return Files.newOutputStream(file);
    }
}
