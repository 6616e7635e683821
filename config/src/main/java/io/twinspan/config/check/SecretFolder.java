package io.twinspan.config.check;

import io.twinspan.crypto.secret.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** Secret files on disk, named relative to the configuration file. Blocks on the disk; used while loading only. */
public record SecretFolder(Path folder) implements SecretSource {
    /** No key of ours is larger. */
    static final int MAX_OCTETS = 4_096;

    @Override
    public Answer read(String name) {
        try {
            return readFile(folder.resolve(name));
        } catch (InvalidPathException e) {
            return new Answer.Refused("is not a possible file name", "");
        } catch (NoSuchFileException e) {
            return new Answer.Refused("does not exist", "it is looked for in " + folder.toAbsolutePath());
        } catch (AccessDeniedException e) {
            return new Answer.Refused("may not be read by this user", "");
        } catch (IOException e) {
            return new Answer.Refused("cannot be read", "");
        }
    }

    private static Answer readFile(Path file) throws IOException {
        // A FIFO or a device could block or never end: ask before opening.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Answer.Refused("is not a file", "");
        }
        Set<PosixFilePermission> mode = Files.getFileAttributeView(file, PosixFileAttributeView.class)
                .readAttributes()
                .permissions();
        if (mode.contains(PosixFilePermission.OTHERS_READ) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            return new Answer.Refused("is open to every user of this machine", "run 'chmod 600 " + file + "'");
        }
        boolean group = mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.GROUP_WRITE);
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_OCTETS + 1);
        }
        try {
            return octets.length > MAX_OCTETS
                    ? new Answer.Refused("is larger than any key", "")
                    : new Answer.Found(SecretBytes.copyOf(octets), group ? "is open to its group" : "");
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
