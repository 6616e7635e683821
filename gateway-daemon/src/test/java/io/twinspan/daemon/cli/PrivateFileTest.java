package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code -w} writes, and what it must not remove. */
final class PrivateFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aFileIsReplacedByOneThatNobodyElseReads() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old and long");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        try (InputStream curious = Files.newInputStream(file)) {
            try (OutputStream out = PrivateFile.open(file)) {
                out.write('x');
            }
            assertThat(curious).hasContent("old and long");
        }
        assertThat(file).hasContent("x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aDeviceIsWrittenToAndStays() throws IOException {
        // By a link, so that a fault of ours takes no device from this machine.
        Path device = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
        try (OutputStream out = PrivateFile.open(device)) {
            out.write('x');
        }
        assertThat(device).isSymbolicLink();
        assertThat(folder).isDirectoryNotContaining(Files::isRegularFile);
    }

    @Test
    void whatCannotBeWrittenSaysWhy() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("folder"));
        assertThatThrownBy(() -> PrivateFile.open(inside)).hasMessage("it is a folder");
        assertThat(inside).isDirectory();
        assertThatThrownBy(() -> PrivateFile.open(folder.resolve("none/file")))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(FileTrouble.of(e)).isEqualTo("there is no such file or folder"));
    }
}
